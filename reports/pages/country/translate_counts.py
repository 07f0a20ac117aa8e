"""How far the translations of a report are: for each text, section and language."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, Self

from reports.document.translation.rows import Row, align
from reports.document.translation.stored import from_stored
from reports.models import Contribution

# "draft" is a machine's that no person has read.
RowState = Literal["untranslated", "stale", "draft", "current", "not wanted"]


@dataclass(frozen=True)
class Tally:
    """The rows of a text, of a section, or of a report in one language."""

    total: int = 0
    untranslated: int = 0
    stale: int = 0
    drafts: int = 0

    @property
    def left(self) -> int:
        """The rows that wait for a translator."""
        return self.untranslated + self.stale + self.drafts

    @property
    def done(self) -> int:
        return self.total - self.left

    def __add__(self, other: Self) -> "Tally":
        return Tally(
            self.total + other.total,
            self.untranslated + other.untranslated,
            self.stale + other.stale,
            self.drafts + other.drafts,
        )


def state_of(row: Row) -> RowState:
    """Return the state of a row as a page says it."""
    if row.state == "current" and row.unit and row.unit.origin == "machine":
        return "draft"
    return row.state


def tally(rows: Iterable[Row]) -> Tally:
    states = Counter(map(state_of, rows))
    return Tally(states.total(), states["untranslated"], states["stale"], states["draft"])


def tally_of(contribution: Contribution, language: str) -> Tally:
    """Return the tally of one text. The contribution needs its units (`with_units`)."""
    text = getattr(contribution, f"translation_{language}") or ""
    return counted(contribution.body, getattr(contribution, f"units_{language}"), text)


@lru_cache(maxsize=1024)  # a page counts the whole report, of which little has changed since the last page
def counted(body: str, units: str, text: str) -> Tally:
    return tally(align(body, from_stored(units, body, text)).rows)


def total(tallies: Iterable[Tally]) -> Tally:
    return sum(tallies, Tally())
