"""The lines of a file by place: each in its cell or column, and in reading order, with tables that run over pages."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from reports.readers.flow import Cell
from reports.readers.pdf_text.grid import NEAR, Grid, apart, position_in, tables_of
from reports.readers.pdf_text.gutter import columns_in_order, gutter_of, in_columns
from reports.readers.pdf_text.line import Line, Piece, Place, goes_on, line_of, pieces_of, rows_of
from reports.readers.pdf_text.values import MOST_COMPARED, Box, Page

Placed = tuple[Cell | None, Line]


def lines_by_page(pages: Sequence[Page]) -> list[list[Line]]:
    """Return the lines of each page, from top to foot in each cell or column."""
    groups = [_pieces_by_cell(page) for page in pages]
    gutter = gutter_of(group.get(None, []) for group in groups)
    return [list(_lines(page.number, group, gutter)) for page, group in zip(pages, groups, strict=True)]


def _pieces_by_cell(page: Page) -> dict[Box | None, list[Piece]]:
    grid = Grid(page.rules if len(page.characters) * len(page.rules) <= MOST_COMPARED else ())
    groups: dict[Box | None, list[Piece]] = defaultdict(list)
    for piece in pieces_of([*page.characters, *page.discs], grid.is_parted):
        first = next((character for character in piece if not character.text.isspace()), None)
        if first:
            groups[grid.cell(first.left, first.base)].append(piece[piece.index(first) :])
    return groups


def _lines(number: int, groups: dict[Box | None, list[Piece]], gutter: float | None) -> Iterator[Line]:
    for cell, pieces in groups.items():
        rows = rows_of(sorted(pieces, key=lambda piece: -piece[0].base))
        if gutter is None or cell is not None:
            yield from (line_of(number, cell, row) for row in rows)
            continue
        for parts in in_columns(rows, gutter):
            yield from (line_of(number, column, part) for column, part in parts)


class Layout:
    """Puts lines in reading order.

    `merged` counts the cells over several columns of each table; `repeated` are rows of headings.
    """

    def __init__(self) -> None:
        self.merged: Counter[int] = Counter()
        self.repeated: list[Line] = []
        self._table = _Table(-1)

    def in_order(self, pages: Sequence[list[Line]]) -> Iterator[Placed]:
        """Yield lines with their cells; those of a cell together, though it may run over pages."""
        placed = [one for page in pages for one in self._page(page)]
        for table, group in groupby(placed, key=lambda one: one[0].table if one[0] else None):
            same = list(group)
            yield from same if table is None else sorted(same, key=_row_and_column)

    def _page(self, lines: list[Line]) -> Iterator[Placed]:
        places = tables_of({_box(line.cell) for line in lines if _is_box(line.cell)})
        tables: dict[int, list[Line]] = defaultdict(list)
        blocks: list[tuple[float, list[Line], bool]] = []
        free = sorted((line for line in lines if not _is_box(line.cell)), key=lambda line: -line.base)
        for line in lines:
            if _is_box(line.cell):
                tables[places[_box(line.cell)][0]].append(line)
        for inside in tables.values():
            blocks.append((max(_box(line.cell).top for line in inside), inside, True))
        blocks += [(line.base, [line], False) for line in free]
        blocks.sort(key=lambda block: -block[0])
        for is_table, group in groupby(enumerate(blocks), key=lambda pair: pair[1][2]):
            if is_table:
                for index, (_, inside, _) in group:
                    yield from self._in_table(inside, places, is_first=index == 0)
                continue
            yield from ((None, line) for line in _in_columns([line for _, (_, one, _) in group for line in one]))
            self._table.ends_here()

    def _in_table(self, inside: list[Line], places: dict[Box, tuple[int, int]], *, is_first: bool) -> Iterator[Placed]:
        inside.sort(key=lambda line: (places[_box(line.cell)][1], _box(line.cell).left, -line.base))
        cells = {_box(line.cell): places[_box(line.cell)][1] for line in inside}
        if not (is_first and self._table.goes_on(cells)):
            self._table = _Table(self._table.number + 1)
        table = self._table
        table.lefts = apart([*table.lefts, *(cell.left for cell in cells)])
        merged = sum(any(cell.left + NEAR < x < cell.right - NEAR for x in table.lefts) for cell in cells)
        self.merged += Counter({table.number: merged})
        if table.repeats_headings(inside, cells):
            self.repeated += [line for line in inside if cells[_box(line.cell)] == 0]
            inside = [line for line in inside if cells[_box(line.cell)] > 0]
        yield from table.placed(inside, cells)


def _row_and_column(placed: Placed) -> tuple[int, int]:
    cell = placed[0]
    return (cell.row, cell.column) if cell else (0, 0)


def _is_box(place: Place) -> bool:
    return isinstance(place, Box)


def _box(place: Place) -> Box:
    assert isinstance(place, Box)
    return place


def _in_columns(lines: list[Line]) -> Iterator[Line]:
    for is_column, group in groupby(lines, key=lambda line: line.cell is not None):
        same = list(group)
        yield from columns_in_order(same) if is_column else same


@dataclass
class _Table:
    """A table that may go on at the top of the next page."""

    number: int
    lefts: list[float] = field(default_factory=list)
    rows: int = 0
    is_open: bool = True
    headings: Counter[str] = field(default_factory=Counter)  # the texts of its first row
    last: dict[int, Line] = field(default_factory=dict)  # the last line of each column in the last row

    def ends_here(self) -> None:
        self.is_open = False

    def goes_on(self, cells: dict[Box, int]) -> bool:
        """Whether these cells at a page's top stand in the columns of this table."""
        return self.is_open and any(abs(cell.left - left) < NEAR for cell in cells for left in self.lefts)

    def repeats_headings(self, inside: list[Line], cells: dict[Box, int]) -> bool:
        top = Counter(line.text for line in inside if cells[_box(line.cell)] == 0)
        if not self.rows:
            self.headings = top
            return False
        return (
            len(self.lefts) > 1 and len({cell.left for cell in cells if cells[cell] == 0}) > 1 and top == self.headings
        )

    def placed(self, inside: list[Line], cells: dict[Box, int]) -> Iterator[Placed]:
        first = min(cells[_box(line.cell)] for line in inside) if inside else 0
        top: dict[int, Line] = {}
        for line in inside:
            if cells[_box(line.cell)] == first:
                top.setdefault(self._column(line), line)
        start = self.rows - first - (1 if self._row_goes_on(top) else 0)
        for line in inside:
            row = start + cells[_box(line.cell)]
            if row >= self.rows:
                self.rows, self.last = row + 1, {}
            self.last[self._column(line)] = line
            yield Cell(self.number, row, self._column(line)), line

    def _row_goes_on(self, top: dict[int, Line]) -> bool:
        """Whether the last row goes on over the page: nobody draws a reliable rule there."""
        if not self.rows or not top:
            return False
        return 0 not in top or any(goes_on(self.last.get(column), line) for column, line in top.items())

    def _column(self, line: Line) -> int:
        return position_in(self.lefts, _box(line.cell).left)
