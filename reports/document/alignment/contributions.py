"""Which contribution of one version of a section became which of the other.

A document names no rows, so contributions are told by what they say and who says it: an equal one first, then the same
text, then the same authority, then the likeliest text. What finds no partner was added or removed.
"""

from collections.abc import Sequence

from reports.document import richtext
from reports.document.alignment.sequences import Budget, same
from reports.document.tree import Contribution

Partners = tuple[Contribution | None, Contribution | None]

_ALIKE = 0.5  # from this share of common words on, a text is an edit of the other
_CONTAINED = 0.6  # the share of a short text with a long one that holds the whole of it


def pair_contributions(old: Sequence[Contribution], new: Sequence[Contribution]) -> list[Partners]:
    """Pairs of the old and the new contribution: in the new order, then those that are gone (None instead of new)."""
    pairs = _Pairs(old, new)
    pairs.take([(1, i, k) for i, k in pairs.left() if old[i] == new[k]])
    pairs.take([(1, i, k) for i, k in pairs.left() if old[i].original == new[k].original])
    named = [(i, k) for i, k in pairs.left() if old[i].authority and old[i].authority == new[k].authority]
    pairs.take([(pairs.share(i, k) + (old[i].language == new[k].language), i, k) for i, k in named])
    pairs.take([(share, i, k) for i, k in pairs.left() if (share := pairs.share(i, k)) >= _ALIKE])
    if len(old) == len(new) == 1 and old[0].authority == new[0].authority:  # one plain box, written anew
        pairs.take([(0, 0, 0)])
    now: list[Partners] = [
        (old[pairs.old_of[k]] if k in pairs.old_of else None, contribution) for k, contribution in enumerate(new)
    ]
    taken = pairs.old_of.values()
    return now + [(contribution, None) for i, contribution in enumerate(old) if i not in taken]


class _Pairs:
    """Indexes of old contributions by those of the new ones that they became."""

    def __init__(self, old: Sequence[Contribution], new: Sequence[Contribution]) -> None:
        self.old_of: dict[int, int] = {}
        self._words = [[richtext.text_content(one.original).split() for one in version] for version in (old, new)]
        self._budget = Budget()

    def left(self) -> list[tuple[int, int]]:
        """Every pair of two that have no partner yet."""
        old, new = self._words
        taken = set(self.old_of.values())
        olds = [i for i in range(len(old)) if i not in taken]
        return [(i, k) for i in olds for k in range(len(new)) if k not in self.old_of]

    def share(self, i: int, k: int) -> float:
        """How much of the two texts is common, word by word."""
        a, b = self._words[0][i], self._words[1][k]
        common = len(same(a, b, self._budget))
        return max(2 * common / max(1, len(a) + len(b)), _CONTAINED * common / max(1, min(len(a), len(b))))

    def take(self, fits: Sequence[tuple[float, int, int]]) -> None:
        """Makes pairs of those that fit, the best first, each only once."""
        for _, i, k in sorted(fits, key=lambda fit: (-fit[0], fit[1], fit[2])):
            if k not in self.old_of and i not in self.old_of.values():
                self.old_of[k] = i
