"""A paragraph while its lines are put together, before its text is written."""

import re
from dataclasses import dataclass, field
from typing import Literal

from reports.readers.flow import Cell, Kind
from reports.readers.pdf_text.line import Line

NEAR = 3.0  # points by which the items of one level may differ


@dataclass
class Draft:
    """`skipped` characters at the start of the first line are the mark of a list.

    `breaks` are the positions in `lines` of those that begin after a line break.
    """

    lines: list[Line] = field(default_factory=list)
    kind: Kind = "body"
    cell: Cell | None = None
    level: int = 0
    list_kind: Literal["", "ul", "ol"] = ""
    mark: str = ""
    number: int = 0
    skipped: int = 0
    breaks: set[int] = field(default_factory=set)

    @property
    def body_left(self) -> float:
        """Where its text begins, after the mark."""
        first = self.lines[0]
        return first.characters[self.skipped].left if self.skipped < len(first.characters) else first.right

    def take_mark(self, found: re.Match[str]) -> None:
        """Make it an item whose mark is at the start of its first line."""
        self.skipped = found.end()
        self.set_mark(found[0].strip())

    def set_mark(self, mark: str) -> None:
        self.mark = mark
        is_counted = mark[-1:] in (".", ")") and len(mark) > 1
        self.list_kind = "ol" if is_counted else "ul"
        digits = mark.strip("().")
        self.number = int(digits) if is_counted and digits.isascii() and digits.isdigit() else 0


class Levels:
    """The levels of list items that follow one another, from how far their marks and texts stand in."""

    def __init__(self) -> None:
        # For each level: left ends of the mark and of the text, and whether it is a list of bullets or numbers.
        self._open: list[tuple[float, float, str]] = []

    def clear(self) -> None:
        self._open = []

    def holds(self, left: float) -> bool:
        """Whether a paragraph that begins there goes on with an item."""
        return any(left > mark + NEAR and abs(left - body) < NEAR for mark, body, _kind in self._open)

    def level_of(self, mark: float, body: float, kind: str) -> int:
        """Return the level of an item of a list of this kind.

        Bullets and numbers of one level may stand in a little differently. What is below an item begins where its text
        does.
        """
        while self._open:
            last_mark, last_body, last_kind = self._open[-1]
            is_beside = kind != last_kind and last_mark < mark < last_body - NEAR
            if is_beside or abs(mark - last_mark) < NEAR or abs(body - last_body) < NEAR:
                self._open.pop()
                break
            if mark > last_mark:
                break
            self._open.pop()
        self._open.append((mark, body, kind))
        return len(self._open)
