"""The secretariat's own translation of what was sent in, for its reading, for copies and for the public.

It is apart from the country's by table: no verb here touches a row of a report, and none of `writing` touches these.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from django.db import transaction

from reports.document import richtext
from reports.document.join_words import join
from reports.document.merge import BlockConflict
from reports.document.problem import Problem, gettext_noop
from reports.document.translation import saving
from reports.document.translation.kept import kept
from reports.document.translation.rows import Aligned, align
from reports.document.translation.stored import from_stored, to_stored
from reports.document.translation.units import Unit, html_of, parsed
from reports.document.tree import Contribution, Document
from reports.languages import PORTAL_LANGUAGES
from reports.models import How, OwnTranslation, OwnTranslationQuerySet, Report, Submission, User
from reports.rules import permissions

NOT_SHOWN = gettext_noop(
    "This passage or its translation is another one now. Nothing was lost: what you typed is still in its box. Open "
    "the page again, and do it again there."
)
TRANSLATED_MEANWHILE = gettext_noop(
    "A colleague has translated this passage in the meantime. Nothing was lost: what you typed is still in its box. "
    "Put the two together there and press “Use yours”, or press “Use theirs”."
)


class TranslatedMeanwhile(Problem):
    """A colleague's words and those that were sent cannot be merged. `theirs` is the row in the colleague's save
    `number`: who was shown it may save over it."""

    def __init__(self, theirs: str, number: int) -> None:
        super().__init__(TRANSLATED_MEANWHILE)
        self.theirs, self.number = theirs, number


@dataclass(frozen=True)
class OwnText:
    """One contribution of a submission, by section and position from 0, which the secretariat translates."""

    submission: Submission
    code: str
    position: int
    language: str

    @property
    def saves(self) -> OwnTranslationQuerySet:
        of_submission = OwnTranslation.objects.filter(submission=self.submission, language=self.language)
        return of_submission.filter(code=self.code, position=self.position)


@dataclass(frozen=True)
class OwnSaved:
    """The newest save of a text. `is_merged` says that the row is not as it was sent: a colleague changed it too, or,
    with `is_joined`, the same person in another window."""

    row: OwnTranslation | None
    is_saved: bool
    is_merged: bool = False
    is_joined: bool = False


@dataclass(frozen=True)
class Found:
    """What a verb finds under the lock: the original, the newest save with its units, and the row that was shown.

    `since` is the number of the newest save of which its writer was shown everything.
    """

    original: str
    newest: OwnTranslation | None
    units: tuple[Unit, ...]
    seen: saving.Seen
    since: int


def aligned_texts(submission: Submission, language: str) -> dict[tuple[str, int], tuple[Aligned, int]]:
    """Return the contributions of a submission in other languages beside the secretariat's translation, each with the
    number of its newest save, by section and position. Two queries, whatever the length.

    Where nothing was saved for this submission yet, it is what was translated of the same section in the newest one
    before: a passage that the country changed since is stale.
    """
    rows = OwnTranslation.objects.newest().filter(submission=submission, language=language)
    own = {(row.code, row.position): row for row in rows}
    before = earlier_units(submission, language)
    found = {}
    for section in Document.from_json(submission.document).sections():
        for position, one in enumerate(section.contributions):
            if not is_in(one, language):
                row = own.get((section.code, position))
                units = units_of(row, one.original, before.get(section.code, ()))
                found[section.code, position] = (align(one.original, units), row.number if row else 0)
    return found


def with_own(submission: Submission, language: str) -> dict[tuple[str, int], Contribution]:
    """Return the contributions with anything in the secretariat's translation, by section and position, each with that
    translation alone and its marks. They are for reading, and in no document of the country."""
    document = Document.from_json(submission.document)
    found = {}
    for (code, position), (aligned, _number) in aligned_texts(submission, language).items():
        html, marks = kept(aligned, "secretariat")
        if html:
            one = document.section(code).contributions[position]
            body = {one.language: one.original, language: html}
            found[code, position] = one.model_copy(update={"body": body, "translations": {language: marks}})
    return found


@transaction.atomic
def save_own_row(
    text: OwnText,
    html: str,
    *,
    place: int,
    base: int,
    by: User,
    save_id: UUID | None = None,
    how: How = How.TYPED,
    from_sent: bool = False,
) -> OwnSaved:
    """Save the secretariat's translation of the row that begins at block `place`, as it was shown with save `base`.

    `base` is 0 where nothing was saved for this submission; with `from_sent`, the text grew from what was sent as
    `base`, not from what was merged into it. Two colleagues are merged; where that cannot be, theirs stays. The same
    `save_id` again is the same save. Raise PermissionDenied. Raise TranslatedMeanwhile for a conflict, and Problem for
    a row that was not shown, or for too long a text.
    """
    html = richtext.from_typed(html, is_html=True)
    lock(text, by=by)
    repeated = OwnTranslation.objects.filter(pk=save_id).first() if save_id else None
    if repeated:
        if repeated.by_id != by.pk or not text.saves.filter(pk=repeated.pk).exists():
            raise Problem(NOT_SHOWN)
        # The writer typed on before the answer arrived, or sent it again.
        base, save_id, from_sent = repeated.number, None, True
    found = find(text, place, base, by=by, from_sent=from_sent)
    mine = parsed(html, found.seen.made_from)
    if repeated and mine == found.seen.target:
        return OwnSaved(repeated, is_saved=True, is_merged=bool(repeated.sent))
    saved = saving.save(found.units, found.seen, html)
    is_joined = bool(saved.conflicts)
    if saved.conflicts:
        saved = joined(text, found, saved.conflicts[0], by=by)
    if saved.units == found.units:
        return OwnSaved(found.newest, is_saved=False)
    is_merged = bool(mine) and all(unit.target != mine for unit in saved.units)
    sent = html_of(mine) if is_merged else ""
    row = add(text, found, saved.units, base=base, by=by, how=how, save_id=save_id, sent=sent)
    return OwnSaved(row, is_saved=True, is_merged=is_merged, is_joined=is_joined)


@transaction.atomic
def confirm_own_row(text: OwnText, *, place: int, base: int, by: User) -> OwnSaved:
    """Say that a row is current for the wording that was sent in. Raise PermissionDenied, or Problem as above."""
    found = find(text, place, base, by=by)
    saved = saving.confirm(found.units, found.seen)
    is_current = (unit.source == found.seen.source and unit.target == found.seen.target for unit in saved.units)
    if not found.seen.target or not any(is_current):
        raise Problem(NOT_SHOWN)
    return mark(text, found, saved.units, base=base, by=by)


@transaction.atomic
def want_own_row(text: OwnText, *, place: int, base: int, wanted: bool, by: User) -> OwnSaved:
    """Say whether the secretariat wants a translation of a row. Raise PermissionDenied, or Problem as above."""
    found = find(text, place, base, by=by)
    return mark(text, found, saving.want(found.units, found.seen, wanted=wanted).units, base=base, by=by)


def lock(text: OwnText, *, by: User) -> None:
    """Lock the report, and check the right as its state is now. Raise PermissionDenied."""
    report = Report.objects.select_for_update().get(pk=text.submission.report_id)
    permissions.check(by, "translate_for_reading", report)


def find(text: OwnText, place: int, base: int, *, by: User, from_sent: bool = False) -> Found:
    """Find the row that was shown, and what is there now. Raise PermissionDenied or Problem."""
    lock(text, by=by)
    original = contribution_of(text).original
    before = earlier_units(text.submission, text.language).get(text.code, ())
    start = text.saves.filter(number=base).first()
    if base and start is None:
        raise Problem(NOT_SHOWN)
    shown = align(original, units_of(start, original, before))
    row = next((one for one in shown.rows if one.places[0] == place), None)
    if row is None:
        raise Problem(NOT_SHOWN)
    newest = text.saves.order_by("-number").first()
    units = align(original, units_of(newest, original, before)).units
    seen = saving.seen(shown, row)
    if start and start.sent and from_sent:  # its writer was never shown what was merged into it
        unit = Unit(source=seen.made_from, target=parsed(start.sent, seen.made_from))
        return Found(original, newest, units, replace(seen, unit=unit), start.base)
    return Found(original, newest, units, seen, base)


def contribution_of(text: OwnText) -> Contribution:
    """Return the contribution that was sent in. Raise Problem if there is none, or if it is in that language itself."""
    try:
        found = Document.from_json(text.submission.document).section(text.code).contributions[text.position]
    except (KeyError, IndexError) as error:
        raise Problem(NOT_SHOWN) from error
    if text.language not in PORTAL_LANGUAGES or is_in(found, text.language):
        raise Problem(NOT_SHOWN)
    return found


def is_in(contribution: Contribution, language: str) -> bool:
    return contribution.language.split("-")[0] == language


def units_of(row: OwnTranslation | None, original: str, before: Sequence[Unit]) -> tuple[Unit, ...]:
    """Return the units of a save; where there is none, those of the submission before that this original still has."""
    if row:
        return from_stored(row.units, original, row.body)
    return tuple(one.unit for one in align(original, before).rows if one.unit)


def earlier_units(submission: Submission, language: str) -> dict[str, tuple[Unit, ...]]:
    """Return, for each section, all units of the newest earlier submission with a translation of it. One query."""
    rows = OwnTranslation.objects.newest().filter(
        submission__report=submission.report_id, submission__number__lt=submission.number, language=language
    )
    found: dict[str, tuple[int, tuple[Unit, ...]]] = {}
    for row in rows.order_by("-submission__number", "code", "position"):
        of_submission, units = found.get(row.code, (row.submission_id, ()))
        if of_submission == row.submission_id:
            found[row.code] = (of_submission, (*units, *from_stored(row.units, "", row.body)))
    return {code: units for code, (_submission, units) in found.items()}


def joined(text: OwnText, found: Found, conflict: BlockConflict, *, by: User) -> saving.Saved:
    """Return both versions of a row in one, if they are one person's. Raise TranslatedMeanwhile if they are not."""
    if text.saves.filter(number__gt=found.since).exclude(by=by).exists():
        raise TranslatedMeanwhile(conflict.theirs, found.newest.number if found.newest else 0)
    theirs = parsed(conflict.theirs, found.seen.made_from)
    unit = Unit(source=found.seen.made_from, target=theirs) if theirs else None
    seen = replace(found.seen, unit=unit)
    return saving.save(found.units, seen, join(conflict.base, conflict.mine, conflict.theirs))


def mark(text: OwnText, found: Found, units: Sequence[Unit], *, base: int, by: User) -> OwnSaved:
    """Store the units of a row that somebody marked. Marking it again changes nothing."""
    if tuple(units) == found.units:
        return OwnSaved(found.newest, is_saved=False)
    return OwnSaved(add(text, found, units, base=base, by=by, how=How.MARKED), is_saved=True)


def add(
    text: OwnText,
    found: Found,
    units: Sequence[Unit],
    *,
    base: int,
    by: User,
    how: How,
    save_id: UUID | None = None,
    sent: str = "",
) -> OwnTranslation:
    return OwnTranslation.objects.create(
        id=save_id or uuid4(),
        submission=text.submission,
        code=text.code,
        position=text.position,
        language=text.language,
        number=(found.newest.number if found.newest else 0) + 1,
        base=base,
        body=align(found.original, units).text(),
        sent=sent,
        units=to_stored(units),
        how=how,
        by=by,
    )
