"""Show two versions of a text as one, with additions in <ins> and removals in <del>.

Paragraphs, items and rows are paired as in a merge. Inside a pair the words are compared, cell by cell in a row; a
block without a partner was added or removed as a whole. Formatting is not compared, and comes from the new version: a
word that became bold is the same. Raised and lowered text is compared, because it is another text: 10², not 102.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, zip_longest
from typing import Literal, NamedTuple

from reports.document import grid, inline
from reports.document.alignment.blocks import align_blocks
from reports.document.alignment.regions import Budget
from reports.document.alignment.sequences import equal_pairs, word_budget
from reports.document.block import Block, blocks, blocks_of_cell, from_blocks
from reports.document.clean import SPACE
from reports.document.inline import Run

_WORDS_AND_GAPS = re.compile(f"[{SPACE}]+|[^{SPACE}]+")


@dataclass(frozen=True)
class _Word:
    """A word in its styles, and the space before it."""

    gap: tuple[Run, ...]
    runs: tuple[Run, ...]

    def text(self) -> str:
        """Return the text by which words are compared: a raised digit is another one (10², 102)."""
        return "".join(f"{run.raised and '^'}{run.raised}{run.text}" for run in self.runs)


class _Piece(NamedTuple):
    """A word of one version, or of both where `mark` is "". If the word has no text, only its space is shown."""

    mark: Literal["", "ins", "del"]
    word: _Word


class _Shown(NamedTuple):
    """A block of the new version, or a removed one of the old version, with its words or those of each of its cells."""

    block: Block
    is_removed: bool
    pieces: list[_Piece]
    cells: "list[list[_Shown]]"

    def html(self) -> str:
        if not self.block.is_row:
            return _html(self.pieces)
        return grid.row_html([_together(cell) for cell in self.cells])

    def marks(self) -> Iterator[str]:
        yield from (mark for mark, word in self.pieces if word.runs)
        for cell in self.cells:
            for shown in cell:
                yield from shown.marks()


def compare(old: str, new: str) -> str:
    """Return the HTML of the new text with additions and removals marked. It is for display only."""
    return _together(_compared(blocks(old), blocks(new), word_budget()))


def summary(old: str, new: str) -> tuple[int, int]:
    """Return how many words were added and how many were removed."""
    marks = [mark for shown in _compared(blocks(old), blocks(new), word_budget()) for mark in shown.marks()]
    return marks.count("ins"), marks.count("del")


def _together(compared: Sequence[_Shown]) -> str:
    shown: list[Block] = []
    after = Block("p", 0, "")
    for one in reversed(compared):
        marked = replace(one.block, html=one.html())
        if not one.is_removed:
            after = one.block
        elif after.depth > one.block.depth + 1:
            # A removed block here would cut the list in two, and the item after it would lose its parent and depth.
            marked = replace(marked, kind=after.kind, depth=after.depth)
        shown.append(marked)
    return from_blocks(reversed(shown))


def beside(old: str, new: str) -> tuple[str, str]:
    """Return both versions whole, for two columns: in each, what the other one lacks is marked. For display only."""
    return _side(new, old, "del"), _side(old, new, "ins")


def _side(other: str, version: str, mark: Literal["ins", "del"]) -> str:
    compared = _compared(blocks(other), blocks(version), word_budget())
    return from_blocks(_of_side(shown, mark) for shown in compared if not shown.is_removed)


def _of_side(shown: _Shown, mark: Literal["ins", "del"]) -> Block:
    if shown.block.is_row:
        cells = [from_blocks(_of_side(one, mark) for one in cell if not one.is_removed) for cell in shown.cells]
        return replace(shown.block, html=grid.row_html(cells))
    pieces = [_Piece(mark if piece.mark else "", piece.word) for piece in shown.pieces if piece.mark != "del"]
    return replace(shown.block, html=_html(pieces))


def _compared(before: Sequence[Block], now: Sequence[Block], budget: Budget) -> list[_Shown]:
    out: list[_Shown] = []
    i = k = 0
    for there, here in [*align_blocks(before, now), (len(before), len(now))]:
        out += [_whole(block, "del") for block in before[i:there]]
        out += [_whole(block, "ins") for block in now[k:here]]
        if here < len(now):
            out += _pair(before[there], now[here], budget)
        i, k = there + 1, here + 1
    return out


def _whole(block: Block, mark: Literal["ins", "del"]) -> _Shown:
    """Return a block that was added or removed."""
    if not block.is_row:
        return _Shown(block, mark == "del", [_Piece(mark, word) for word in _words(block)], [])
    cells = [[_whole(inner, mark) for inner in blocks_of_cell(cell)] for cell in grid.cells(block.html)]
    return _Shown(block, mark == "del", [], cells)


def _pair(old: Block, new: Block, budget: Budget) -> Iterator[_Shown]:
    """Yield a block as it is now, with its changed words marked."""
    if old.is_row != new.is_row:
        yield from (_whole(old, "del"), _whole(new, "ins"))
    elif new.is_row:
        sides = _paired_cells(grid.cells(old.html), grid.cells(new.html))
        yield _Shown(new, False, [], [_in_cell(one, other, budget) for one, other in sides])
    else:
        yield _Shown(new, False, list(_pieces(_words(old), _words(new), budget)), [])


def _in_cell(old: str, new: str, budget: Budget) -> list[_Shown]:
    before, now = blocks_of_cell(old), blocks_of_cell(new)
    if len(before) == len(now) == 1:  # a figure has too few letters to be recognised by
        return list(_pair(before[0], now[0], budget))
    return _compared(before, now, budget)


def _paired_cells(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield each cell as it was and as it is, "" where it was added or removed."""
    i = k = 0
    for there, here in [*equal_pairs(old, new), (len(old), len(new))]:
        yield from zip_longest(old[i:there], new[k:here], fillvalue="")
        yield from zip(old[there : there + 1], new[here : here + 1], strict=True)
        i, k = there + 1, here + 1


def _words(block: Block) -> list[_Word]:
    words: list[_Word] = []
    gap: tuple[Run, ...] = ()
    inside = False
    for run in inline.from_html(block.html):
        for text in _WORDS_AND_GAPS.findall(run.text):
            piece = replace(run, text=text)
            if text[0] in SPACE:
                gap, inside = (piece,), False
            elif inside:
                words[-1] = replace(words[-1], runs=(*words[-1].runs, piece))
            else:
                words.append(_Word(gap, (piece,)))
                inside = True
    return words


def _pieces(old: Sequence[_Word], new: Sequence[_Word], budget: Budget) -> Iterator[_Piece]:
    """Yield the words of both versions in order, removed ones before what replaced them."""
    i = k = 0
    pairs = equal_pairs([word.text() for word in old], [word.text() for word in new], budget)
    for there, here in [*pairs, (len(old), len(new))]:
        yield from (_Piece("del", word) for word in old[i:there])
        yield from (_Piece("ins", word) for word in new[k:here])
        if here < len(new):
            if here == 0 < there:  # the block's first word has no space before it; the removed words need one
                yield _Piece("del", _Word(old[there].gap, ()))
            yield _Piece("", new[here])
        i, k = there + 1, here + 1


def _html(pieces: Iterable[_Piece]) -> str:
    parts = []
    for mark, marked in groupby(pieces, lambda piece: piece.mark):
        runs = [run for _, word in marked for run in (*word.gap, *word.runs)]
        html = inline.to_html(
            replace(alike[0], text="".join(run.text for run in alike))
            for _, same_style in groupby(runs, Run.style)
            if (alike := list(same_style))
        )
        parts.append(f"<{mark}>{html}</{mark}>" if mark else html)
    return "".join(parts)
