"""Which contribution of one version of a section became which of the other.

A document names no rows, so contributions are told by what they say and who says it: an equal one first, then the same
authority, then the likeliest text. What finds no partner was added or removed.
"""

from collections.abc import Sequence

from reports.document import richtext
from reports.document.likeness import Budget, same
from reports.document.tree import Contribution

Partners = tuple[Contribution | None, Contribution | None]

_ALIKE = 0.5  # from this share of common words on, a text is an edit of the other
_CONTAINED = 0.6  # the share of a short text with a long one that holds the whole of it


def paired(old: Sequence[Contribution], new: Sequence[Contribution]) -> list[Partners]:
    """Pairs of the old and the new contribution: in the new order, then those that are gone (None instead of new)."""
    of_new: dict[int, int] = {}
    budget = Budget()
    words = {id(one): richtext.words(one.original).split() for one in (*old, *new)}

    def share(i: int, k: int) -> float:
        a, b = words[id(old[i])], words[id(new[k])]
        common = len(same(a, b, budget))
        return max(2 * common / max(1, len(a) + len(b)), _CONTAINED * common / max(1, min(len(a), len(b))))

    def left() -> tuple[list[int], list[int]]:
        taken = set(of_new.values())
        return [i for i in range(len(old)) if i not in taken], [k for k in range(len(new)) if k not in of_new]

    def take(fits: Sequence[tuple[float, int, int]]) -> None:
        for _, i, k in sorted(fits, key=lambda fit: (-fit[0], fit[1], fit[2])):
            if k not in of_new and i not in of_new.values():
                of_new[k] = i

    def fitting() -> list[tuple[int, int]]:
        olds, news = left()
        return [(i, k) for i in olds for k in news]

    take([(1, i, k) for i, k in fitting() if old[i] == new[k]])
    take([(1, i, k) for i, k in fitting() if old[i].original == new[k].original])
    named = [(i, k) for i, k in fitting() if old[i].authority and old[i].authority == new[k].authority]
    take([(share(i, k) + (old[i].language == new[k].language), i, k) for i, k in named])
    take([(like, i, k) for i, k in fitting() if (like := share(i, k)) >= _ALIKE])
    if len(old) == len(new) == 1 and old[0].authority == new[0].authority:  # one plain box, written anew
        of_new[0] = 0
    gone = [i for i in range(len(old)) if i not in of_new.values()]
    return [(old[of_new[k]] if k in of_new else None, new[k]) for k in range(len(new))] + [(old[i], None) for i in gone]
