"""Find paragraphs of earlier wordings in a text as it is now: exact ones first, then the nearest, in any order.

This is not the alignment of a merge: there the order counts, because it decides what two people meant. A translation
follows its paragraph wherever it goes.
"""

import re
from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reports.document.alignment.blocks import align_blocks
from reports.document.alignment.sequences import equal_pairs
from reports.document.alignment.similarity import BlockSimilarity
from reports.document.block import Block, text_of
from reports.document.translation.units import words_of

_PAIRS = 20_000  # of blocks that are compared each with each; beyond that they are compared in order
_SHORT = 3  # words: of so short a paragraph all may be changed, and it is still the same one
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Match:
    """Indexes of old blocks and where they are now: the same words, or words that were edited."""

    exact: dict[int, int]
    near: dict[int, int]

    def place(self, old: int) -> int | None:
        return self.exact.get(old, self.near.get(old))


def match(old: Sequence[Block], now: Sequence[Block]) -> Match:
    """Return where each old block is now, each place at most once. What has no place was removed."""
    exact = _exact([words_of(block) for block in old], [words_of(block) for block in now])
    near: dict[int, int] = {}
    near.update(_similar(old, now, *_left(old, now, exact)))
    near.update(_in_place(old, now, exact | near))
    return Match(exact, near)


def _left(old: Sequence[Block], now: Sequence[Block], found: dict[int, int]) -> tuple[list[int], list[int]]:
    taken = set(found.values())
    return [i for i in range(len(old)) if i not in found], [k for k in range(len(now)) if k not in taken]


def _exact(old: Sequence[tuple[bool, str]], now: Sequence[tuple[bool, str]]) -> dict[int, int]:
    found = dict(equal_pairs(old, now))
    taken = set(found.values())
    places: dict[tuple[bool, str], deque[int]] = defaultdict(deque)
    for k, words in enumerate(now):
        if k not in taken:
            places[words].append(k)
    for i, words in enumerate(old):
        if i not in found and places.get(words):
            found[i] = places[words].popleft()
    return found


def _similar(old: Sequence[Block], now: Sequence[Block], olds: list[int], news: list[int]) -> dict[int, int]:
    """Return the most similar of these blocks, the most similar pair first."""
    if len(olds) * len(news) > _PAIRS:
        pairs = align_blocks([old[i] for i in olds], [now[k] for k in news])
        return {olds[i]: news[k] for i, k in pairs if old[olds[i]].is_row == now[news[k]].is_row}
    similarity = BlockSimilarity()
    ranked = [
        (-value, i, k)
        for i in olds
        for k in news
        if old[i].is_row == now[k].is_row and (value := similarity.of(old[i], now[k]))
    ]
    return _greedy((i, k) for _value, i, k in sorted(ranked))


def _greedy(pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
    found: dict[int, int] = {}
    taken: set[int] = set()
    for i, k in pairs:
        if i not in found and k not in taken:
            found[i] = k
            taken.add(k)
    return found


def _in_place(old: Sequence[Block], now: Sequence[Block], found: dict[int, int]) -> dict[int, int]:
    """Return the blocks that stand beside the same neighbour as before, and may be an edit of what stood there.

    A short paragraph has too few letters to recognise it by: one word of "No decision yet" is a third of it.
    """
    origin = {k: i for i, k in found.items()}
    out: dict[int, int] = {}
    for step, news in ((1, range(len(now))), (-1, reversed(range(len(now))))):
        edge = (-1, -1) if step == 1 else (len(now), len(old))
        for k in news:
            before = edge[1] if k - step == edge[0] else origin.get(k - step)
            if k in origin or before is None or not 0 <= (i := before + step) < len(old) or i in found or i in out:
                continue
            if _may_be_edit(old[i], now[k]):
                origin[k], out[i] = i, k
    return out


def _may_be_edit(one: Block, other: Block) -> bool:
    if one.is_row != other.is_row:
        return False
    words, others = _words(one), _words(other)
    return bool(set(words) & set(others)) or max(len(words), len(others)) <= _SHORT


def _words(block: Block) -> list[str]:
    return _WORD.findall(" ".join(text_of(block)).casefold())
