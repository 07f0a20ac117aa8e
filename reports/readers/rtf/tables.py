"""The tables of RTF. A row says where its cells end, so columns are known only when the whole table has been read."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

from reports.readers.flow import Cell, Flow, FlowParagraph

MOST_CELLS = 100  # of a row
_SAME_EDGE = 60  # twips (a millimetre): edges that are nearer are one


@dataclass
class _Row:
    """The definition of a row: the right edges of its cells, and which cells begin a merged one."""

    edges: list[int] = field(default_factory=list)
    begins: list[bool] = field(default_factory=list)
    is_heading: bool = False
    next_begins: bool = False


class RtfTable:
    """Counts the rows and cells of one table as they come, and gives each paragraph its place in the end."""

    def __init__(self, number: int) -> None:
        self.number = number
        self._cell = 0
        self._row = _Row()
        self._rows: list[_Row] = []
        self._paragraphs: list[tuple[FlowParagraph, int, int]] = []

    def place(self, paragraph: FlowParagraph) -> None:
        """Put a paragraph into the cell that is open."""
        self._paragraphs.append((paragraph, len(self._rows), self._cell))

    def end_cell(self) -> None:
        self._cell += 1

    def end_row(self) -> None:
        self._rows.append(self._row)  # the next row is the same if it says nothing
        self._cell = 0

    def word(self, word: str, number: int) -> None:
        """Take in a word of a row's definition, which may come before the cells, after them, or both."""
        row = self._row
        match word:
            case "trowd":
                self._row = _Row()
            case "trhdr":
                row.is_heading = True
            case "clmgf" | "clvmgf":
                row.next_begins = True
            case "cellx" if len(row.edges) < MOST_CELLS:
                row.edges.append(number)
                row.begins.append(row.next_begins)
                row.next_begins = False

    def end(self, flow: Flow) -> None:
        """Give every paragraph the column of its cell, and count the merged cells."""
        if self._cell or len(self._rows) <= max((row for _, row, _ in self._paragraphs), default=-1):
            self.end_row()
        starts = _distinct(edge for row in self._rows for edge in row.edges)
        merged = 0
        columns: list[list[int]] = []
        for row in self._rows:
            ends = [bisect_right(starts, edge) for edge in row.edges]
            columns.append([0, *ends][: len(ends)])
            spans = [end - start for start, end in zip(columns[-1], ends, strict=True)]
            merged += sum(begins or span > 1 for begins, span in zip(row.begins, spans, strict=True))
        for paragraph, place, cell in self._paragraphs:
            of_row = columns[place]
            column = of_row[cell] if cell < len(of_row) else cell
            paragraph.cell = Cell(self.number, place, column, self._rows[place].is_heading)
        if merged:
            flow.merged_cells[self.number] += merged


def _distinct(edges: Iterable[int]) -> list[int]:
    """Return the edges in order, without those that are next to the one before."""
    out: list[int] = []
    before: int | None = None
    for edge in sorted(set(edges)):
        if before is None or edge - before > _SAME_EDGE:
            out.append(edge)
        before = edge
    return out
