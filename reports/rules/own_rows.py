"""Rows of the secretariat's translation as a page has them open: which text one is of, and what it is after a save."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import Max

from reports.document.problem import Problem, gettext_noop
from reports.document.translation.memory import MOST_PAIRS, Earlier
from reports.document.translation.rows import Aligned, align
from reports.document.translation.stored import from_stored
from reports.models import OwnDismissal, OwnTranslation, Report, Submission, User
from reports.rules import permissions
from reports.rules.own_translations import (
    NOT_SHOWN,
    OwnSaved,
    OwnText,
    confirm_own_row,
    contribution_of,
    earlier_units,
    lock,
    save_own_row,
    units_of,
    want_own_row,
)
from reports.rules.translations import findings_of
from reports.rules.writing import Shown
from reports.rules.writing.row_marks import Act
from reports.rules.writing.save import NOT_UNDERSTOOD, Save

NOT_NOW = gettext_noop(
    "This report cannot be translated now, because the country has taken it back. Nothing was lost: what you typed is "
    "still in its box. Copy it, and translate the report again once it has been sent in."
)


def own_text(submission: Submission, code: str, position: int, shown: Shown) -> OwnText:
    """Return the text of a row that a page showed, in which `shown.original` is the number of the submission.

    Raise Problem if that was another submission: its rows and saves are other ones.
    """
    if shown.original != submission.number:
        raise Problem(NOT_SHOWN)
    return OwnText(submission, code, position, shown.language)


def save_sent(text: OwnText, wanted: Save, *, by: User) -> OwnSaved:
    """Carry out a save that a page's scripts sent. Raise as `save_own_row`."""
    if wanted.shown is None:
        raise Problem(NOT_UNDERSTOOD)
    place, base, how = wanted.shown.place, wanted.base, wanted.how
    return save_own_row(
        text, wanted.html, place=place, base=base, by=by, save_id=wanted.id, how=how, from_sent=wanted.from_sent
    )


def mark_own_row(text: OwnText, act: Act, *, place: int, base: int, by: User, key: str = "") -> OwnSaved:
    """Do what a button beside a row says; `key` is that of a question. Raise PermissionDenied or Problem."""
    if act == "confirm":
        return confirm_own_row(text, place=place, base=base, by=by)
    if act in ("wanted", "unwanted"):
        return want_own_row(text, place=place, base=base, wanted=act == "wanted", by=by)
    return dismiss_own(text, key, place=place, base=base, by=by)


@transaction.atomic
def dismiss_own(text: OwnText, key: str, *, place: int, base: int, by: User) -> OwnSaved:
    """Say that what a check found in a row is intended. It holds for exactly the texts that were shown.

    What is not found any more is dismissed already. Raise PermissionDenied or Problem.
    """
    lock(text, by=by)
    newest = text.saves.order_by("-number").first()
    shown = newest if newest and newest.number == base else text.saves.filter(number=base).first()
    rows = aligned_save(text, contribution_of(text).original, shown).rows
    row = next((one for one in rows if one.places[0] == place), None)
    if row is None or (base and shown is None):
        raise Problem(NOT_SHOWN)
    for finding in findings_of(row):
        if finding.key == key:
            of_report = {"report_id": text.submission.report_id, "language": text.language}
            OwnDismissal.objects.get_or_create(**of_report, hash=finding.dismissal, defaults={"by": by})
    return OwnSaved(newest, is_saved=False)


def dismissed_own(submission: Submission, language: str) -> Collection[str]:
    """Return what was dismissed in the secretariat's translations of a report (`Finding.dismissal`). One query."""
    rows = OwnDismissal.objects.filter(report=submission.report_id, language=language)
    return set(rows.values_list("hash", flat=True))


def aligned_save(text: OwnText, original: str, row: OwnTranslation | None) -> Aligned:
    """Return a save of a text, None for none, beside the `original` that was sent in."""
    before = () if row else earlier_units(text.submission, text.language).get(text.code, ())
    return align(original, units_of(row, original, before))


def newest_numbers(submission: Submission, code: str, language: str) -> dict[int, int]:
    """Return the number of the newest save of each text of a section that has one, by position. One query."""
    rows = OwnTranslation.objects.filter(submission=submission, code=code, language=language).order_by()
    return dict(rows.values_list("position").annotate(Max("number")))


def earlier_own(report: Report, language: str) -> list[Earlier]:
    """Return the units of what the secretariat translated of the country's earlier reports, the newest report first.

    `where` is the year and the code of the section. A report that the country has taken back gives none. One query.
    """
    rows = OwnTranslation.objects.newest().filter(
        submission__report__country_id=report.country_id,
        submission__report__form__year__lt=report.form.year,
        submission__report__state__in=permissions.SENT_IN,
        language=language,
    )
    found: list[Earlier] = []
    for row in rows.select_related("submission__report__form").order_by(
        "-submission__report__form__year", "-submission__number", "code", "position"
    ):
        where = f"{row.submission.report.form.year}, {row.code}"
        found += [Earlier(unit, where) for unit in from_stored(row.units, "", row.body)]
        if len(found) >= MOST_PAIRS:
            break
    return found
