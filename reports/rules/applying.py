"""What taking a document into a report does: which sections it fills, changes or leaves, and the writing itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from reports.document import tree
from reports.document.problem import Problem, gettext_noop
from reports.document.translation.restored import restored
from reports.models import Contribution, How, Report, Section, Upload, User
from reports.rules import permissions, word_changes, writing
from reports.rules.documents import LANGUAGES, contribution_value, section_value
from reports.rules.writing import locks


@dataclass(frozen=True)
class ApplyResult:
    """The outcome for each section, and what undoing needs.

    A section is filled, replaced, added to, merged (a Word file of the portal), the same already, blank in the file,
    not the user's to write, or differs and is left as it was.
    """

    sections: dict[str, str]
    undo: dict[str, dict[str, Any]] = field(default_factory=dict)

    def codes(self, *outcomes: str) -> list[str]:
        return [code for code, outcome in self.sections.items() if outcome in outcomes]


@transaction.atomic
def apply(
    document: tree.Document,
    report: Report,
    *,
    by: User,
    replace: bool = False,
    choices: Mapping[str, str] | None = None,
    upload: Upload | None = None,
) -> ApplyResult:
    """Write a document into a report: fill blank sections, and leave those that differ.

    `choices` says "keep", "add" or "replace" for sections that differ; with `replace` all of them are replaced. What
    is replaced stays in the history. Where the upload knows which contributions its texts are, these are merged, unless
    the choice is "keep"; with "remove", those that were emptied are removed. Sections that `by` may not write are left
    as they are. Raise Problem if the document is of another form or country, or if the report is not open.
    """
    locks.lock_report(report)
    permissions.forget_assignments(by)
    check_same_form(document, report)
    rows = {section.code: section for section in Report.objects.with_sections().get(pk=report.pk).sections.all()}
    known = word_changes.known(upload.claims if upload else {}, report)
    outcomes, undo = {}, {}
    for section in document.sections():
        row, choice = rows[section.code], (choices or {}).get(section.code, "")
        changes = word_changes.changes_of(section, row, known, by=by)
        if changes.parts:
            outcomes[section.code] = outcome = changes.outcome(choice)
            if outcome == "merged":
                undo[section.code] = word_changes.write(changes, row, choice, by=by, upload=upload)
            continue
        choice = "replace" if replace else choice or "keep"
        outcomes[section.code] = outcome = expected_outcome(section, row, choice, by=by)
        if outcome in ("filled", "replaced", "added"):
            write = apply_section if writes_whole(by, row) else apply_own
            undo[section.code] = write(section, row, outcome, by=by, upload=upload)
    return ApplyResult(outcomes, undo)


def check_same_form(document: tree.Document, report: Report) -> None:
    if (document.form.year, document.country.code) != (report.form.year, report.country.code):
        raise Problem(
            gettext_noop(
                "This is the form of %(found_year)s of %(found_country)s, not that of %(year)s of %(country)s. "
                "Choose the report it belongs to."
            ),
            found_year=document.form.year,
            found_country=document.country.code,
            year=report.form.year,
            country=report.country.code,
        )
    unknown = {s.code for s in document.sections()} - set(report.form.questions.values_list("code", flat=True))
    if unknown:
        raise Problem(
            gettext_noop("This file has sections that the form does not have: %(codes)s."),
            codes=", ".join(sorted(unknown)),
        )


def writes_whole(user: User, row: Section) -> bool:
    """Return whether the user may change all of the section, once the report and the section are open."""
    return permissions.has_right(user, "write_section", row)


def expected_outcome(section: tree.Section, row: Section, choice: str = "keep", *, by: User) -> str:
    """Return the outcome of applying this section, without writing anything."""
    if section.state == "blank":
        return "blank"
    now = section_value(row)
    if section.state == now.state and says_the_same(section.contributions, now.contributions):
        return "same"
    if not writes_whole(by, row):
        return expected_own_outcome(section, row, choice, by=by)
    if row.frozen:
        return "differs"
    if now.state == "blank":
        return "filled"
    return {"replace": "replaced", "add": "added"}.get(choice, "differs")


def expected_own_outcome(section: tree.Section, row: Section, choice: str, *, by: User) -> str:
    """Return the outcome for somebody who writes at most one contribution of their own in the section."""
    if not permissions.has_right(by, "write_in_section", row):
        return "not yours"
    own = own_contribution(row, by)
    texts = own_texts(section, row, own)
    if section.state == "nothing" or row.nothing_to_report or len(texts) > 1:
        return "not yours"
    if not texts or (own and says_the_same(texts, (contribution_value(own),))):
        return "same"
    if row.frozen:
        return "differs"
    if own is None:
        return "filled"
    return "replaced" if choice == "replace" else "differs"


def says_the_same(found: tuple[tree.Contribution, ...], now: tuple[tree.Contribution, ...]) -> bool:
    """Return whether the file has nothing that the report lacks. A printed form names no authorities."""
    return len(found) == len(now) and all(
        (one.language, one.authority or other.authority) == (other.language, other.authority)
        and one.body.items() <= other.body.items()
        for one, other in zip(found, now, strict=True)
    )


def own_contribution(row: Section, user: User) -> Contribution | None:
    """Return the contribution that was given to the user in this section, None before it is begun."""
    return next((one for one in row.contributions_now if permissions.has_contribution(user, one)), None)


def own_texts(section: tree.Section, row: Section, own: Contribution | None) -> tuple[tree.Contribution, ...]:
    """Return the contributions of the file's section, without those that others have in the report."""
    others = [(one.language, one.body) for one in row.contributions_now if one != own]
    return tuple(value for value in section.contributions if (value.language, value.original) not in others)


def apply_section(
    section: tree.Section, row: Section, outcome: str, *, by: User, upload: Upload | None
) -> dict[str, Any]:
    """Write one section; return what undoing needs: the flag before, and the contributions removed and added."""
    record: dict[str, Any] = {"nothing": row.nothing_to_report, "taken": [], "put": [], "now": section.state}
    if section.state == "nothing":
        if outcome != "added":
            writing.set_nothing(row, True, by=by, upload=upload)
        return record | {"now": "nothing" if outcome != "added" else "text"}
    if outcome == "replaced":
        for contribution in row.contributions.live():
            writing.remove(contribution, by=by, upload=upload)
            record["taken"].append(contribution.pk)
    if row.nothing_to_report:
        writing.set_nothing(row, False, by=by, upload=upload)
    for value in section.contributions:
        put = writing.add_contribution(
            row,
            value.original,
            language=value.language,
            authority=value.authority,
            by=by,
            how=How.READ,
            upload=upload,
        )
        apply_translations(value.of_country(), put, by=by, upload=upload)
        record["put"].append(put.pk)
    return record


def apply_translations(value: tree.Contribution, put: Contribution, *, by: User, upload: Upload | None) -> None:
    """Write the country's translations of a contribution, with what the document says of them. Raise Problem."""
    for language in dict.fromkeys([*value.body, *value.translations]):
        if language != value.language:
            check_translatable(language)
            units, body = restored(value, language), value.body.get(language, "")
            writing.save_text(put, body, base=0, language=language, by=by, how=How.READ, upload=upload, units=units)


def check_translatable(language: str) -> None:
    if language not in LANGUAGES:
        raise Problem(
            gettext_noop(
                "This file contains a translation into this language: %(language)s. The portal keeps translations "
                "into: %(held)s."
            ),
            language=language,
            held=", ".join(LANGUAGES),
        )


def apply_own(section: tree.Section, row: Section, outcome: str, *, by: User, upload: Upload | None) -> dict[str, Any]:
    """Write the own contribution of somebody who may not change the rest of the section; return what undoing needs.

    `texts` has, for a contribution that was changed, the number of its revision before and its language before.
    """
    own = own_contribution(row, by)
    (value,) = own_texts(section, row, own)
    record: dict[str, Any] = {"nothing": row.nothing_to_report, "taken": [], "put": [], "now": "text"}
    if own is None:
        language, authority = value.language, value.authority
        put = writing.add_contribution(
            row, value.original, language=language, authority=authority, by=by, how=How.READ, upload=upload
        )
        return record | {"put": [put.pk]}
    number = own.revisions.filter(language="").latest("number").number
    record["texts"] = {str(own.pk): [number, own.language]}
    writing.set_language(own, value.language, by=by)
    writing.save_text(own, value.original, base=number, by=by, how=How.READ, upload=upload)
    return record
