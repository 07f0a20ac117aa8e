"""What became of each piece of a text: pairs of old and new, in order, found at a cost that stays bounded.

`aligned` pairs paragraphs and list items, edited ones by their likeness; `same` pairs words, or anything else, that are
equal. Both work alike: what is the same at both ends is set aside; a small rest is compared piece by piece; a large one
is first split at pieces that can be told at a glance. Where neither helps, pieces stay unpaired: a merge or a
comparison then takes them for removed and added, and nothing is lost.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple

from reports.document.block import Block, text_of
from reports.document.clean import SPACE

Pair = tuple[int, int]

_SMALL = 4_000  # a region of at most this many pairs (old × new) is compared piece by piece ...
_BLOCK_PAIRS = 20_000  # ... until all such regions together had this many pairs
_WORD_PAIRS = 500_000
_ROUNDS = 4  # of splitting a region, then its parts, then their parts

_ALIKE = 0.5  # from this likeness on, a block is an edit of the other
_CONTAINED = 0.6  # the likeness of a short text to a long one that holds the whole of it
_EQUAL = 2.0  # what nobody touched counts for more than any edit
_LETTERS = 4  # likeness is the share of common runs of so many letters ...
_LOOKED_AT = 500  # ... among so many letters at the beginning of each block and at its end

_WORD = re.compile(f"[^{SPACE}]+")


class Region(NamedTuple):
    """old[i:j] and new[k:l]: what is still to be paired."""

    i: int
    j: int
    k: int
    l: int  # noqa: E741

    @property
    def pairs(self) -> int:
        return (self.j - self.i) * (self.l - self.k)


class Budget:
    """How many pairs may still be compared piece by piece."""

    def __init__(self, pairs: int = _WORD_PAIRS) -> None:
        self.left = pairs

    def allows(self, pairs: int) -> bool:
        if pairs > min(self.left, _SMALL):
            return False
        self.left -= pairs
        return True


Way = Callable[[Region], list[Pair]]


def aligned(old: Sequence[Block], new: Sequence[Block]) -> list[Pair]:
    """Which block of `old` became which block of `new`: pairs of indexes, increasing in both."""
    looks = _Looks()

    def closely(region: Region) -> list[Pair]:
        return _likeliest(region, lambda i, k: looks.likeness(old[i], new[k]))

    def by_rare_words(region: Region) -> list[Pair]:
        return _rare_words(region, old, new, looks)

    def by_position(region: Region) -> list[Pair]:
        i, j, k, l = region  # noqa: E741
        return [
            (i + step, k + step)
            for step in range(j - i)
            if j - i == l - k and looks.likeness(old[i + step], new[k + step])
        ]

    return _pairs(old, new, closely, [by_rare_words, by_position], Budget(_BLOCK_PAIRS))


def same(old: Sequence[Hashable], new: Sequence[Hashable], budget: Budget | None = None) -> list[Pair]:
    """Which pieces stand in both: pairs of indexes, increasing in both. Calls with one `budget` share it."""

    def closely(region: Region) -> list[Pair]:
        i, j, k, l = region  # noqa: E741
        found = SequenceMatcher(None, old[i:j], new[k:l], autojunk=False).get_matching_blocks()
        return [(i + at.a + step, k + at.b + step) for at in found for step in range(at.size)]

    return _pairs(old, new, closely, [], budget or Budget())


def _pairs(
    old: Sequence[Hashable], new: Sequence[Hashable], closely: Way, at_a_glance: list[Way], budget: Budget
) -> list[Pair]:
    """The pairs of all regions. `at_a_glance` are ways to split a large region that has no unique piece in common."""
    ways: list[Way] = [lambda region: _once_in_both(region, old, new), *at_a_glance]
    out: list[Pair] = []
    open_regions = [(Region(0, len(old), 0, len(new)), _ROUNDS)]
    while open_regions:
        whole, rounds = open_regions.pop()
        ends, region = _trimmed(whole, old, new)
        out += ends
        if budget.allows(region.pairs):
            out += closely(region)
        elif rounds:
            split = next((pairs for way in ways if (pairs := _in_order(way(region)))), [])
            out += split
            # Left to right: the budget goes to the beginning of a text.
            open_regions += [(part, rounds - 1) for part in reversed(_parts(region, split)) if part.pairs]
    return sorted(out)


def _trimmed(region: Region, old: Sequence[Hashable], new: Sequence[Hashable]) -> tuple[list[Pair], Region]:
    """The pairs that are equal at both ends, and what lies between."""
    i, j, k, l = region  # noqa: E741
    ends: list[Pair] = []
    while i < j and k < l and old[i] == new[k]:
        ends.append((i, k))
        i, k = i + 1, k + 1
    while i < j and k < l and old[j - 1] == new[l - 1]:
        j, l = j - 1, l - 1  # noqa: E741
        ends.append((j, l))
    return ends, Region(i, j, k, l)


def _parts(region: Region, split: list[Pair]) -> list[Region]:
    """The regions between the pairs that split it."""
    starts = [(region.i, region.k), *((i + 1, k + 1) for i, k in split)]
    stops = [*split, (region.j, region.l)]
    return [Region(i, j, k, l) for (i, k), (j, l) in zip(starts, stops, strict=True)]  # noqa: E741


def _in_order(pairs: Iterable[Pair]) -> list[Pair]:
    """The longest chain of pairs that increases in both."""
    chains: list[tuple[Pair, int]] = []  # a pair and the place in this list of the pair before it in its chain
    ends: list[int] = []  # by length: the new index at which the best chain of that length ends ...
    tops: list[int] = []  # ... and its place in `chains`
    for i, k in sorted(pairs):
        length = bisect_left(ends, k)
        chains.append(((i, k), tops[length - 1] if length else -1))
        ends[length : length + 1] = [k]
        tops[length : length + 1] = [len(chains) - 1]
    out: list[Pair] = []
    at = tops[-1] if tops else -1
    while at >= 0:
        pair, at = chains[at]
        out.append(pair)
    return out[::-1]


def _once_in_both(region: Region, old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Pair]:
    """Pieces that stand exactly once in each of the two."""
    here, there = _unique(old, region.i, region.j), _unique(new, region.k, region.l)
    return [(i, there[piece]) for piece, i in here.items() if piece in there]


def _unique(pieces: Sequence[Hashable], start: int, stop: int) -> dict[Hashable, int]:
    count = Counter(pieces[start:stop])
    return {piece: at for at, piece in enumerate(pieces[start:stop], start) if count[piece] == 1}


def _likeliest(region: Region, likeness: Callable[[int, int], float]) -> list[Pair]:
    """The pairs, in order, whose likeness adds up to the most."""
    i, j, k, l = region  # noqa: E741
    like = [[likeness(x, y) for y in range(k, l)] for x in range(i, j)]
    best = [[0.0] * (l - k + 1) for _ in range(j - i + 1)]  # of what stands at and after x and y
    for x in reversed(range(j - i)):
        row, below = best[x], best[x + 1]
        for y in reversed(range(l - k)):
            paired = like[x][y] and like[x][y] + below[y + 1]
            row[y] = max(paired, below[y], row[y + 1])
    out: list[Pair] = []
    x = y = 0
    while x < j - i and y < l - k:
        if like[x][y] and best[x][y] == like[x][y] + best[x + 1][y + 1]:
            out.append((i + x, k + y))
            x, y = x + 1, y + 1
        elif best[x][y] == best[x][y + 1]:
            y += 1
        else:
            x += 1
    return out


def _rare_words(region: Region, old: Sequence[Block], new: Sequence[Block], looks: "_Looks") -> list[Pair]:
    """Blocks that share the most words and pairs of words which no other block of the region has, if they are alike."""
    here = looks.rare_words(old, region.i, region.j)
    there = looks.rare_words(new, region.k, region.l)
    votes = Counter((i, there[word]) for word, i in here.items() if word in there)
    best: dict[int, Pair] = {}
    for pair, _ in sorted(votes.items(), key=lambda vote: (vote[1], vote[0])):
        best[pair[0]] = pair
    return [(i, k) for i, k in best.values() if looks.likeness(old[i], new[k])]


class _Looks:
    """Likeness of blocks. What is seen of a block is kept, since each is compared with many."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}  # by HTML
        self._shingles: dict[str, frozenset[str]] = {}  # these by text
        self._terms: dict[str, set[str]] = {}
        self._known: dict[tuple[str, str], float] = {}

    def likeness(self, one: Block, other: Block) -> float:
        """2 for the same block, from 0.5 to 1 for an edit of it, else 0."""
        if one == other:
            return _EQUAL
        pair = self._text(one), self._text(other)
        if pair not in self._known:
            self._known[pair] = self._share(*pair)
        return self._known[pair]

    def _share(self, one: str, other: str) -> float:
        a, b = self._letters(one), self._letters(other)
        common = len(a & b)
        share = max(2 * common / (len(a) + len(b)), _CONTAINED * common / min(len(a), len(b)))
        return share if share >= _ALIKE else 0.0

    def rare_words(self, blocks: Sequence[Block], start: int, stop: int) -> dict[str, int]:
        """The words and pairs of words that stand in a single one of these blocks, and in which."""
        places: dict[str, int] = {}
        for at in range(start, stop):
            for word in self._words(self._text(blocks[at])):
                places[word] = -1 if word in places else at
        return {word: at for word, at in places.items() if at >= 0}

    def _text(self, block: Block) -> str:
        if block.html not in self._texts:
            self._texts[block.html] = " ".join(text_of(block))
        return self._texts[block.html]

    def _words(self, text: str) -> set[str]:
        if text not in self._terms:
            words = _WORD.findall(text)
            self._terms[text] = {*words, *map(" ".join, pairwise(words))}
        return self._terms[text]

    def _letters(self, text: str) -> frozenset[str]:
        """Its runs of letters. Those of its beginning count more: people type on from there."""
        if text not in self._shingles:
            seen = text if len(text) <= 2 * _LOOKED_AT else text[:_LOOKED_AT] + text[-_LOOKED_AT:]
            padded = " " * (_LETTERS - 1) + seen
            self._shingles[text] = frozenset(padded[at : at + _LETTERS] for at in range(len(padded) - _LETTERS + 1))
        return self._shingles[text]
