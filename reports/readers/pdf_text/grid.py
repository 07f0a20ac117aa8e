"""The cells of a page's tables, from the rules that are drawn on it."""

from collections.abc import Iterable, Iterator

from reports.readers.pdf_text.values import Box

NEAR = 3.0  # points
_SHORTEST = 8.0  # a rule: shorter lines are parts of letters and pictures


class Grid:
    def __init__(self, rules: Iterable[Box]) -> None:
        long = [rule for rule in rules if max(rule.right - rule.left, rule.top - rule.bottom) > _SHORTEST]
        self._upright = sorted(
            ((rule.left + rule.right) / 2, rule.bottom, rule.top) for rule in long if rule.is_upright
        )
        self._flat = [((rule.bottom + rule.top) / 2, rule.left, rule.right) for rule in long if not rule.is_upright]
        self._cells: list[Box] = []

    def is_parted(self, left: float, right: float, y: float) -> bool:
        """Whether a rule stands between two characters."""
        return any(left - 1 <= x <= right + 1 and bottom <= y <= top for x, bottom, top in self._upright)

    def cell(self, x: float, y: float) -> Box | None:
        """Return the cell that a point is in."""
        for cell in self._cells:
            if cell.left <= x < cell.right and cell.bottom <= y < cell.top:
                return cell
        beside = [(side, bottom, top) for side, bottom, top in self._upright if bottom - 1 <= y <= top + 1]
        left = max((side for side, _, _ in beside if side <= x + 1), default=None)
        right = min((side for side, _, _ in beside if side > x + 1), default=None)
        if left is None or right is None:
            return None
        # A rule is a border if it goes from side to side: an underline does not.
        borders = [y for y, start, end in self._flat if start <= left + NEAR and end >= right - NEAR]
        borders += self._joined(left, right)
        ends = [(bottom, top) for side, bottom, top in beside if abs(side - left) < 1]
        cell_top = min([border for border in borders if border > y] + [max(top for _, top in ends)])
        cell_bottom = max([border for border in borders if border <= y] + [min(bottom for bottom, _ in ends)])
        if not cell_bottom - 1 <= y < cell_top:
            return None  # a line right above or below a table
        cell = Box(left, cell_bottom, right, cell_top)
        self._cells.append(cell)
        return cell

    def _joined(self, left: float, right: float) -> Iterator[float]:
        """Yield the heights at which short rules side by side make a border."""
        heights: dict[int, list[tuple[float, float]]] = {}
        for y, start, end in self._flat:
            if start < right and end > left:
                heights.setdefault(round(y), []).append((start, end))
        for y, parts in heights.items():
            reach = left + NEAR
            for start, end in sorted(parts):
                if start <= reach + NEAR:
                    reach = max(reach, end)
            if reach >= right - NEAR:
                yield float(y)


def tables_of(cells: Iterable[Box]) -> dict[Box, tuple[int, int]]:
    """Return the table and row of each cell of a page. Cells that touch are of one table."""
    tables: list[list[Box]] = []
    for cell in sorted(cells, key=lambda cell: (-cell.top, cell.left)):
        if tables and cell.top >= min(other.bottom for other in tables[-1]) - NEAR:
            tables[-1].append(cell)
        else:
            tables.append([cell])
    places: dict[Box, tuple[int, int]] = {}
    for number, table in enumerate(tables):
        tops = apart(-cell.top for cell in table)
        places.update({cell: (number, position_in(tops, -cell.top)) for cell in table})
    return places


def apart(values: Iterable[float]) -> list[float]:
    """Return the values in order, without those that are near the one before."""
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > NEAR:
            out.append(value)
    return out


def position_in(values: list[float], value: float) -> int:
    return max((index for index, other in enumerate(values) if other <= value + NEAR), default=0)
