"""How similar two texts are, from 0 to 1."""

import re
from collections.abc import Hashable, Sequence
from itertools import pairwise

from rapidfuzz.distance import Indel

from reports.document import grid
from reports.document.block import Block, text_of
from reports.document.clean import SPACE

EDITED_FROM = 0.5  # from this similarity on, a text counts as an edit of the other
EQUAL_BLOCKS = 2.0  # an untouched block counts for more than any edit, so no edit takes its place

_CONTAINED = 0.6  # the similarity of a short text to a long one that contains all of it
_SHINGLE = 4  # letters
_SEEN = 500  # letters at each end of a block that are compared; the middle of a longer one seldom decides

_WORD = re.compile(f"[^{SPACE}]+")


def word_ratio(one: Sequence[Hashable], other: Sequence[Hashable]) -> float:
    """Return the share of both texts' words that are common, in order: 1 for equal texts."""
    return Indel.normalized_similarity(one, other)


def overlap(common: int, one: int, other: int) -> float:
    """Return the similarity of texts of `one` and `other` pieces that have `common` pieces in common.

    This is Dice's coefficient, raised for a short text that a long one contains.
    """
    if not one or not other:
        return 0.0
    return max(2 * common / (one + other), _CONTAINED * common / min(one, other))


def _first_cell(row: Block) -> str:
    return next(filter(None, grid.cells(row.html)), "")


class BlockSimilarity:
    """Similarity of blocks, remembered, since each block is compared with many.

    It is the overlap of the blocks' shingles: their runs of four letters. A ratio of letters, such as rapidfuzz's,
    would not tell an edit from another text: unrelated paragraphs of the forms in one language reach 0.38 on the
    median and 0.47 in one pair of twenty, whereas with shingles they reach 0.11 and 0.27.
    """

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}  # by HTML
        self._shingles: dict[str, frozenset[str]] = {}  # by text, as are the next two
        self._terms: dict[str, set[str]] = {}
        self._known: dict[tuple[str, str], float] = {}

    def of(self, one: Block, other: Block) -> float:
        """Return EQUAL_BLOCKS for equal blocks, from EDITED_FROM to 1 for an edit, else 0."""
        if one == other:
            return EQUAL_BLOCKS
        pair = self._text_of(one), self._text_of(other)
        if pair not in self._known:
            a, b = self._shingles_of(pair[0]), self._shingles_of(pair[1])
            found = overlap(len(a & b), len(a), len(b))
            self._known[pair] = found if found >= EDITED_FROM else 0.0
        if one.is_row and other.is_row and _first_cell(one) == _first_cell(other):
            return max(self._known[pair], EDITED_FROM)  # "Police | 12" and "Police | 345" are of the same thing
        return self._known[pair]

    def rare_terms(self, blocks: Sequence[Block], start: int, stop: int) -> dict[str, int]:
        """Return the words and pairs of words that occur in a single one of these blocks, with its index."""
        places: dict[str, int] = {}
        for at in range(start, stop):
            for term in self._terms_of(self._text_of(blocks[at])):
                places[term] = -1 if term in places else at
        return {term: at for term, at in places.items() if at >= 0}

    def _text_of(self, block: Block) -> str:
        if block.html not in self._texts:
            self._texts[block.html] = " ".join(text_of(block))
        return self._texts[block.html]

    def _terms_of(self, text: str) -> set[str]:
        if text not in self._terms:
            words = _WORD.findall(text)
            self._terms[text] = {*words, *map(" ".join, pairwise(words))}
        return self._terms[text]

    def _shingles_of(self, text: str) -> frozenset[str]:
        if text not in self._shingles:
            seen = text if len(text) <= 2 * _SEEN else text[:_SEEN] + text[-_SEEN:]
            # Padding adds shingles of the first letters, so that the beginning counts more: people type on from there.
            padded = " " * (_SHINGLE - 1) + seen
            self._shingles[text] = frozenset(padded[at : at + _SHINGLE] for at in range(len(padded) - _SHINGLE + 1))
        return self._shingles[text]
