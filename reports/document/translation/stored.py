"""Units as they are stored, and those of a translation that was stored without: what stands in one place belongs
together."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from reports.document.alignment.sequences import equal_pairs
from reports.document.block import Block, blocks
from reports.document.translation.units import Unit, Units, shape

Group = list[Block]
_KINDS = {"p": "p", "ul": "list", "ol": "list", "row": "table", "head": "table"}


def to_stored(units: Sequence[Unit]) -> str:
    """Return the text in which units are stored; "" for none."""
    return Units(units=tuple(units)).canonical() if units else ""


def from_stored(stored: str, original: str, translation: str) -> tuple[Unit, ...]:
    """Return the units that are stored with a translation. One that has none counts as made from this original."""
    if stored:
        return Units.model_validate_json(stored).units
    return tuple(units_of(original, translation))


def units_of(original: str, translation: str) -> list[Unit]:
    """Return the units of a translation, all of them current. Without a translation there are none.

    Texts of the same structure become units one to one, a list as a whole. Otherwise the paragraphs between two lists
    or tables are one unit, many to many, and so is whatever has no partner, with what stands before it. Every block of
    both texts is in one unit, in order.
    """
    return units_between(blocks(original), blocks(translation))


def units_between(sources: Sequence[Block], targets: Sequence[Block]) -> list[Unit]:
    """Return the units of some blocks, as `units_of` does."""
    if not sources or not targets:
        return []
    return [unit for group in _paired(_groups(sources), _groups(targets)) for unit in _units(*group)]


def _groups(found: Sequence[Block]) -> list[Group]:
    """Return the paragraphs between lists and tables together, each list, and each table."""
    return [list(alike) for _kind, alike in groupby(found, lambda block: _KINDS[block.kind])]


def _paired(sources: Sequence[Group], targets: Sequence[Group]) -> list[tuple[Group, Group]]:
    kinds, others = ([_KINDS[group[0].kind] for group in side] for side in (sources, targets))
    out: list[tuple[Group, Group]] = []
    rest: tuple[Group, Group] = ([], [])
    i = k = 0
    for there, here in [*equal_pairs(kinds, others), (len(sources), len(targets))]:
        before, after = sum(sources[i:there], Group()), sum(targets[k:here], Group())
        if out:
            out[-1] = (out[-1][0] + before, out[-1][1] + after)
        else:
            rest = (before, after)
        if there < len(sources) and here < len(targets):
            out.append((rest[0] + sources[there], rest[1] + targets[here]))
            rest = ([], [])
        i, k = there + 1, here + 1
    return out or [rest]


def _units(sources: Group, targets: Group) -> Iterator[Unit]:
    is_mixed = len({_KINDS[block.kind] for block in sources}) > 1
    if shape(sources) != shape(targets) or (sources[0].depth and not is_mixed):
        yield Unit(source=tuple(sources), target=tuple(targets))
        return
    for source, target in zip(sources, targets, strict=True):
        yield Unit(source=(source,), target=(target,))
