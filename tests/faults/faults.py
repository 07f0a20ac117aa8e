"""The faults. Each is a function that takes effect at once and returns whether the page is gone."""

import contextlib
import time

from playwright.sync_api import Error

from tests.faults.ground import PEOPLE
from tests.faults.seat import Seat

AWAY = 4_000  # milliseconds to wait for a tab to close


def network_off(world, seat: Seat, ledger) -> bool:
    computer = seat.computer
    computer.cut(True)
    world.later(world.rng.uniform(0.4, 4), lambda: computer.cut(False))
    return False


def disturbance(treat):
    """Return a fault that calls `treat(world, route)` for the requests of the page during some seconds."""

    def strike(world, seat: Seat, ledger) -> bool:
        computer = seat.computer

        def handle(route) -> None:
            with contextlib.suppress(Error):
                treat(world, route)

        computer.disturb(handle)
        world.later(world.rng.uniform(1.5, 4), lambda: computer.disturb(None))
        return False

    return strike


def hold_request(world, route) -> None:
    world.later(world.rng.uniform(0.3, 2.5), route.continue_)


def hold_answer(world, route) -> None:
    response = route.fetch()
    world.later(world.rng.uniform(0.3, 2.5), lambda: route.fulfill(response=response))


def lose_request(world, route) -> None:
    route.abort()


def lose_answer(world, route) -> None:
    try:
        route.fetch()
    finally:
        route.abort()


def session_deleted(world, seat: Seat, ledger) -> bool:
    world.database.ask("DELETE FROM django_session")
    return False


def cookies_cleared(world, seat: Seat, ledger) -> bool:
    seat.computer.context.clear_cookies()
    return False


def another_signs_in(world, seat: Seat, ledger) -> bool:
    """Let another user sign in in the same browser for a while; then nobody is signed in."""
    seat.computer.context.clear_cookies()
    other = Seat(seat.computer, next(email for email in PEOPLE if email != seat.person), world, -1)
    with contextlib.suppress(Error):
        page = seat.computer.context.new_page()
        try:
            page.goto(seat.address, wait_until="domcontentloaded")
            other.sign_in(page)
            world.breathe(600)
        finally:
            page.close()
    seat.hurry()
    world.breathe(300)
    seat.computer.context.clear_cookies()
    return False


def tab_closed(world, seat: Seat, ledger) -> bool:
    """Close the tab as a user does. The page may ask; then try again."""
    page = seat.page
    until = time.monotonic() + AWAY / 1000
    while not page.is_closed() and time.monotonic() < until:
        asked = seat.computer.asked
        page.close(run_before_unload=True)
        for _turn in range(10):
            world.breathe(30)
            if page.is_closed() or seat.computer.asked > asked:
                break
    return page.is_closed()


def tab_crashed(world, seat: Seat, ledger) -> bool:
    ledger.killed({seat.number}, time.monotonic())
    with contextlib.suppress(Error):
        seat.page.goto("chrome://crash", timeout=1_500)
    with contextlib.suppress(Error):
        seat.page.close()
    seat.page = None
    return True


def browser_killed(world, seat: Seat, ledger) -> bool:
    computer = seat.computer
    here = [one for one in world.seats if one.computer is computer]
    moment = computer.kill()
    ledger.killed({one.number for one in here}, moment)
    for one in here:
        one.page = None
    computer.restart()
    return True


def page_reloaded(world, seat: Seat, ledger) -> bool:
    """Reload the page; try again while it asks."""
    for _turn in range(5):
        with contextlib.suppress(Error):
            seat.page.reload(wait_until="commit", timeout=800)
            break
    return True


def server_killed(world, seat: Seat, ledger) -> bool:
    world.portal.kill()
    world.later(world.rng.uniform(0, 1.5), world.portal.launch)
    return False


def database_struck(world, seat: Seat, ledger) -> bool:
    """Restart PostgreSQL without a checkpoint, or hold the lock of SQLite for a while."""
    world.database.strike()
    world.later(world.rng.uniform(0.5, 2), world.database.recover)
    return False


KINDS = {
    "network off and on": network_off,
    "requests slow": disturbance(hold_request),
    "tab closed": tab_closed,
    "server killed": server_killed,
    "answers lost": disturbance(lose_answer),
    "session deleted": session_deleted,
    "browser killed": browser_killed,
    "answers slow": disturbance(hold_answer),
    "cookies cleared": cookies_cleared,
    "database restarted": database_struck,
    "tab crashed": tab_crashed,
    "requests lost": disturbance(lose_request),
    "another signs in": another_signs_in,
    "page reloaded": page_reloaded,
}
SIGNED_OUT = {"session deleted", "cookies cleared", "another signs in"}


def name_of(kind: str, database) -> str:
    return "database locked" if kind == "database restarted" and database.name == "SQLite" else kind


def plan(rng, seed: int, count: int) -> list[str]:
    """Return so many kinds by the seed, and perhaps a random one.

    Of four, four runs on one database cover all kinds; of seven, two runs.
    """
    kinds = list(KINDS)
    chosen = [kinds[(count * (seed // 2) + place) % len(kinds)] for place in range(count)]
    chosen += rng.choices(kinds, k=rng.randrange(2))
    rng.shuffle(chosen)
    return chosen
