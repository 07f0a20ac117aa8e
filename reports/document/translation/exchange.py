"""What goes out to a translation service, and what comes home: each unit knows what it was based on.

A file is away for weeks. So each unit names the wording that it was to translate and the translation that was there,
both as a hash in its id, which every tool keeps. What comes home lands, is for an older wording, or stands beside newer
work; it is never saved over that. The same file twice is once.
"""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

from reports.document.block import Block, blocks
from reports.document.translation.matching import match
from reports.document.translation.rows import Aligned, Row, State, align
from reports.document.translation.units import Origin, Unit, html_of, parsed, words_of

Outcome = Literal["lands", "older", "beside", "unchanged"]
_MOST_COMPARED = 40_000  # pairs of blocks, for all that comes home to one text
_LENGTH = 16  # hexadecimal digits of a hash: enough to tell the passages of a report apart


@dataclass(frozen=True)
class SentUnit:
    """A row that is sent out: the original, and the translation that is there, perhaps none.

    `made_from` is the hash of the original as it was sent, and `base` that of the translation. Both say so whatever
    became of the texts in the file.
    """

    number: int
    source: tuple[Block, ...]
    target: tuple[Block, ...]
    state: State
    origin: Origin
    made_from: str
    base: str

    @property
    def id(self) -> str:
        return f"{self.number}.{self.made_from}.{self.base}"

    @property
    def is_as_sent(self) -> bool:
        """Whether the translation is the one that was sent, whatever the file says of its state."""
        every = ((wanted, origin) for wanted in (True, False) for origin in get_args(Origin))
        return any(target_hash(self.target, wanted=wanted, origin=origin) == self.base for wanted, origin in every)


@dataclass(frozen=True)
class SentText:
    """The units of one text: `id` is its caller's, `title` is for people, `language` is that of the original."""

    id: str
    title: str
    language: str
    units: tuple[SentUnit, ...]


@dataclass(frozen=True)
class Sent:
    """What goes out of one report, into one language."""

    report: str
    language: str
    texts: tuple[SentText, ...]


@dataclass(frozen=True)
class Arrival:
    """What became of one unit that came home. `stored` is the newer work that it stands beside."""

    outcome: Outcome
    unit: SentUnit
    stored: Unit | None = None

    @property
    def key(self) -> str:
        """The same for the same translation of the same unit, so that it is shown beside newer work once."""
        return _hash(self.unit.id, html_of(self.unit.target))


@dataclass(frozen=True)
class Home:
    """All units of the text afterwards, and what became of each that came home."""

    units: tuple[Unit, ...]
    arrivals: tuple[Arrival, ...]


def source_hash(source: Sequence[Block]) -> str:
    found = parsed(html_of(source), source)
    return _hash(*(f"{is_row}{words}" for is_row, words in map(words_of, found)))


def target_hash(target: Sequence[Block], *, wanted: bool, origin: Origin) -> str:
    return _hash(html_of(target), str(wanted), origin if target else "")


def _hash(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:_LENGTH]


def to_send(aligned: Aligned, *, only_left: bool = False) -> tuple[SentUnit, ...]:
    """Return the rows of a text as they are sent out; with `only_left`, those that are untranslated or stale."""
    return tuple(
        _sent(number, row)
        for number, row in enumerate(aligned.rows, 1)
        if not only_left or row.state in ("untranslated", "stale")
    )


def _sent(number: int, row: Row) -> SentUnit:
    source = parsed(html_of(row.source), row.source)
    target = parsed(html_of(row.target), row.source)
    origin: Origin = row.unit.origin if row.unit and row.target else "person"
    state: State = (
        "untranslated" if row.state == "stale" and not target else row.state
    )  # another wording was not wanted
    return SentUnit(number, source, target, state, origin, source_hash(row.source), _base(row))


def _base(row: Row | None) -> str:
    """Return the hash of what is there; of a row without a unit, that of nothing."""
    unit = row.unit if row else None
    if not row or not unit:
        return target_hash((), wanted=True, origin="person")
    return target_hash(parsed(html_of(row.target), row.source), wanted=unit.wanted, origin=unit.origin)


def come_home(original: str, units: Sequence[Unit], sent: SentText, *, beside: Collection[str] = ()) -> Home:
    """Return the units with what came home. `beside` has the keys of what stands beside newer work already."""
    home = _Home(align(original, units), original, {unit.made_from for unit in sent.units})
    arrivals = [home.arrive(unit) for unit in sent.units]
    arrivals = [
        replace(one, outcome="unchanged", stored=None) if one.outcome == "beside" and one.key in beside else one
        for one in arrivals
    ]
    return Home(tuple(home.units), tuple(arrivals))


class _Home:
    def __init__(self, aligned: Aligned, original: str, sent: set[str]) -> None:
        self.aligned = aligned
        self.sent = sent  # the hashes of all that was sent
        self.compared = 0
        self.there = {(_texts(unit.source), _texts(unit.target)) for unit in aligned.units}
        self.now = blocks(original)
        self.units = list(aligned.units)
        self.done: dict[tuple[int, ...], Unit] = {}  # what landed, by the places of its row
        self.rows: dict[str, list[Row]] = {}
        self.by_source: dict[str, list[Unit]] = {}
        for row in aligned.rows:
            self.rows.setdefault(source_hash(row.source), []).append(row)
        for unit in aligned.units:
            self.by_source.setdefault(source_hash(unit.source), []).append(unit)

    def arrive(self, sent: SentUnit) -> Arrival:
        if not sent.target or sent.is_as_sent:
            return Arrival("unchanged", sent)
        if rows := self.rows.get(sent.made_from):
            return self._to_row(sent, rows)
        if made := self.by_source.get(sent.made_from):
            return self._to_unit(sent, made)
        if (_texts(sent.source), _texts(sent.target)) in self.there:
            return Arrival("unchanged", sent)
        return self._to_nearest(sent)

    def _to_row(self, sent: SentUnit, rows: Sequence[Row]) -> Arrival:
        """The original is as it was sent."""
        if any(row.state == "current" and _same(row.target, sent.target) for row in rows):
            return Arrival("unchanged", sent)
        for row in rows:
            if _base(row) == sent.base and row.state != "not wanted" and row.places not in self.done:
                new = self.done[row.places] = Unit(source=row.source, target=sent.target, origin="import")
                self._put(row.unit, new)
                return Arrival("lands", sent)
        return Arrival("beside", sent, self.done.get(rows[0].places, rows[0].unit))

    def _to_unit(self, sent: SentUnit, made: Sequence[Unit]) -> Arrival:
        """The original was changed, and the translation of the wording that was sent is still there."""
        if any(_same(unit.target, sent.target) for unit in made):
            return Arrival("unchanged", sent)
        for unit in made:
            if _base_of(unit) == sent.base and any(one is unit for one in self.units):
                self._put(unit, unit.model_copy(update={"target": sent.target, "origin": "import", "wanted": True}))
                return Arrival("older", sent)
        return Arrival("beside", sent, made[0])

    def _to_nearest(self, sent: SentUnit) -> Arrival:
        """Nothing has the wording that was sent: find what it became."""
        new = Unit(source=sent.source, target=sent.target, origin="import")
        row = self._nearest(new)
        if row is None or row.unit is None:
            self._put(None, new)
            return Arrival("older", sent)
        if row.unit and _same(row.target, sent.target):
            return Arrival("unchanged", sent)
        if row.state == "stale" and _base(row) == sent.base and row.places not in self.done:
            self.done[row.places] = new
            self._put(row.unit, new)
            return Arrival("older", sent)
        return Arrival("beside", sent, row.unit)

    def _nearest(self, new: Unit) -> Row | None:
        """Return the row that the source of a unit became. A paragraph that was sent, too, was another one then."""
        self.compared += len(new.source) * len(self.aligned.rows)
        if self.compared > _MOST_COMPARED:
            return None
        found = match(new.source, self.now)
        near = {place for number in range(len(new.source)) if (place := found.place(number)) is not None}
        rows = (row for row in self.aligned.rows if near & set(row.places))
        return next((row for row in rows if source_hash(row.source) not in self.sent), None)

    def _put(self, old: Unit | None, new: Unit) -> None:
        place = next((place for place, unit in enumerate(self.units) if unit is old), len(self.units))
        self.units[place : place + 1] = [new]
        self.there.add((_texts(new.source), _texts(new.target)))


def _base_of(unit: Unit) -> str:
    target = parsed(html_of(unit.target), unit.source)
    return target_hash(target, wanted=unit.wanted, origin=unit.origin)


def _same(one: Sequence[Block], other: Sequence[Block]) -> bool:
    """Return whether two texts have the same words. Their structure may follow another original."""
    return _texts(one) == _texts(other)


def _texts(found: Sequence[Block]) -> tuple[str, ...]:
    return tuple(block.html for block in found)
