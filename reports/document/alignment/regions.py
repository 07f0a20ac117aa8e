"""Pair the pieces of two sequences, in order, at a cost that stays bounded.

Comparing each piece with each is quadratic: two texts of 2,000 paragraphs make four million pairs. So the sequences are
compared region by region:

1. Equal pieces at both ends of a region are paired and set aside.
2. What is left is compared exhaustively if it is small.
3. A larger region is split at anchors, which are pairs that can be found in linear time, such as pieces that occur
   exactly once in both. The parts are treated in the same way. (The "patience" option of git diff works like this.)
4. A region without anchors is compared exhaustively if it is not too large.

Where nothing of this helps, pieces stay unpaired. Callers treat an unpaired piece as removed or added, so nothing is
lost; a person only sees more marked text, or a larger conflict, than necessary.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import NamedTuple

Pair = tuple[int, int]

_ROUNDS = 4  # levels of splitting; each costs one pass over the text, and the parts of the fourth are small


class Region(NamedTuple):
    """old[i:j] and new[k:l]: pieces still to be paired."""

    i: int
    j: int
    k: int
    l: int  # noqa: E741

    @property
    def pairs(self) -> int:
        return (self.j - self.i) * (self.l - self.k)


PairFinder = Callable[[Region], list[Pair]]


class Budget:
    """How many pairs may still be compared exhaustively. Calls that are given the same budget share it.

    A region of up to `small` pairs is compared at once, one of up to `large` pairs if nothing splits it.
    """

    def __init__(self, pairs: int, *, small: int, large: int) -> None:
        self.left = pairs
        self.small = small
        self.large = large

    def take(self, pairs: int, limit: int) -> bool:
        """Take so many pairs from the budget if they are within the limit. Return whether they were taken."""
        if pairs > min(self.left, limit):
            return False
        self.left -= pairs
        return True


def align(
    old: Sequence[Hashable],
    new: Sequence[Hashable],
    *,
    exhaustive: PairFinder,
    anchors: Sequence[PairFinder] = (),
    budget: Budget,
) -> list[Pair]:
    """Return pairs of indexes that increase in both sequences.

    `exhaustive` pairs a region by comparing each piece with each. `anchors` are tried in order, after the pieces that
    occur once in both, to split a region.
    """
    finders: list[PairFinder] = [lambda region: _once_in_both(region, old, new), *anchors]
    found: list[Pair] = []
    open_regions = [(Region(0, len(old), 0, len(new)), _ROUNDS)]
    while open_regions:
        whole, rounds = open_regions.pop()
        ends, region = _trim(whole, old, new)
        found += ends
        if budget.take(region.pairs, budget.small):
            found += exhaustive(region)
            continue
        split = next((chain for find in finders if (chain := longest_chain(find(region)))), []) if rounds else []
        if split:
            found += split
            # Reversed, so that the leftmost part is popped first: the budget goes to the beginning of a text.
            open_regions += [(part, rounds - 1) for part in reversed(_parts(region, split)) if part.pairs]
        elif budget.take(region.pairs, budget.large):
            found += exhaustive(region)
    return sorted(found)


def longest_chain(pairs: Iterable[Pair]) -> list[Pair]:
    """Return the longest chain of pairs that increases in both indexes (by patience sorting, in n log n)."""
    chains: list[tuple[Pair, int]] = []  # a pair, and the index in this list of the pair before it in its chain
    ends: list[int] = []  # by length of chain: the lowest new index at which a chain of that length ends ...
    tops: list[int] = []  # ... and the index in `chains` of that chain's last pair
    for i, k in sorted(pairs):
        length = bisect_left(ends, k)
        chains.append(((i, k), tops[length - 1] if length else -1))
        ends[length : length + 1] = [k]
        tops[length : length + 1] = [len(chains) - 1]
    chain: list[Pair] = []
    at = tops[-1] if tops else -1
    while at >= 0:
        pair, at = chains[at]
        chain.append(pair)
    return chain[::-1]


def _trim(region: Region, old: Sequence[Hashable], new: Sequence[Hashable]) -> tuple[list[Pair], Region]:
    """Return the pairs that are equal at both ends, and the region between them."""
    i, j, k, l = region  # noqa: E741
    ends: list[Pair] = []
    while i < j and k < l and old[i] == new[k]:
        ends.append((i, k))
        i, k = i + 1, k + 1
    while i < j and k < l and old[j - 1] == new[l - 1]:
        j, l = j - 1, l - 1  # noqa: E741
        ends.append((j, l))
    return ends, Region(i, j, k, l)


def _parts(region: Region, split: Sequence[Pair]) -> list[Region]:
    """Return the regions between the pairs that split it."""
    starts = [(region.i, region.k), *((i + 1, k + 1) for i, k in split)]
    stops = [*split, (region.j, region.l)]
    return [Region(i, j, k, l) for (i, k), (j, l) in zip(starts, stops, strict=True)]  # noqa: E741


def _once_in_both(region: Region, old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Pair]:
    """Return the pairs of pieces that occur exactly once in each side of the region."""
    here, there = _unique(old, region.i, region.j), _unique(new, region.k, region.l)
    return [(i, there[piece]) for piece, i in here.items() if piece in there]


def _unique(pieces: Sequence[Hashable], start: int, stop: int) -> dict[Hashable, int]:
    count = Counter(pieces[start:stop])
    return {piece: at for at, piece in enumerate(pieces[start:stop], start) if count[piece] == 1}
