"""Conflicts in one row of a translation, as those of a whole text: the place in it, and whose both versions are."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from reports.document import richtext
from reports.document.block import Block
from reports.document.join_words import join
from reports.document.merge import BlockConflict, Merged
from reports.document.translation import saving
from reports.document.translation.rows import Aligned
from reports.document.translation.units import Unit, html_of, parsed, words_of
from reports.models import Conflict, Revision, User
from reports.rules.writing.conflicts import first_base, is_own


@dataclass(frozen=True)
class Since:
    """The revision that a save started from, and the newest one."""

    start: Revision | None
    newest: Revision | None
    from_sent: bool

    @property
    def number(self) -> int:
        """The number of the revision that the save really grew from."""
        return first_base(self.start, from_sent=self.from_sent)


def join_own(
    units: Sequence[Unit], seen: saving.Seen, saved: saving.Saved, since: Since, *, by: User
) -> tuple[saving.Saved, bool]:
    """Return a saved row without the conflict that a person has with their own text from another window."""
    if not saved.conflicts or since.newest is None:
        return saved, False
    (conflict,) = saved.conflicts
    if not _is_own(conflict, since, by=by):
        return saved, False
    theirs = parsed(conflict.theirs, seen.made_from)
    unit = Unit(source=seen.made_from, target=theirs) if theirs else None
    joined = saving.save(units, replace(seen, unit=unit), join(conflict.base, conflict.mine, conflict.theirs))
    return (saved, False) if joined.conflicts else (joined, True)


def _is_own(conflict: BlockConflict, since: Since, *, by: User) -> bool:
    assert since.newest
    newest = since.newest
    others = Revision.objects.filter(
        contribution_id=newest.contribution_id,
        language=newest.language,
        number__gt=since.number,
        number__lte=newest.number,
    ).exclude(by=by)
    if not others.exists():
        return True
    is_one_block = len(richtext.blocks(conflict.theirs)) == 1 and len(richtext.blocks(conflict.base)) <= 1
    return is_one_block and is_own(conflict, by=by, newest=newest, since=since.number)


def placed(aligned: Aligned, seen: saving.Seen, conflicts: Sequence[BlockConflict]) -> Merged:
    """Return the whole text with the conflicts of one row, each at its place in that text."""
    start = place_of(aligned, seen.made_from, seen.source)
    return Merged(aligned.text(), tuple(replace(one, place=start) for one in conflicts))


def place_of(aligned: Aligned, *sources: Sequence[Block]) -> int:
    """Return the index in the text of the first block of the row that was made from one of these sources."""
    wanted = [_words(source) for source in sources]
    start = 0
    for row in aligned.rows:
        if _words(row.unit.source if row.unit else row.source) in wanted:
            break
        start += len(row.target) if row.state != "not wanted" else 0
    return start


def _words(found: Sequence[Block]) -> list[tuple[bool, str]]:
    return [words_of(block) for block in found]


def with_choice(units: Sequence[Unit], conflict: Conflict, chosen: str) -> list[Unit] | None:
    """Return the units with `chosen` in place of the version that a row has; None if no row has that version now."""
    starts = accumulate((len(unit.target) for unit in units), initial=0)
    far = {
        place: abs(start - conflict.place)
        for place, (unit, start) in enumerate(zip(units, starts, strict=False))
        if unit.target and html_of(unit.target) == conflict.theirs
    }
    if not far:
        return None
    place = min(far, key=far.__getitem__)
    unit, target = units[place], parsed(chosen, units[place].source)
    new = [unit.model_copy(update={"target": target, "origin": "person", "wanted": True})] if target else []
    return [*units[:place], *new, *units[place + 1 :]]
