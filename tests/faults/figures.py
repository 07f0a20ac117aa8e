"""The sums over many runs, and how they are printed."""

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from tests.faults.ledger import IN_FLIGHT


@dataclass
class Outcome:
    """The outcome of one run. `troubles` is empty if nothing is lost, doubled, misplaced or under another name."""

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
    seeds: list[int] = field(default_factory=list)
    by_database: Counter = field(default_factory=Counter)
    faults: dict[str, Counter] = field(default_factory=dict)  # by database
    typed: int = 0
    lost: int = 0
    in_flight: int = 0
    asked: int = 0
    failed: list[int] = field(default_factory=list)

    @classmethod
    def kept_in(cls, file: Path) -> Self:
        """Return the stored figures of earlier runs, or empty ones if the file is missing."""
        if not file.is_file():
            return cls()
        kept = json.loads(file.read_text(encoding="utf-8"))
        faults = {database: Counter(counts) for database, counts in kept.pop("faults").items()}
        return cls(faults=faults, by_database=Counter(kept.pop("by_database")), **kept)

    def keep_in(self, file: Path) -> None:
        file.write_text(json.dumps(vars(self)), encoding="utf-8")

    @property
    def runs(self) -> int:
        return len(self.seeds)

    def add(self, outcome: Outcome) -> None:
        self.seeds.append(outcome.seed)
        self.by_database[outcome.database] += 1
        self.faults.setdefault(outcome.database, Counter()).update(outcome.faults)
        self.typed += outcome.typed
        self.lost += outcome.lost
        self.in_flight += outcome.in_flight
        self.asked += outcome.asked
        if outcome.troubles:
            self.failed.append(outcome.seed)

    def told(self) -> str:
        databases = ", ".join(f"{name} {count}" for name, count in sorted(self.by_database.items()))
        faults = sum(self.faults.values(), Counter())
        lines = [
            f"runs: {self.runs} ({databases})",
            f"faults: {faults.total()}",
            *(f"  {kind}: {count}" for kind, count in sorted(faults.items())),
            f"characters typed: {self.typed}",
            f"characters lost: {self.lost}",
            f"killed in flight: {self.in_flight} (typed in the last {IN_FLIGHT * 1000:.0f} ms of a page)",
            f"asked before leaving: {self.asked}",
            f"runs that failed: {len(self.failed)}" + "".join(f" SEED={seed}" for seed in self.failed),
        ]
        return "\n".join(lines)
