"""Pair the contributions of two versions of a section.

A document has no database keys, so contributions are recognised by their text and their author: first an equal one,
then one with the same text, then one of the same authority, then the most similar text. A contribution without a
partner was added or removed.
"""

from collections.abc import Iterable, Sequence

from reports.document import richtext
from reports.document.alignment.sequences import equal_pairs, word_budget
from reports.document.alignment.similarity import EDITED_FROM, overlap
from reports.document.tree import Contribution

Partners = tuple[Contribution | None, Contribution | None]


def pair_contributions(old: Sequence[Contribution], new: Sequence[Contribution]) -> list[Partners]:
    """Return pairs of the old and the new contribution: in the new order, then the removed ones as (old, None)."""
    matching = _Matching(old, new)
    matching.take((1, i, k) for i, k in matching.unmatched() if old[i] == new[k])
    matching.take((1, i, k) for i, k in matching.unmatched() if old[i].original == new[k].original)
    named = [(i, k) for i, k in matching.unmatched() if old[i].authority and old[i].authority == new[k].authority]
    matching.take((matching.similarity(i, k) + (old[i].language == new[k].language), i, k) for i, k in named)
    similar = [(matching.similarity(i, k), i, k) for i, k in matching.unmatched()]
    matching.take(candidate for candidate in similar if candidate[0] >= EDITED_FROM)
    if len(old) == len(new) == 1 and old[0].authority == new[0].authority:
        matching.take([(0, 0, 0)])  # a section with one author is one box: its text was rewritten
    now: list[Partners] = [
        (old[matching.old_of[k]] if k in matching.old_of else None, contribution) for k, contribution in enumerate(new)
    ]
    kept = matching.old_of.values()
    return now + [(contribution, None) for i, contribution in enumerate(old) if i not in kept]


class _Matching:
    """The pairs found so far: the index of the old contribution by that of the new one."""

    def __init__(self, old: Sequence[Contribution], new: Sequence[Contribution]) -> None:
        self.old_of: dict[int, int] = {}
        self._old, self._new = ([richtext.text_content(one.original).split() for one in side] for side in (old, new))
        self._budget = word_budget()  # shared: fifty contributions make 2,500 pairs of texts

    def unmatched(self) -> list[tuple[int, int]]:
        """Return every pair of an old and a new contribution that have no partner yet."""
        taken = set(self.old_of.values())
        olds = [i for i in range(len(self._old)) if i not in taken]
        return [(i, k) for i in olds for k in range(len(self._new)) if k not in self.old_of]

    def similarity(self, i: int, k: int) -> float:
        one, other = self._old[i], self._new[k]
        return overlap(len(equal_pairs(one, other, self._budget)), len(one), len(other))

    def take(self, candidates: Iterable[tuple[float, int, int]]) -> None:
        """Match the candidates (similarity, old, new), the most similar first, each contribution only once."""
        for _, i, k in sorted(candidates, key=lambda candidate: (-candidate[0], candidate[1], candidate[2])):
            if k not in self.old_of and i not in self.old_of.values():
                self.old_of[k] = i
