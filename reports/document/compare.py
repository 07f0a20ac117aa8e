"""Show two versions of a text as one, with additions in <ins> and removals in <del>.

Paragraphs and items are paired as in a merge. Inside a pair the words are compared; a block without a partner was added
or removed as a whole. Formatting is not compared, and comes from the new version: a word that became bold is the same.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal, NamedTuple

from reports.document import inline
from reports.document.alignment.blocks import align_blocks
from reports.document.alignment.regions import Budget
from reports.document.alignment.sequences import equal_pairs, word_budget
from reports.document.block import Block, blocks, from_blocks
from reports.document.clean import SPACE
from reports.document.inline import Run

_WORDS_AND_GAPS = re.compile(f"[{SPACE}]+|[^{SPACE}]+")


@dataclass(frozen=True)
class _Word:
    """A word in its styles, and the space before it."""

    gap: tuple[Run, ...]
    runs: tuple[Run, ...]

    def text(self) -> str:
        return "".join(run.text for run in self.runs)


class _Piece(NamedTuple):
    """A word of one version, or of both where `mark` is "". If the word has no text, only its space is shown."""

    mark: Literal["", "ins", "del"]
    word: _Word


class _Shown(NamedTuple):
    """A block of the new version, or a removed one of the old version."""

    block: Block
    is_removed: bool
    pieces: list[_Piece]


def compare(old: str, new: str) -> str:
    """Return the HTML of the new text with additions and removals marked. It is for display only."""
    shown: list[Block] = []
    after = Block("p", 0, "")
    for block, is_removed, pieces in reversed(_compared(old, new)):
        marked = replace(block, html=_html(pieces))
        if not is_removed:
            after = block
        elif after.depth > block.depth + 1:
            # A removed block here would cut the list in two, and the item after it would lose its parent and depth.
            marked = replace(marked, kind=after.kind, depth=after.depth)
        shown.append(marked)
    return from_blocks(reversed(shown))


def beside(old: str, new: str) -> tuple[str, str]:
    """Return both versions whole, for two columns: in each, what the other one lacks is marked. For display only."""
    return _side(new, old, "del"), _side(old, new, "ins")


def _side(other: str, version: str, mark: Literal["ins", "del"]) -> str:
    return from_blocks(
        replace(
            shown.block,
            html=_html(_Piece(mark if piece.mark else "", piece.word) for piece in shown.pieces if piece.mark != "del"),
        )
        for shown in _compared(other, version)
        if not shown.is_removed
    )


def summary(old: str, new: str) -> tuple[int, int]:
    """Return how many words were added and how many were removed."""
    marks = [mark for shown in _compared(old, new) for mark, word in shown.pieces if word.runs]
    return marks.count("ins"), marks.count("del")


def _compared(old: str, new: str) -> list[_Shown]:
    before, now = blocks(old), blocks(new)
    budget = word_budget()
    out: list[_Shown] = []
    i = k = 0
    for there, here in [*align_blocks(before, now), (len(before), len(now))]:
        out += [_Shown(block, True, [_Piece("del", word) for word in _words(block)]) for block in before[i:there]]
        out += [_Shown(block, False, [_Piece("ins", word) for word in _words(block)]) for block in now[k:here]]
        if here < len(now):
            pieces = list(_pieces(_words(before[there]), _words(now[here]), budget))
            out.append(_Shown(now[here], False, pieces))
        i, k = there + 1, here + 1
    return out


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
