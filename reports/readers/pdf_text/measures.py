"""What the lines of a file have in common: where columns end, how far lines are apart, whether words are hyphenated."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from reports.readers.pdf_text.line import Line, Place

_WORD = re.compile(r"\w+(?:-\w+)*")
_HYPHENATED = 0.06  # share of the lines that end in a hyphen, from which a program hyphenates
_FEWEST_HYPHENS = 3
_ENOUGH = 8  # lines that show how long lines are and how far apart
Column = tuple[int, ...] | None


class Measures:
    """Measures of all pages. `width` is that of a page."""

    def __init__(self, pages: Iterable[Sequence[Line]], width: float) -> None:
        columns: dict[Column, list[Line]] = defaultdict(list)
        sizes: dict[tuple[Column, int], list[Line]] = defaultdict(list)
        self._words: set[str] = set()
        steps: dict[int, Counter[float]] = defaultdict(Counter)
        hyphens = count = 0
        for page in pages:
            for line in page:
                columns[column_of(line.cell)].append(line)
                sizes[column_of(line.cell), round(line.size)].append(line)
                self._words.update(_WORD.findall(line.text.lower()))
                count += 1
                hyphens += line.text.endswith("-")
            for above, below in pairwise(page):
                step = above.base - below.base
                if above.cell == below.cell and 0 < step < 2.5 * above.size and round(above.size) == round(below.size):
                    steps[round(above.size)][round(step, 1)] += 1
        self._steps = {size: _usual(counted, 1.3 * size) for size, counted in steps.items()}
        self._ends = {column: _end(lines, width) for column, lines in columns.items()}
        self._ends_by_size = {
            key: max(line.right for line in lines) for key, lines in sizes.items() if len(lines) >= _ENOUGH
        }
        self._hyphenates = hyphens >= _FEWEST_HYPHENS and hyphens > _HYPHENATED * count

    def end_of(self, line: Line) -> float:
        """Return where the column ends that a line stands in. A title may stand out, so other sizes count less."""
        column = column_of(line.cell)
        return self._ends_by_size.get((column, round(line.size)), self._ends[column])

    def step_of(self, line: Line) -> float:
        """Return how far the lines of a paragraph of this size are apart."""
        return self._steps.get(round(line.size), 1.3 * line.size)

    def fits_above(self, before: Line, line: Line) -> bool:
        """Whether a line's first word would still have fitted on the line before: so that one ended on purpose."""
        return before.right + line.first_word + 0.3 * line.size < self.end_of(before) - 2

    def is_one_word(self, start: str, end: str) -> bool:
        """Whether a hyphen between these parts is only there because the line ends.

        The file itself tells: it has the word elsewhere with the hyphen or without. Else it matters whether its
        program hyphenates at all. In the real forms every hyphen at a line's end is part of its word.
        """
        if f"{start}-{end}".lower() in self._words:
            return False
        return f"{start}{end}".lower() in self._words or self._hyphenates


def column_of(cell: Place) -> Column:
    """Return what names a column: cells below one another have the same sides."""
    if cell is None or len(cell) < 4:
        return cell if cell is None else tuple(int(side) for side in cell)
    return round(cell[0] / 6), round(cell[2] / 6)


def _end(lines: Sequence[Line], width: float) -> float:
    """Return where a column ends: where its longest line does, or where few lines might: at an equal margin."""
    end = max(line.right for line in lines)
    if len(lines) >= _ENOUGH:
        return end
    left, cell = min(line.left for line in lines), lines[0].cell
    margins = (cell[0], cell[2]) if cell and len(cell) == 4 else (0.0, width) if cell is None else (left, end)
    return max(end, margins[1] - (left - margins[0]))


def _usual(steps: Counter[float], single: float) -> float:
    """Return the smallest step that is frequent: the one within a paragraph, not between paragraphs.

    Of few lines each may be a paragraph: then it is at most `single`, the step of single spacing.
    """
    most = max(steps.values())
    usual = min(step for step, count in steps.items() if count >= most / 3)
    return usual if steps.total() >= _ENOUGH else min(usual, single)
