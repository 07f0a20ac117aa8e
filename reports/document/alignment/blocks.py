"""Pair paragraphs, list items and rows of two versions of a text, also those that were edited."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from reports.document.alignment.regions import Budget, Pair, Region, align
from reports.document.alignment.similarity import BlockSimilarity
from reports.document.block import Block

# Comparing two blocks costs some ten times what a pair of words costs, so there is less of it: a region of 63 by 63
# blocks at once, and five such regions in one text.
_REGION = 4_000
_PAIRS = 20_000


def align_blocks(old: Sequence[Block], new: Sequence[Block]) -> list[Pair]:
    """Return which block of `old` became which block of `new`: pairs of indexes, increasing in both."""
    similarity = BlockSimilarity()

    def exhaustive(region: Region) -> list[Pair]:
        return _most_similar(region, lambda i, k: similarity.of(old[i], new[k]))

    def by_rare_terms(region: Region) -> list[Pair]:
        return _sharing_rare_terms(region, old, new, similarity)

    def by_position(region: Region) -> list[Pair]:
        i, j, k, l = region  # noqa: E741
        if j - i != l - k:
            return []
        return [(i + step, k + step) for step in range(j - i) if similarity.of(old[i + step], new[k + step])]

    budget = Budget(_PAIRS, small=_REGION, large=_REGION)
    pairs = align(old, new, exhaustive=exhaustive, anchors=[by_rare_terms, by_position], budget=budget)
    return sorted([*pairs, *_rewritten_rows(pairs, old, new)])


def _rewritten_rows(pairs: Sequence[Pair], old: Sequence[Block], new: Sequence[Block]) -> Iterator[Pair]:
    """Yield the rows that are in the same place of a table, whatever is in them now.

    A row of numbers has few letters to recognise it by. Where as many rows lie between two pairs in both versions, each
    is the one in its place.
    """
    i = k = 0
    for there, here in [*pairs, (len(old), len(new))]:
        if there - i == here - k and all(block.is_row for block in [*old[i:there], *new[k:here]]):
            yield from zip(range(i, there), range(k, here), strict=True)
        i, k = there + 1, here + 1


def _most_similar(region: Region, similarity: Callable[[int, int], float]) -> list[Pair]:
    """Return the pairs, in order, whose similarity adds up to the most (Needleman and Wunsch, without gap costs)."""
    i, j, k, l = region  # noqa: E741
    values = [[similarity(x, y) for y in range(k, l)] for x in range(i, j)]
    best = [[0.0] * (l - k + 1) for _ in range(j - i + 1)]  # the most that old[x:] and new[y:] add up to
    for x in reversed(range(j - i)):
        row, below = best[x], best[x + 1]
        for y in reversed(range(l - k)):
            together = values[x][y] and values[x][y] + below[y + 1]
            row[y] = max(together, below[y], row[y + 1])
    pairs: list[Pair] = []
    x = y = 0
    while x < j - i and y < l - k:
        if values[x][y] and best[x][y] == values[x][y] + best[x + 1][y + 1]:
            pairs.append((i + x, k + y))
            x, y = x + 1, y + 1
        elif best[x][y] == best[x][y + 1]:
            y += 1
        else:
            x += 1
    return pairs


def _sharing_rare_terms(
    region: Region, old: Sequence[Block], new: Sequence[Block], similarity: BlockSimilarity
) -> list[Pair]:
    """Return for each old block the new one that shares the most terms which no other block has, if it is similar."""
    here = similarity.rare_terms(old, region.i, region.j)
    there = similarity.rare_terms(new, region.k, region.l)
    votes = Counter((i, there[term]) for term, i in here.items() if term in there)
    best: dict[int, Pair] = {}
    for pair, _ in sorted(votes.items(), key=lambda vote: (vote[1], vote[0])):
        best[pair[0]] = pair
    return [(i, k) for i, k in best.values() if similarity.of(old[i], new[k])]
