"""Everything around the robot in one run: its computers, what is broken, and what will be repaired when."""

import contextlib
import heapq
import itertools
import time
from collections import Counter

from playwright.sync_api import Error

from tests.faults.computer import Computer
from tests.faults.ground import FaultPortal


class World:
    def __init__(self, rng, portal: FaultPortal, computers: list[Computer]) -> None:
        self.rng, self.portal, self.computers = rng, portal, computers
        self.database = portal.database
        self.seats: list = []
        self.faults: Counter = Counter()
        self.story: list[str] = []
        self.start = time.monotonic()
        self.due: list = []
        self.numbers = itertools.count()

    def note(self, what: str) -> None:
        self.story.append(f"{time.monotonic() - self.start:5.1f} {what}")

    def later(self, seconds: float, work) -> None:
        heapq.heappush(self.due, (time.monotonic() + seconds, next(self.numbers), work))

    def run_due(self, *, all_of_it: bool = False) -> None:
        while self.due and (all_of_it or self.due[0][0] <= time.monotonic()):
            work = heapq.heappop(self.due)[2]
            with contextlib.suppress(Error):
                work()

    def breathe(self, milliseconds: float) -> None:
        """Let time pass, and do what becomes due."""
        until = time.monotonic() + milliseconds / 1000
        self.run_due()
        while (left := until - time.monotonic()) > 0:
            self.wait(min(left, 0.05))
            self.run_due()

    def wait(self, seconds: float) -> None:
        for seat in self.seats:
            if seat.page and not seat.page.is_closed():
                with contextlib.suppress(Error):
                    seat.page.wait_for_timeout(seconds * 1000)
                    return
        time.sleep(seconds)

    def heal(self) -> None:
        """Repair everything."""
        self.run_due(all_of_it=True)
        for computer in self.computers:
            computer.cut(False)
            computer.disturb(None)
        self.database.recover()
        until = time.monotonic() + 60
        while not self.portal.answers():
            if time.monotonic() > until:
                raise AssertionError(f"The server did not come back:\n{self.portal.log[-2000:]}")
            self.breathe(100)
