"""A proposal for a paragraph that two people changed at the same time: one text with both changes in it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from reports.document import grid, inline
from reports.document.alignment.sequences import equal_pairs
from reports.document.block import blocks, from_blocks
from reports.document.clean import SPACE
from reports.document.inline import Run

_PIECE = re.compile(rf"[{SPACE}]+|\w+|.", re.S)  # a gap, a word, or another character


def combine(base: str, mine: str, theirs: str) -> str:
    """Return both changes of `base` in one text, in normal form. Where both changed the same words, mine comes first.

    Each argument is one paragraph, item or row in normal form, or "" where that side removed it: the change then stays.
    The cells of a row are combined one by one.
    Several blocks on a side cannot be compared word by word; all of mine are then followed by all of theirs.
    """
    if not mine or not theirs:
        return mine or theirs
    old, first, second = blocks(base), blocks(mine), blocks(theirs)
    if not len(old) == len(first) == len(second) == 1:
        return from_blocks([*first, *second])
    block = second[0] if first[0].kind == old[0].kind else first[0]
    rows = [grid.cells(one.html) for one in (old[0], first[0], second[0]) if one.is_row]
    if rows:
        same = len(rows) == 3 and len({len(cells) for cells in rows}) == 1
        if not same:
            return from_blocks([*first, *second])
        return from_blocks([replace(block, html=grid.row_html([_cell(*cells) for cells in zip(*rows, strict=True)]))])
    runs = inline.tidy(_both(_pieces(old[0].html), _pieces(first[0].html), _pieces(second[0].html)))
    return from_blocks([replace(block, html=inline.to_html(runs))])


def _cell(base: str, mine: str, theirs: str) -> str:
    if theirs == base:
        return mine
    return theirs if mine in (base, theirs) else combine(base, mine, theirs)


def _pieces(html: str) -> list[Run]:
    """Words and what is between them, each in its style: a word that became bold is another piece."""
    return [replace(run, text=text) for run in inline.from_html(html) for text in _PIECE.findall(run.text)]


def _both(base: Sequence[Run], mine: Sequence[Run], theirs: Sequence[Run]) -> Iterator[Run]:
    """Between two pieces that both sides kept, take the side that changed something; if both did, take both."""
    in_mine, in_theirs = dict(equal_pairs(base, mine)), dict(equal_pairs(base, theirs))
    in_mine[len(base)], in_theirs[len(base)] = len(mine), len(theirs)
    i = j = k = 0
    for kept in sorted(in_mine.keys() & in_theirs.keys()):
        yield from _chosen(base[i:kept], mine[j : in_mine[kept]], theirs[k : in_theirs[kept]])
        yield from base[kept : kept + 1]
        i, j, k = kept + 1, in_mine[kept] + 1, in_theirs[kept] + 1


def _chosen(base: Sequence[Run], mine: Sequence[Run], theirs: Sequence[Run]) -> Sequence[Run]:
    if mine in (base, theirs):
        return theirs
    if theirs == base:
        return mine
    return [*mine, Run(" "), *theirs]
