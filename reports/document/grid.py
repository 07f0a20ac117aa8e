"""Tables: a plain grid of rows, the first of which may be a row of headings.

A row is one block (block.py), so that two people in two rows never meet. Its HTML is that of its cells, each with
paragraphs and lists, without the empty cells at its end; what is written pads every row of a table to the same width.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar

MOST_COLUMNS = 12
MOST_ROWS = 200  # of one table; what is beyond these stays as text
MOST_REPEATED = 100  # characters of a cell that is repeated in place of a merged one
_MOST_REPEATED_IN_ALL = 5_000  # of one text: a short text must not make a long one

Block = TypeVar("Block")
_CELL = re.compile("<td>(.*?)</td>", re.DOTALL)
_EMPTY_AT_END = re.compile("(?:<td></td>)+$")


def cells(row: str) -> list[str]:
    """Return the HTML of each cell of a row."""
    return _CELL.findall(row)


def row_html(cells: Sequence[str]) -> str:
    """Return the HTML of a row: its cells, without the empty ones at its end."""
    return trimmed("".join(f"<td>{cell}</td>" for cell in cells))


def trimmed(row: str) -> str:
    return _EMPTY_AT_END.sub("", row)


def table_html(head: str, rows: Sequence[str]) -> str:
    """Return the HTML of a table. `head` is the row of headings, or ""."""
    width = max(len(cells(row)) for row in [head, *rows])
    parts = ["<table>"]
    if head:
        parts += ["<thead>", _written(head, width, "th"), "</thead>"]
    if rows:
        parts += ["<tbody>", *(_written(row, width, "td") for row in rows), "</tbody>"]
    return "".join([*parts, "</table>"])


def _written(row: str, width: int, tag: str) -> str:
    found = cells(row)
    return f"<tr>{''.join(f'<{tag}>{cell}</{tag}>' for cell in [*found, *[''] * (width - len(found))])}</tr>"


@dataclass
class Repeats:
    """How many characters may still be repeated in one text."""

    left: int = _MOST_REPEATED_IN_ALL

    def take(self, length: int) -> bool:
        if length > min(MOST_REPEATED, self.left):
            return False
        self.left -= length
        return True


@dataclass
class _Cell(Generic[Block]):
    blocks: list[Block]
    length: int
    columns: int
    rows: int


@dataclass
class Grid(Generic[Block]):
    """A table while it is read. A merged cell is split, and nothing of it is lost.

    The text of a cell over several rows is repeated in each of them, because a row has to make sense alone. That of a
    heading over several columns is repeated above each; any other text over several columns stands in the first. What
    is right of the last column that a table may have is added to that one.
    """

    repeats: Repeats
    rows: list[tuple[bool, list[list[Block]]]] = field(default_factory=list)  # whether it is the row of headings
    _row: list[_Cell[Block]] = field(default_factory=list)
    _only_headings: bool = True
    _over: dict[int, _Cell[Block]] = field(
        default_factory=dict
    )  # by column: a cell from above, and the rows it has left

    def add(self, blocks: list[Block], length: int, *, is_heading: bool, columns: int, rows: int) -> None:
        """Add a cell with a text of so many characters, over so many columns and rows."""
        self._row.append(_Cell(blocks, length, min(max(1, columns), MOST_COLUMNS), min(max(1, rows), MOST_ROWS)))
        self._only_headings &= is_heading or not length

    def end_row(self, *, in_head: bool) -> None:
        """End a row. The first row of a table with nothing but headings is the row of headings."""
        has_text = any(cell.length for cell in self._row)
        is_head = (in_head or self._only_headings) and not self.rows and has_text
        out: list[list[Block]] = []
        for cell in self._row:
            self._add_from_above(out)
            if len(out) == MOST_COLUMNS:
                out[-1] += cell.blocks
                continue
            for number in range(min(cell.columns, MOST_COLUMNS - len(out))):
                shown = not number or (is_head and self.repeats.take(cell.length))
                if cell.rows > 1:
                    self._over[len(out)] = replace(cell, rows=cell.rows - 1, length=cell.length if shown else 0)
                out.append(list(cell.blocks) if shown else [])
        self._add_from_above(out)
        self._row, self._only_headings = [], True
        if has_text or self.rows:
            self.rows.append((is_head, out))

    def _add_from_above(self, out: list[list[Block]]) -> None:
        """Add the cells at this place that belong to a row above, too."""
        while (cell := self._over.get(len(out))) and cell.rows:
            self._over[len(out)] = replace(cell, rows=cell.rows - 1)
            out.append(list(cell.blocks) if cell.length and self.repeats.take(cell.length) else [])
