"""The verbs for one row of a translation (ADR 33). Each leaves a revision of the translation, which says who did it.

A page shows a row of one wording, and by the time it sends something, the original and the translation may be others.
So each verb takes what was shown (`Shown`), and finds out under the report's lock what became of it.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from django.db import transaction

from reports.document import richtext
from reports.document.block import Block
from reports.document.problem import Problem, gettext_noop
from reports.document.translation import saving
from reports.document.translation.exchange import source_hash
from reports.document.translation.rows import Aligned, Row, align
from reports.document.translation.stored import to_stored
from reports.document.translation.units import Origin, Unit, html_of, parsed
from reports.models import EMPTY, Contribution, How, Revision, TranslationAct, TranslationEvent, User
from reports.rules.translations import findings_of
from reports.rules.writing import row_conflicts
from reports.rules.writing.current import Current, begin, check_is_own, check_translatable, units_then
from reports.rules.writing.texts import Saved, unsettled, write

HOWS: dict[Origin, How] = {"person": How.TYPED, "machine": How.MACHINE, "import": How.IMPORTED}
CHANGED_MEANWHILE = gettext_noop(
    "A colleague has changed this passage or its translation in the meantime. Nothing was lost: what you typed is "
    "still in its box. Open the page again, and do it again there."
)


@dataclass(frozen=True)
class Shown:
    """A row as a page showed it: the row of the translation into `language` that begins at block `place`, from 0.

    `original` is the number of the original's revision that was shown, `base` that of the translation's, 0 for none.
    """

    language: str
    place: int
    original: int
    base: int


@dataclass(frozen=True)
class Found:
    """What a verb finds under the lock: the text as it is now, the row as it was shown, and what is there now."""

    current: Current
    row: Row
    seen: saving.Seen
    now: Aligned  # the original as it is now beside the newest units


def save_row(
    contribution: Contribution,
    html: str,
    shown: Shown,
    *,
    by: User,
    save_id: UUID | None = None,
    how: How = How.TYPED,
    origin: Origin = "person",
    from_sent: bool = False,
) -> Saved:
    """Save the translation of one row, in any HTML; other rows are not touched. Without text it is untranslated.

    A stale row stays stale: `confirm_row` says that it is current. Two translators of a row are merged as in
    `save_text`, where `from_sent` and `save_id` are explained, and what cannot be merged becomes a Conflict. Raise
    Problem.
    """
    html = richtext.from_typed(html, is_html=True)  # before the transaction, as in `save_text`
    with transaction.atomic():
        found = find(contribution, shown, save_id, by=by)
        current, seen, start = found.current, found.seen, found.current.base
        mine = parsed(html, seen.made_from)
        if repeated := current.repeated:
            check_is_own(repeated, by=by, section=contribution.section, text=(contribution.pk, shown.language))
            sent = sent_in(repeated, seen, contribution, shown)
            if mine == sent.target:
                return Saved("saved", contribution, repeated, unsettled(repeated))
            seen, start, from_sent, save_id = sent, repeated, True, None
        elif from_sent and start and start.sent:
            seen = sent_in(start, seen, contribution, shown)
        saved = saving.save(found.now.units, seen, html, origin=origin)
        since = row_conflicts.Since(start, current.newest, from_sent=from_sent)
        saved, is_joined = row_conflicts.join_own(found.now.units, seen, saved, since, by=by)
        if current.newest and saved.units == found.now.units and not saved.conflicts:
            is_there = not mine or any(unit.target == mine for unit in saved.units)
            return Saved("unchanged", contribution, current.newest, differs_from_current=not is_there)
        how = HOWS[origin] if origin != "person" else how
        revision = revision_of(contribution, shown, saved.units, current, by=by, how=how, start=start, save_id=save_id)
        if saved.conflicts or written(saved.units, found.now.units) != mine:
            revision.sent, revision.how = html_of(mine) or EMPTY, How.MERGED
        merged = row_conflicts.placed(align(current.original, saved.units), seen, saved.conflicts)
        return replace(write(revision, merged, current), is_joined=is_joined)


def written(units: Sequence[Unit], before: Sequence[Unit]) -> tuple[Block, ...]:
    """Return the target of the row that a save changed."""
    return tuple(block for unit in Counter(units) - Counter(before) for block in unit.target)


@transaction.atomic
def confirm_row(contribution: Contribution, shown: Shown, *, by: User) -> Saved:
    """Say that a row is current: the meaning is unchanged, the translation is up to date, or a draft was read.

    It holds for the wording that was shown. Effects: a revision with the same text, and an event with the person's
    name. Raise Problem, also if the translation is another one by now.
    """
    found = find(contribution, shown, by=by)
    unit = found.seen.unit
    if unit is None or not unit.target:
        raise Problem(CHANGED_MEANWHILE)
    saved = saving.confirm(found.now.units, found.seen)
    confirmed = unit.model_copy(update={"source": found.seen.source, "origin": "person"})
    if not any((one.source, one.target, one.origin) == as_tuple(confirmed) for one in saved.units):
        raise Problem(CHANGED_MEANWHILE)
    kind = TranslationAct.READ if unit.origin == "machine" else TranslationAct.CONFIRMED
    return mark(contribution, shown, found, saved.units, kind, by=by)


@transaction.atomic
def want_row(contribution: Contribution, shown: Shown, *, wanted: bool, by: User) -> Saved:
    """Say whether a row, as it was shown, needs a translation. One that exists is kept. Raise Problem."""
    found = find(contribution, shown, by=by)
    saved = saving.want(found.now.units, found.seen, wanted=wanted)
    kind = TranslationAct.WANTED if wanted else TranslationAct.NOT_WANTED
    return mark(contribution, shown, found, saved.units, kind, by=by)


@transaction.atomic
def dismiss(contribution: Contribution, shown: Shown, key: str, *, by: User) -> None:
    """Say that what a check found in a row is intended. It holds for exactly the texts that were shown.

    `key` is that of the Finding. What is not found any more is dismissed already. Raise Problem.
    """
    found = find(contribution, shown, by=by)
    of_text = {"contribution": contribution, "language": shown.language, "kind": TranslationAct.DISMISSED}
    for finding in findings_of(found.row):
        if finding.key == key and not TranslationEvent.objects.filter(**of_text, hash=finding.dismissal).exists():
            TranslationEvent.objects.create(**of_text, hash=finding.dismissal, by=by)


def find(contribution: Contribution, shown: Shown, save_id: UUID | None = None, *, by: User) -> Found:
    """Lock the report, and find the row that was shown and what is there now. Raise Problem."""
    if not shown.language:
        raise Problem(CHANGED_MEANWHILE)
    current = begin(contribution, shown.language, shown.base, save_id, by=by)
    check_translatable(contribution, shown.language)
    aligned = align(body_of(contribution, shown), units_then(contribution, current.base))
    row = row_at(aligned, shown.place)
    if row is None or (shown.base and not current.base):
        raise Problem(CHANGED_MEANWHILE)
    return Found(current, row, saving.seen(aligned, row), align(current.original, current.units()))


def body_of(contribution: Contribution, shown: Shown) -> str:
    """Return the original that was shown. Raise Problem."""
    found = contribution.revisions.filter(language="", number=shown.original).values_list("body", flat=True).first()
    if found is None:
        raise Problem(CHANGED_MEANWHILE)
    return found


def row_at(aligned: Aligned, place: int) -> Row | None:
    return next((row for row in aligned.rows if row.places[0] == place), None)


def sent_in(revision: Revision, before: saving.Seen, contribution: Contribution, shown: Shown) -> saving.Seen:
    """Return the row as its writer has it after a save whose merged text they were not shown."""
    aligned = align(body_of(contribution, shown), units_then(contribution, revision))
    row = row_at(aligned, shown.place)
    after = saving.seen(aligned, row) if row else before
    if not revision.sent:
        return after
    target = parsed(revision.as_sent, before.made_from)
    return replace(after, unit=Unit(source=after.made_from, target=target) if target else None)


def row_as_sent(revision: Revision, shown: Shown) -> str:
    """Return the text of a row that was sent with a save. Raise Problem for a row that was never shown."""
    if revision.sent:
        return revision.as_sent
    aligned = align(body_of(revision.contribution, shown), units_then(revision.contribution, revision))
    row = row_at(aligned, shown.place)
    return html_of(row.target) if row else ""


def as_tuple(unit: Unit) -> tuple[object, object, object]:
    return (unit.source, unit.target, unit.origin)


def mark(
    contribution: Contribution, shown: Shown, found: Found, units: Sequence[Unit], kind: TranslationAct, *, by: User
) -> Saved:
    """Store the units of a row that somebody marked, and who it was. Marking it again changes nothing."""
    current = found.current
    if tuple(units) == found.now.units:
        if current.newest is None:
            raise Problem(CHANGED_MEANWHILE)
        return Saved("unchanged", contribution, current.newest)
    revision = revision_of(contribution, shown, units, current, by=by, how=How.MARKED, start=current.base)
    TranslationEvent.objects.create(
        contribution=contribution, language=shown.language, kind=kind, hash=source_hash(found.seen.source), by=by
    )
    return write(revision, row_conflicts.placed(align(current.original, units), found.seen, ()), current)


def revision_of(
    contribution: Contribution,
    shown: Shown,
    units: Sequence[Unit],
    current: Current,
    *,
    by: User,
    how: How,
    start: Revision | None,
    save_id: UUID | None = None,
) -> Revision:
    """Return the revision of a translation that has these units now."""
    return Revision(
        id=save_id or uuid4(),
        contribution=contribution,
        language=shown.language,
        number=(current.newest.number if current.newest else 0) + 1,
        base=start.number if start else 0,
        body=align(current.original, units).text(),
        by=by,
        how=how,
        units=to_stored(units),
    )
