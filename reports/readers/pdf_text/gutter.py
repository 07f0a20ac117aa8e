"""Two columns without rules: the gutter that many lines of a file leave open."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import pairwise

from reports.readers.pdf_text.line import Line, Piece

_NARROWEST = 8.0  # points
_FEWEST = 4  # lines that leave it open
_AROUND = 60.0  # points above and below the parted lines in which a column may go on alone
_STEP = 1.6  # of the size: lines of a paragraph are no further apart
LEFT, RIGHT = (0.0,), (1.0,)  # the "cells" of the two columns


def gutter_of(pages: Iterable[list[Piece]]) -> float | None:
    """Return the x at which the right column begins, or None if the pages have one column."""
    gaps: list[tuple[float, float]] = []
    for pieces in pages:
        lines: dict[int, list[tuple[float, float, int]]] = {}
        for piece in pieces:
            place = (piece[0].left, piece[-1].right, len(piece))
            lines.setdefault(round(piece[0].base), []).append(place)
        for line in map(sorted, lines.values()):
            pairs = pairwise(line)
            # A mark of a list, one or two characters, is no column.
            gaps += [(a[1], b[0]) for a, b in pairs if b[0] - a[1] > _NARROWEST and a[2] > 2]
    lefts, rights = sorted(left for left, _ in gaps), sorted(right for _, right in gaps)
    # How many gaps are open there: those that have begun, without those that have ended.
    found = [(bisect_left(lefts, right - 4) - bisect_right(rights, right - 4), right) for right in rights]
    count, right = max(found, default=(0, 0.0))
    return right - 4 if count >= _FEWEST else None


def in_columns(rows: list[list[Piece]], gutter: float) -> list[list[tuple[tuple[float, ...] | None, list[Piece]]]]:
    """Return each row as its parts: one part where the row goes over the gutter, else one for each column."""
    parted = [row for row in rows if _is_parted(row, gutter)]
    top, foot = (parted[0][0][0].base, parted[-1][0][0].base) if parted else (0.0, 0.0)
    out: list[list[tuple[tuple[float, ...] | None, list[Piece]]]] = []
    base = 0.0  # of the last row over the gutter
    for row in rows:
        is_near = bool(parted) and foot - _AROUND < row[0][0].base < top + _AROUND
        is_left = all(piece[-1].right < gutter + 1 for piece in row)
        is_right = all(piece[0].left > gutter for piece in row)
        is_end = 0 < base - row[0][0].base < _STEP * row[0][0].size  # of a paragraph over the gutter
        if _is_parted(row, gutter) or (is_left and is_near and not is_end) or is_right:
            left = [piece for piece in row if piece[0].left < gutter]
            right = [piece for piece in row if piece[0].left > gutter]
            out.append([(column, side) for column, side in ((LEFT, left), (RIGHT, right)) if side])
        else:
            base = row[0][0].base
            out.append([(None, row)])
    return out


def _is_parted(row: list[Piece], gutter: float) -> bool:
    """Whether a row leaves the gutter open and has text on both of its sides."""
    is_open = all(piece[-1].right < gutter + 1 or piece[0].left > gutter for piece in row)
    return is_open and len({piece[0].left > gutter for piece in row}) == 2


def columns_in_order(lines: list[Line]) -> list[Line]:
    """Sort lines of two columns: a row starts where the left column starts anew; in a row, the left column first."""
    row = 0
    before: float | None = None
    keyed: list[tuple[tuple[int, float, float], Line]] = []
    for line in lines:
        assert line.cell is not None
        if line.cell == LEFT:
            row += before is not None and before - line.base > 2 * line.size
            before = line.base
        keyed.append(((row, line.cell[0], -line.base), line))
    return [line for _, line in sorted(keyed, key=lambda pair: pair[0])]
