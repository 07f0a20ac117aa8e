"""The robot writes as people do, recovers after each fault, and at the end waits until everything is saved."""

import contextlib
import time

from playwright.sync_api import Error

from tests.faults.faults import KINDS, SIGNED_OUT, name_of, plan
from tests.faults.ground import GOALS
from tests.faults.ledger import Ledger, Word
from tests.faults.seat import CLEAR, DELETE, PASTE, Box, Seat
from tests.faults.world import World

SETTLED_WITHIN = 120  # seconds
LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Gone(Exception):
    """The page in which the robot was writing is gone."""


class Robot:
    def __init__(self, seed: int, world: World, seats: list[Seat], *, by_keys: bool, faults: int) -> None:
        self.seed, self.world, self.rng, self.seats = seed, world, world.rng, seats
        self.ledger = Ledger(by_keys=by_keys)
        self.coming = plan(self.rng, seed, faults)
        self.signed_out: set[Seat] = set()

    def run(self) -> None:
        for seat in self.seats:
            seat.ready()
        steps = len(self.coming) * 2 + self.rng.randrange(1, 4)
        for number in range(steps):
            left = steps - number
            strikes = bool(self.coming) and self.rng.random() < len(self.coming) / left
            self.step(self.rng.choice(self.seats), strikes)
        for _again in range(10):
            if self.coming:
                self.step(self.rng.choice(self.seats), True)
        self.strike_what_is_left()
        self.settle()

    def strike_what_is_left(self) -> None:
        """Let every kind of the plan occur, also where slow answers left the robot no box to write in."""
        while self.coming:
            seat = self.rng.choice(self.seats)
            seat.ready()
            with contextlib.suppress(Gone, Error):
                self.strike(seat)

    def step(self, seat: Seat, strikes: bool) -> None:
        try:
            seat.ready()
            if seat in self.signed_out and self.rng.random() < 0.5:
                self.sign_in_again(seat)
            if seat.is_reviewer or self.rng.random() < 0.2:
                self.write_in_box(seat, strikes)
                return
            works = (self.type, self.type, self.type, self.paste, self.list, self.bold)
            pauses = (self.go_on, self.switch_language, self.delete, self.clear, self.choose, self.think)
            work = self.rng.choice(works)
            if not strikes and self.rng.random() < 0.35:
                work = self.rng.choice(pauses)
            work(seat, strikes)
        except Gone:
            self.world.note(f"{seat.number} gone")
        except Error as error:
            self.world.note(f"{seat.number} {type(error).__name__}: {str(error).splitlines()[0][:120]}")
        if self.rng.random() < 0.5:
            self.world.breathe(self.rng.choice((50, 100, 300, 1200)))

    def strike(self, seat: Seat) -> None:
        kind = self.coming.pop()
        name = name_of(kind, self.world.database)
        self.world.note(f"{seat.number} FAULT {name}")
        self.world.faults[name] += 1
        if kind in SIGNED_OUT:
            self.signed_out |= {one for one in self.seats if kind == "session deleted" or one.computer is seat.computer}
        if KINDS[kind](self.world, seat, self.ledger):
            raise Gone

    # Writing.

    def new_word(self, box: Box, seat: Seat) -> Word:
        tail = "".join(self.rng.choices(LETTERS, k=self.rng.randrange(1, 7)))
        word = self.ledger.begin(f"w{self.seed}x{len(self.ledger.words):03}{tail}", box, seat.person, seat.number)
        if "-" in box.section:  # a kept box: after its session has gone, what arrived may be sent again with more
            word.allowed = 99
        return word

    def words(self, seat: Seat, box: Box, strikes: bool, before: str = "") -> Word:
        """Type several words; the fault occurs after one of their characters."""
        count = self.rng.randrange(2, 5)
        at = self.rng.randrange(4, count * 12) if strikes else -1
        pace = self.rng.choice((0, 0, 0, 10, 30))
        keyboard, window = seat.page.keyboard, seat.window
        for key in before:
            keyboard.press("Enter") if key == "\n" else keyboard.type(key)
        typed = 0
        for _number in range(count):
            keyboard.type(" ")
            word = self.new_word(box, seat)
            for letter in word.text:
                keyboard.type(letter)
                word.typed.append(time.monotonic())
                self.stop_unless(window, seat)
                typed += 1
                if typed == at:
                    self.strike(seat)
                    at, window = -1, seat.window
                if pace:
                    self.world.breathe(pace)
                else:
                    self.world.run_due()
        self.world.note(f"{seat.number} typed {word.text} and {count - 1} before in {box}")
        if at > 0:
            self.strike(seat)
        return word

    def stop_unless(self, window: tuple[int, int], seat: Seat) -> None:
        """Raise Gone if another page or an error page has replaced this one, or if the browser asked something.

        The robot had left the page before, and the answer was slow.
        """
        if seat.window != window:
            self.ledger.killed({seat.number}, time.monotonic())
            raise Gone

    def type(self, seat: Seat, strikes: bool) -> None:
        if box := seat.enter(self.rng):
            self.words(seat, box, strikes, self.rng.choice(("", "", "\n")))

    def write_in_box(self, seat: Seat, strikes: bool) -> None:
        """Write an answer, a comment, a note or a question, and send it or leave it."""
        if not (box := seat.enter_kept(self.rng)):
            return
        self.words(seat, box, strikes, self.rng.choice(("", "\n")))
        if self.rng.random() < 0.4:
            self.world.note(f"{seat.number} sends {box}")
            seat.send_kept(also_approvals=False)

    def list(self, seat: Seat, strikes: bool) -> None:
        if box := seat.enter(self.rng):
            self.words(seat, box, strikes, "\n- ")
            if not strikes:
                self.words(seat, box, False, "\n")

    def bold(self, seat: Seat, strikes: bool) -> None:
        if box := seat.enter(self.rng):
            seat.page.keyboard.press("Control+b")
            self.words(seat, box, strikes)
            seat.page.keyboard.press("Control+b")

    def paste(self, seat: Seat, strikes: bool) -> None:
        box = seat.enter(self.rng)
        if not box:
            return
        words = [self.new_word(box, seat) for _number in range(4)]
        one, two, three, four = (word.text for word in words)
        is_html, window = self.rng.random() < 0.6, seat.window
        html = f"<p> {one} {two}</p><ul><li>{three}</li></ul><p>{four} </p>"
        content = ["text/html", html] if is_html else ["text/plain", f" {one} {two}\n\n{three} {four} "]
        for turn in range(self.rng.choice((1, 1, 1, 2))):
            seat.page.keyboard.type(" ")
            seat.page.evaluate(PASTE, content)
            seat.page.keyboard.type(" ")
            for word in words:
                word.typed = [time.monotonic()] * len(word.text)
                word.allowed = turn + 1
            self.stop_unless(window, seat)
        self.world.note(f"{seat.number} pasted {one} … {four} in {box}")
        if strikes:
            self.strike(seat)

    def delete(self, seat: Seat, strikes: bool) -> None:
        """Delete a word that the server has. It must stay in the history."""
        if not (box := seat.enter(self.rng)):
            return
        word = self.words(seat, box, False)
        until = time.monotonic() + 2.5
        while time.monotonic() < until:
            self.world.breathe(150)
            if seat.page.evaluate(DELETE, word.text):
                word.deleted = True
                seat.page.keyboard.press("Delete")
                self.world.note(f"{seat.number} deleted {word.text}")
                return

    def clear(self, seat: Seat, strikes: bool) -> None:
        """Clear the whole box. What the server had must stay in the history, and what a colleague adds meanwhile in the
        text."""
        if not (box := seat.enter(self.rng)):
            return
        gone = seat.page.evaluate(CLEAR)
        if gone is None:
            return
        for word in self.ledger.words:
            word.deleted |= word.shown in gone
        self.world.note(f"{seat.number} cleared {box}")
        if self.rng.random() < 0.7:
            self.words(seat, box, False)

    def think(self, seat: Seat, strikes: bool) -> None:
        self.world.breathe(self.rng.uniform(500, 2500))

    # Moving about.

    def go_on(self, seat: Seat, strikes: bool) -> None:
        """Go to the other goal by a link, by the button that saves, or by its URL."""
        way = self.rng.choice(("link", "button", "address"))
        seat.goal = next(goal for goal in GOALS if goal != seat.goal)
        self.world.note(f"{seat.number} to {seat.goal} by {way}")
        if way == "address":
            seat.page.goto(seat.address, wait_until="commit", timeout=4_000)
            return
        selector = f'.goal-nav a[href="{seat.address}"]' if way == "link" else f'button[name=go][value="{seat.goal}"]'
        self.press(seat, selector)

    def switch_language(self, seat: Seat, strikes: bool) -> None:
        language = self.rng.choice(("en", "nl", "fr"))
        self.world.note(f"{seat.number} reads in {language}")
        self.press(seat, f'nav.languages button[value="{language}"]')

    def press(self, seat: Seat, selector: str) -> None:
        with seat.page.expect_navigation(timeout=3_500, wait_until="commit"):
            seat.page.locator(selector).first.click(timeout=1_500, no_wait_after=True)

    def choose(self, seat: Seat, strikes: bool) -> None:
        """Choose a version, if there is a conflict."""
        button = seat.page.locator(".conflict [data-keep]:visible")
        if button.count():
            self.world.note(f"{seat.number} chooses")
            button.nth(self.rng.randrange(button.count())).click(timeout=1_500)

    def sign_in_again(self, seat: Seat) -> None:
        self.world.note(f"{seat.number} signs in again")
        seat.sign_in_beside()
        self.signed_out.discard(seat)

    # The end.

    def settle(self) -> None:
        self.world.note("everything is mended")
        self.world.heal()
        for seat in self.seats:
            seat.sign_in_beside()
            seat.ready()
        until = time.monotonic() + SETTLED_WITHIN
        through_list = self.rng.random() < 0.3
        while not self.is_settled(through_list):
            if time.monotonic() > until:
                left = [(seat.number, seat.page.url, seat.states(), seat.kept()) for seat in self.seats]
                raise AssertionError(f"Text stays unsent (tab, page, what its lines say, kept): {left}")
            self.world.breathe(200)

    def is_settled(self, through_list: bool) -> bool:
        """Return whether nothing is unsent; otherwise do what a user would do about it."""
        try:
            for seat in self.seats:
                seat.ready()
                seat.hurry()
            if any(seat.unsent() for seat in self.seats):
                self.sign_in_where_it_is_asked()
                return False
            waiting = [seat for seat in self.seats if seat.kept()]
            for seat in waiting:
                self.look_after(seat, through_list)
            return not waiting
        except Error as error:
            self.world.note(f"settling: {str(error).splitlines()[0][:120]}")
            return False

    def sign_in_where_it_is_asked(self) -> None:
        """Sign in again on pages whose status lines ask for it."""
        for seat in self.seats:
            if seat.is_signed_out():
                self.world.note(f"{seat.number} is still signed out")
                seat.sign_in_beside()

    def look_after(self, seat: Seat, through_list: bool) -> None:
        """Send text of a page that is not open, from the list of unsent text or by opening its page."""
        self.world.breathe(600)
        if not seat.kept():
            return
        self.world.note(f"{seat.number} has {seat.kept()} unsent")
        for page in seat.box_pages:
            seat.page.goto(page, wait_until="load")
            self.world.breathe(800)
            seat.send_kept(also_approvals=True)
        if seat.is_reviewer or not seat.kept():
            return
        if through_list:
            seat.page.goto("/unsent/")
            seat.page.locator("[data-shown-when]:visible").first.wait_for()
            for button in seat.page.locator("[data-send]:visible").all():
                button.click()
            self.world.breathe(1_000)
        else:
            seat.goal = next(goal for goal in GOALS if goal != seat.goal)
