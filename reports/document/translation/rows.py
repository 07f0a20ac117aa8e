"""The original as it is now beside its translation: rows for a page, the translation's text, and what is left to do."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from reports.document.block import Block, blocks, from_blocks
from reports.document.compare import compare
from reports.document.translation.matching import Match, match
from reports.document.translation.units import Unit

State = Literal["untranslated", "stale", "current", "not wanted"]


@dataclass(frozen=True)
class Row:
    """Paragraphs of the original as they are now, at these places of it, with the unit that translates them.

    A list that has no translation is one row, as is whatever became one unit; any other paragraph, item or row of a
    table is a row of its own.
    """

    places: tuple[int, ...]
    source: tuple[Block, ...]
    state: State
    unit: Unit | None = None

    @property
    def target(self) -> tuple[Block, ...]:
        """The translation, in the structure that its source has now: an item that was moved in is moved in here."""
        return tuple(_following(self.unit, self.source)) if self.unit else ()

    def changes(self) -> str:
        """Return the original as it is now, with what changed since it was translated marked. For display only."""
        return compare(from_blocks(self.unit.source if self.unit else self.source), from_blocks(self.source))


@dataclass(frozen=True)
class Aligned:
    """Every block of the original is in exactly one row.

    `units` are those that were aligned, in their order, some of them split: the same original aligned with them has the
    same rows. `aside` are those whose source was removed. They are kept, because it may come back, and offered; they
    are not printed.
    """

    rows: tuple[Row, ...]
    units: tuple[Unit, ...]
    aside: tuple[Unit, ...]

    def text(self) -> str:
        """Return the whole translation in normal form, stale passages as they are. It is what is stored as text."""
        return from_blocks(block for row in self.rows if row.state != "not wanted" for block in row.target)

    def counts(self) -> Counter[State]:
        return Counter(row.state for row in self.rows)


def align(original: str, units: Sequence[Unit]) -> Aligned:
    """Return the original as it is now, in normal form, beside the units of its translation."""
    now = blocks(original)
    found = match([block for unit in units for block in unit.source], now)
    rows: list[Row] = []
    aside: list[Unit] = []
    kept: list[Unit] = []
    start = 0
    for unit in units:
        numbers = range(start, start + len(unit.source))
        start = numbers.stop
        for part, own in _parts(unit, numbers, found):
            places = tuple(sorted(place for number in own if (place := found.place(number)) is not None))
            if places:
                rows.append(_row(part, places, now, is_current=all(number in found.exact for number in own)))
                kept.append(rows[-1].unit or part)
            else:
                aside.append(part)
                kept.append(part)
    rows = list(_grown(rows, now))
    taken = {place for row in rows for place in row.places}
    rows += _untranslated(now, [place for place in range(len(now)) if place not in taken])
    return Aligned(tuple(sorted(rows, key=lambda row: row.places)), tuple(kept), tuple(aside))


def _parts(unit: Unit, numbers: range, found: Match) -> Iterator[tuple[Unit, Sequence[int]]]:
    """Yield a unit whole if its source is as it was; else its paragraphs one by one, where these can be told apart."""
    first = found.exact.get(numbers[0], -1)
    is_untouched = all(found.exact.get(number) == first + step for step, number in enumerate(numbers))
    parts = [unit] if is_untouched else unit.split()
    if len(parts) == 1:
        yield unit, numbers
    else:
        yield from ((part, (number,)) for part, number in zip(parts, numbers, strict=True))


def _row(unit: Unit, places: tuple[int, ...], now: Sequence[Block], *, is_current: bool) -> Row:
    """Return the row of a unit. One that is current has the structure that its source has now."""
    source = tuple(now[place] for place in places)
    if not is_current:
        return Row(places, source, "stale", unit)
    if source != unit.source:
        unit = unit.model_copy(update={"source": source, "target": tuple(_following(unit, source))})
    return Row(places, source, "current" if unit.wanted else "not wanted", unit)


def _grown(rows: Sequence[Row], now: Sequence[Block]) -> Iterator[Row]:
    """Yield the rows, each with the new paragraphs that stand between those of its unit: three items became four."""
    taken = {place for row in rows for place in row.places}
    for row in rows:
        between = set(range(row.places[0], row.places[-1])) - set(row.places)
        if row.unit and between and not between & taken:
            places = tuple(range(row.places[0], row.places[-1] + 1))
            yield _row(row.unit, places, now, is_current=False)
        else:
            yield row


def _untranslated(now: Sequence[Block], places: Iterable[int]) -> Iterator[Row]:
    """Yield rows of the blocks at these places: the items of one list together, any other block alone."""
    run: list[int] = []
    for place in places:
        if run and not (place == run[-1] + 1 and _is_in_list_of(now[run[0]], now[place])):
            yield Row(tuple(run), tuple(now[one] for one in run), "untranslated")
            run = []
        run.append(place)
    if run:
        yield Row(tuple(run), tuple(now[one] for one in run), "untranslated")


def _is_in_list_of(first: Block, block: Block) -> bool:
    """Return whether an item goes on with the list of `first`. At one depth another kind is another list."""
    if not first.depth or not block.depth or block.depth < first.depth:
        return False
    return block.depth > first.depth or block.kind == first.kind


def _following(unit: Unit, source: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks of a translation with the kinds and depths that their source has now."""
    same = unit.has_same_shape and len(unit.source) == len(source)
    for place, block in enumerate(unit.target):
        was, now = (unit.source[place], source[place]) if same else (unit.source[0], source[0])
        if was.is_row != now.is_row:
            yield block
        elif block.kind == was.kind and (same or len(unit.source) == 1):
            depth = now.depth + block.depth - was.depth if now.depth else 0
            yield replace(block, kind=now.kind, depth=max(depth, bool(now.depth)))
        elif block.depth and was.depth and now.depth:
            yield replace(block, depth=max(1, block.depth + now.depth - was.depth))
        else:
            yield block
