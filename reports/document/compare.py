"""Two versions of a text in one: what was added stands in <ins>, what was removed in <del>.

Paragraphs and items are paired as for a merge. Inside a pair the words are compared; a block without a partner is
added or removed as a whole. Formatting is the new version's: a word that only became bold is the same word.
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
    """A word in its styles, and the gap before it."""

    gap: tuple[Run, ...]
    runs: tuple[Run, ...]

    def text(self) -> str:
        return "".join(run.text for run in self.runs)


class _Piece(NamedTuple):
    """A word of either version; `mark` says of which. Only the gap, where `word` has no text."""

    mark: Literal["", "ins", "del"]
    word: _Word


class _Shown(NamedTuple):
    """A block of the new version, or one of the old that is gone."""

    block: Block
    gone: bool
    pieces: list[_Piece]


def compare(old: str, new: str) -> str:
    """HTML of the new text with its additions and the old one's removals marked; only for display."""
    shown: list[Block] = []
    after = Block("p", 0, "")
    for block, gone, pieces in reversed(_compared(old, new)):
        marked = replace(block, html=_html(pieces))
        if not gone:
            after = block
        elif after.depth > block.depth + 1:  # the item below it would lose the item that it belongs to
            marked = replace(marked, kind=after.kind, depth=after.depth)
        shown.append(marked)
    return from_blocks(reversed(shown))


def summary(old: str, new: str) -> tuple[int, int]:
    """How many words were added and how many were removed."""
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
    """The words of both in order, what was removed before what came instead."""
    i = k = 0
    pairs = equal_pairs([word.text() for word in old], [word.text() for word in new], budget)
    for there, here in [*pairs, (len(old), len(new))]:
        yield from (_Piece("del", word) for word in old[i:there])
        yield from (_Piece("ins", word) for word in new[k:here])
        if here < len(new):
            if here == 0 < there:  # the first word now has no gap before it, but what was removed needs one behind it
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
