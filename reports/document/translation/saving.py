"""Change one row of a translation, against the row that its writer saw. Nothing is saved over somebody else's words.

Rows of different paragraphs never meet. Two translators of one row are merged word by word where they are apart
(ADR 30); where they are not, theirs stays and both are shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.document.alignment.sequences import word_budget
from reports.document.block import Block, from_blocks
from reports.document.merge import BlockConflict, merge
from reports.document.merge_words import merge_block
from reports.document.translation.rows import Aligned, Row
from reports.document.translation.units import Origin, Unit, parsed, words_of


@dataclass(frozen=True)
class Seen:
    """A row as somebody saw it: the original as it was shown, and the unit, if there was one.

    `nth` tells it from other rows with the same words: so many units that were made from them come before its own.
    """

    source: tuple[Block, ...]
    unit: Unit | None = None
    nth: int = 0

    @property
    def target(self) -> tuple[Block, ...]:
        return self.unit.target if self.unit else ()

    @property
    def made_from(self) -> tuple[Block, ...]:
        """The wording that the translation was made from: what was shown, if there was none before."""
        return self.unit.source if self.unit else self.source


def seen(aligned: Aligned, row: Row) -> Seen:
    """Return what somebody who is shown this row sees."""
    words = _words(row.unit.source if row.unit else row.source)
    alike = [unit for unit in aligned.units if _words(unit.source) == words]
    if row.unit:
        return Seen(row.source, row.unit, next(place for place, unit in enumerate(alike) if unit is row.unit))
    before = [one for one in aligned.rows if one.unit is None and one.places < row.places]
    return Seen(row.source, None, len(alike) + sum(_words(one.source) == words for one in before))


@dataclass(frozen=True)
class Saved:
    """All units afterwards, those of other rows untouched. Where there are `conflicts`, the unit has their version."""

    units: tuple[Unit, ...]
    conflicts: tuple[BlockConflict, ...] = ()


def save(units: Sequence[Unit], seen: Seen, target: str, *, origin: Origin = "person") -> Saved:
    """Return the units with this target of a row, in any HTML. It does not say that a stale row is current: a person
    does (`confirm`), because words are saved while they are typed. A target without text makes the row untranslated.
    """
    mine = parsed(target, seen.made_from)
    places = _places(units, seen)
    theirs = [units[place] for place in places]
    if mine == seen.target and (mine or not theirs):
        return Saved(tuple(units))
    found, conflicts = _merged(seen, mine, theirs)
    if conflicts:
        return Saved(tuple(units), conflicts)
    source = _sources(theirs) or seen.made_from
    new = [Unit(source=source, target=found, origin=origin)] if found else []
    return Saved(_with(units, places, new))


def confirm(units: Sequence[Unit], seen: Seen) -> Saved:
    """Return the units after a person said that the row is current: the meaning is unchanged, the translation is up to
    date, or a machine's draft was read. It holds for the original as that person saw it, and for no later one."""
    places = _places(units, seen)
    theirs = [units[place] for place in places]
    target = tuple(block for unit in theirs for block in unit.target)
    if not theirs or target != seen.target:
        return Saved(tuple(units))  # what was confirmed is another text than the one that is there
    wanted = all(unit.wanted for unit in theirs)
    return Saved(_with(units, places, [Unit(source=seen.source, target=target, wanted=wanted)]))


def want(units: Sequence[Unit], seen: Seen, *, wanted: bool) -> Saved:
    """Return the units after a person said whether a row, as it was shown, needs a translation. One that exists is
    kept, and is back when it is wanted after all."""
    places = _places(units, seen)
    theirs = [units[place] for place in places]
    target = tuple(block for unit in theirs for block in unit.target)
    origin = theirs[0].origin if theirs else "person"
    new = [Unit(source=seen.source, target=target, origin=origin, wanted=wanted)] if target or not wanted else []
    return Saved(_with(units, places, new))


def _places(units: Sequence[Unit], seen: Seen) -> list[int]:
    """Return the units of a row that somebody saw: its own, or all that have one of its paragraphs.

    Its own may be for another wording now, because a colleague confirmed it meanwhile.
    """
    for source in (seen.made_from, seen.source):
        words = _words(source)
        alike = [place for place, unit in enumerate(units) if _words(unit.source) == words]
        same = [place for place in alike if seen.unit and units[place].target == seen.target]
        if own := alike[seen.nth : seen.nth + 1]:
            return own if own[0] in same or not same else same[:1]
        if same:
            return same[:1]
    if seen.unit is None and len(seen.source) == 1:
        return []
    moved_on = [place for place, unit in enumerate(units) if seen.target and unit.target == seen.target]
    if len(moved_on) == 1:
        return moved_on
    every = set(_words(seen.made_from))
    return [place for place, unit in enumerate(units) if every & set(_words(unit.source))]


def _words(source: Sequence[Block]) -> list[tuple[bool, str]]:
    return [words_of(block) for block in source]


def _sources(units: Sequence[Unit]) -> tuple[Block, ...]:
    return tuple(block for unit in units for block in unit.source)


def _merged(
    seen: Seen, mine: tuple[Block, ...], units: Sequence[Unit]
) -> tuple[tuple[Block, ...], tuple[BlockConflict, ...]]:
    base, theirs = seen.target, tuple(block for unit in units for block in unit.target)
    if theirs in (base, mine) or mine == base:
        return (theirs if mine == base else mine), ()
    both = BlockConflict(from_blocks(base), from_blocks(mine), from_blocks(theirs), 0)
    if not (base and mine and theirs):
        return theirs, (both,)  # two first translations, or one that was emptied: there is nothing to merge
    if len(base) == len(mine) == len(theirs) == 1:
        html = merge_block(base[0], mine[0], theirs[0], word_budget())
        return ((Block(theirs[0].kind, theirs[0].depth, html),), ()) if html else (theirs, (both,))
    merged = merge(from_blocks(base), from_blocks(mine), from_blocks(theirs))
    return (theirs, (both,)) if merged.conflicts else (parsed(merged.html, seen.made_from), ())


def _with(units: Sequence[Unit], places: Sequence[int], new: Sequence[Unit]) -> tuple[Unit, ...]:
    out = [unit for place, unit in enumerate(units) if place not in places]
    at = places[0] if places else len(units)
    return (*out[:at], *new, *out[at:])
