"""A worker: a portal on one database, two computers, and run after run."""

import random
import shutil
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from playwright.sync_api import Error, sync_playwright

from tests.faults.computer import Computer
from tests.faults.figures import Outcome
from tests.faults.ground import PEOPLE, REVIEWER, FaultPortal, Postgres, Sqlite, reset_report
from tests.faults.robot import Robot
from tests.faults.seat import Seat
from tests.faults.world import World

FRESH_AFTER = 25  # runs with the same browsers


class Bench:
    def __init__(self, folder: Path, kind: str, *, by_keys: bool = False, faults: int = 4) -> None:
        self.folder, self.by_keys, self.faults = folder, by_keys, faults
        folder.mkdir(parents=True, exist_ok=True)
        self.database = Postgres(folder) if kind == "PostgreSQL" else Sqlite(folder)
        self.portal = FaultPortal(folder, self.database)
        self.profiles = 0

    def start(self) -> None:
        self.portal.fill()
        self.portal.start()

    def stop(self) -> None:
        self.portal.stop()
        self.database.stop()

    def runs(self, seeds: Iterable[int]) -> Iterator[Outcome]:
        seeds = list(seeds)
        for start in range(0, len(seeds), FRESH_AFTER):
            with sync_playwright() as playwright:
                computers: list[Computer] = []
                for seed in seeds[start : start + FRESH_AFTER]:
                    outcome = self.run(seed, playwright, computers)
                    if outcome.troubles:  # a failed run must not affect the next one
                        self.clear(computers)
                    yield outcome
                self.clear(computers)

    def clear(self, computers: list[Computer]) -> None:
        for computer in computers:
            computer.close()
            shutil.rmtree(computer.folder, ignore_errors=True)
        computers.clear()

    def computer(self, playwright, computers: list[Computer], number: int) -> Computer:
        while len(computers) <= number:
            self.profiles += 1
            computers.append(Computer(playwright, self.folder / f"profile-{self.profiles}", self.portal.url))
        return computers[number]

    def run(self, seed: int, playwright, computers: list[Computer]) -> Outcome:
        outcome = Outcome(seed, self.database.name)
        rng = random.Random(seed)
        reset_report(self.database)
        company = rng.choice(("alone", "alone", "colleague", "second tab"))
        first = self.computer(playwright, computers, 0)
        if company == "alone" and rng.random() < 0.5:
            company = "reviewer"
        second = self.computer(playwright, computers, 1) if company in ("colleague", "reviewer") else first
        here = [first] if second is first else [first, second]
        for computer in here:
            computer.context.clear_cookies()  # the person of the run before does not see every page of this one's
        world = World(rng, self.portal, here)
        seats = [Seat(first, PEOPLE[0], world, 0)]
        if company != "alone":
            person = {"colleague": PEOPLE[1], "reviewer": REVIEWER}.get(company, PEOPLE[0])
            seats.append(Seat(second, person, world, 1))
        world.seats = seats
        world.note(company)
        robot = Robot(seed, world, seats, by_keys=self.by_keys, faults=self.faults)
        asked = sum(computer.asked for computer in here)
        try:
            robot.run()
        except (AssertionError, Error) as trouble:
            outcome.troubles.append(str(trouble))
        self.close(outcome, robot, here, asked)
        return outcome

    def close(self, outcome: Outcome, robot: Robot, here: list[Computer], asked: int) -> None:
        world, ledger = robot.world, robot.ledger
        outcome.troubles += ledger.check(self.database)
        for seat in world.seats:
            seat.close()
        for computer in here:
            outcome.troubles += [f"ERROR ON THE PAGE {error}" for error in computer.errors]
            computer.errors.clear()
        if outcome.troubles:
            world.heal()
        outcome.asked = sum(computer.asked for computer in here) - asked
        outcome.seconds = time.monotonic() - world.start
        outcome.faults, outcome.story = world.faults, world.story
        outcome.typed, outcome.lost, outcome.in_flight = ledger.typed, ledger.lost, ledger.in_flight
