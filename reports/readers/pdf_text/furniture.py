"""Headers, footers and page numbers: lines that recur at the edges of pages, with at most the page's number changed.

When in doubt a line is text: so is a cell of a table, and a heading such as "Policy Target No. 2", which also comes at
the top of several pages.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from reports.readers.pdf_text.line import Line
from reports.readers.pdf_text.values import Box

_EDGE_LINES = 3  # so many lines at a page's top and foot may be furniture
_FEWEST = 2  # pages
_SHARE = 0.5  # of the pages that have text
_LARGE = 1.05  # of the usual size
_DIGITS = re.compile(r"\d+")


def taken_out(pages: Sequence[list[Line]]) -> list[Line]:
    """Remove the furniture from the pages' lines, and return it: each line once, as it is on its first page."""
    groups: dict[tuple[str, int], list[Line]] = defaultdict(list)
    for page in pages:
        in_order = sorted((line for line in page if not isinstance(line.cell, Box)), key=lambda line: -line.base)
        edges = {id(line): line for line in in_order[:_EDGE_LINES] + in_order[-_EDGE_LINES:]}
        for line in edges.values():
            groups[_DIGITS.sub("#", line.text), round(line.base / 10)].append(line)
    fewest = max(_FEWEST, _SHARE * sum(1 for page in pages if page))
    usual = _usual_size(pages)
    recurring = [group for group in groups.values() if _recurs(group, fewest)]
    found = [group for group in recurring if _is_beyond(group, recurring, pages, usual)]
    furniture = {id(line) for group in found for line in group}
    for page in pages:
        page[:] = [line for line in page if id(line) not in furniture]
    return [group[0] for group in sorted(found, key=lambda group: (group[0].page, -group[0].base))]


def _recurs(group: list[Line], fewest: float) -> bool:
    """Whether the lines are on enough pages, and each number in them stays or counts the pages."""
    if len({line.page for line in group}) < fewest:
        return False
    numbers = [[int(digits[:9]) for digits in _DIGITS.findall(line.text)] for line in group]
    return all(
        len(set(column)) == 1 or len({number - line.page for number, line in zip(column, group, strict=True)}) == 1
        for column in zip(*numbers, strict=True)
    )


def _usual_size(pages: Sequence[list[Line]]) -> float:
    sizes = Counter[float]()
    for page in pages:
        for line in page:
            sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _is_beyond(group: list[Line], recurring: list[list[Line]], pages: Sequence[list[Line]], usual: float) -> bool:
    """Whether the lines stand above or below all other text of all pages, and apart from it.

    What is bold or large at the top, and counts, may be a heading: each target of a form may begin a page.
    """
    others = {id(line) for one in recurring for line in one}
    text = [line.base for page in pages for line in page if id(line) not in others]
    line = group[0]
    if not text:
        return False
    gap = 1.5 * line.size
    is_bold = line.style is None or line.style.bold
    may_be_heading = len({one.text for one in group}) > 1 and (is_bold or line.size > _LARGE * usual)
    return line.base < min(text) - gap or (line.base > max(text) + gap and not may_be_heading)
