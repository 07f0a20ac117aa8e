"""Pair the pieces that are equal in two sequences: words, or anything else that is hashable."""

from collections.abc import Hashable, Sequence

from rapidfuzz.distance import LCSseq

from reports.document.alignment.regions import Budget, Pair, Region, align

# A longest common subsequence pairs the most words, but in a long passage that was rewritten these are stray ones
# ("of", "the"), and the marks in between are unreadable. So only regions of up to 200 pairs, some 14 words against 14,
# are compared before anchors are looked for. All limits were chosen by comparing paragraphs of real forms.
_SMALL = 200
_LARGE = 4_000
_PAIRS = 5_000_000  # of one comparison: rapidfuzz compares 64 pairs in one step, so this takes some milliseconds


def word_budget() -> Budget:
    return Budget(_PAIRS, small=_SMALL, large=_LARGE)


def equal_pairs(old: Sequence[Hashable], new: Sequence[Hashable], budget: Budget | None = None) -> list[Pair]:
    """Return pairs of indexes of equal pieces, increasing in both sequences."""
    # rapidfuzz compares hashes. Numbers in place of the pieces make that exact, and spare hashing each piece again.
    numbers: dict[Hashable, int] = {}
    a = [numbers.setdefault(piece, len(numbers)) for piece in old]
    b = [numbers.setdefault(piece, len(numbers)) for piece in new]

    def longest_common_subsequence(region: Region) -> list[Pair]:
        i, j, k, l = region  # noqa: E741
        found = LCSseq.opcodes(a[i:j], b[k:l]).as_matching_blocks()
        return [(i + at.a + step, k + at.b + step) for at in found for step in range(at.size)]

    return align(a, b, exhaustive=longest_common_subsequence, budget=budget or word_budget())
