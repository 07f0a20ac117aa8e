"""The sums over many runs, and how they are told."""

from collections import Counter
from dataclasses import dataclass, field

from tests.faults.ledger import IN_FLIGHT


@dataclass
class Outcome:
    """One run. `troubles` is empty when nothing is lost, doubled, out of place or under another name."""

    seed: int
    database: str
    seconds: float = 0.0
    faults: Counter = field(default_factory=Counter)
    typed: int = 0
    lost: int = 0
    in_flight: int = 0
    asked: int = 0
    troubles: list[str] = field(default_factory=list)
    story: list[str] = field(default_factory=list)

    def told(self) -> str:
        lines = [f"SEED={self.seed} ({self.database}) failed:", *self.troubles]
        return "\n  ".join([*lines, "what happened:", *(f"  {line}" for line in self.story)])


@dataclass
class Figures:
    runs: int = 0
    by_database: Counter = field(default_factory=Counter)
    faults: dict[str, Counter] = field(default_factory=dict)  # by database
    typed: int = 0
    lost: int = 0
    in_flight: int = 0
    asked: int = 0
    failed: list[int] = field(default_factory=list)

    def add(self, outcome: Outcome) -> None:
        self.runs += 1
        self.by_database[outcome.database] += 1
        self.faults.setdefault(outcome.database, Counter()).update(outcome.faults)
        self.typed += outcome.typed
        self.lost += outcome.lost
        self.in_flight += outcome.in_flight
        self.asked += outcome.asked
        if outcome.troubles:
            self.failed.append(outcome.seed)

    def as_json(self) -> dict:
        return vars(self)

    def told(self) -> str:
        databases = ", ".join(f"{name} {count}" for name, count in sorted(self.by_database.items()))
        faults = sum(self.faults.values(), Counter())
        lines = [
            f"runs: {self.runs} ({databases})",
            f"faults: {faults.total()}",
            *(f"  {kind}: {count}" for kind, count in sorted(faults.items())),
            f"characters typed: {self.typed}",
            f"characters lost: {self.lost}",
            f"killed in flight: {self.in_flight} (typed in the last {IN_FLIGHT * 1000:.0f} ms before a kill)",
            f"asked before leaving: {self.asked}",
            f"runs that failed: {len(self.failed)}" + "".join(f" SEED={seed}" for seed in self.failed),
        ]
        return "\n".join(lines)
