"""Put two versions of a paragraph together that one person wrote in two windows: nobody is asked, and nothing is lost.

Each change stays, where it was made; at one place, or where both changed the same words, what was saved first comes
first. A word that one window left alone stands once at most.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from reports.document import grid
from reports.document.alignment.sequences import word_budget
from reports.document.block import Block, blocks, blocks_of_cell, from_blocks
from reports.document.merge_words import Hunk, Word, html_of, hunks_between, words


def join(base: str, mine: str, theirs: str) -> str:
    """Return both changes of a paragraph, item or row in one text, in normal form. "" is a side that removed it.

    What cannot be compared word by word stands in two blocks.
    """
    if not mine or not theirs:
        return mine or theirs
    was, first, second = blocks(base), blocks(mine), blocks(theirs)
    if len(was) == len(first) == len(second) == 1:
        joined = _block(was[0], first[0], second[0])
        if joined:
            return from_blocks([joined])
    return from_blocks([*second, *first])


def _block(base: Block, mine: Block, theirs: Block) -> Block | None:
    kind = theirs if mine.kind == base.kind else mine
    if not base.is_row == mine.is_row == theirs.is_row:
        return None
    if not base.is_row:
        return replace(kind, html=_inline(base.html, mine.html, theirs.html))
    sides = [grid.cells(block.html) for block in (base, mine, theirs)]
    if len({len(cells) for cells in sides}) > 1:
        return None
    return replace(kind, html=grid.row_html([_cell(*cells) for cells in zip(*sides, strict=True)]))


def _cell(base: str, mine: str, theirs: str) -> str:
    if mine in (base, theirs):
        return theirs
    if theirs == base:
        return mine
    sides = [blocks_of_cell(cell) for cell in (base, mine, theirs)]
    if all(len(side) == 1 for side in sides) and (joined := _block(*(side[0] for side in sides))):
        return from_blocks([joined])
    return from_blocks([*sides[2], *sides[1]])


def _inline(base: str, mine: str, theirs: str) -> str:
    was, budget = words(base), word_budget()
    by_me, by_them = (hunks_between(was, words(html), budget) for html in (mine, theirs))
    return html_of(_joined(was, by_me, by_them))


@dataclass
class _Place:
    """A range of the base that was changed, with the changes of both."""

    start: int
    stop: int
    by_me: list[Hunk] = field(default_factory=list)
    by_them: list[Hunk] = field(default_factory=list)

    def takes(self, hunk: Hunk) -> bool:
        return hunk.start < self.stop or hunk.place == (self.start, self.stop)


def _joined(was: Sequence[Word], by_me: Sequence[Hunk], by_them: Sequence[Hunk]) -> Iterator[Word]:
    at = 0
    for place in _places(by_me, by_them):
        yield from was[at : place.start]
        here, there = (_version(was, place, hunks) for hunks in (place.by_me, place.by_them))
        if place.by_them:
            yield from there
        if place.by_me and not (place.by_them and here == there):
            yield from here
        at = place.stop
    yield from was[at:]


def _places(by_me: Sequence[Hunk], by_them: Sequence[Hunk]) -> list[_Place]:
    """Return the changed ranges in order; changes that overlap are in one."""
    found: list[_Place] = []
    marked = [*((hunk, True) for hunk in by_me), *((hunk, False) for hunk in by_them)]
    for hunk, is_mine in sorted(marked, key=lambda one: (one[0].place, one[1])):
        if not found or not found[-1].takes(hunk):
            found.append(_Place(hunk.start, hunk.stop))
        found[-1].stop = max(found[-1].stop, hunk.stop)
        (found[-1].by_me if is_mine else found[-1].by_them).append(hunk)
    return found


def _version(was: Sequence[Word], place: _Place, hunks: Sequence[Hunk]) -> list[Word]:
    """Return what one side made of a range of the base."""
    out: list[Word] = []
    start = place.start
    for hunk in hunks:
        out += [*was[start : hunk.start], *hunk.now]
        start = hunk.stop
    return [*out, *was[start : place.stop]]
