"""Uploaded files: a filled-in form is read, previewed, its loose lines placed, applied to the report, and undone."""

import hashlib
import html
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from reports import readers
from reports.document import richtext, tree
from reports.document.problem import Problem, gettext_noop
from reports.models import (
    Contribution,
    Country,
    LooseLine,
    Report,
    ReportingForm,
    Revision,
    Section,
    Settled,
    Upload,
    User,
)
from reports.readers import language as passage_language
from reports.rules import applying, documents, limits, permissions, upload_choices, writing
from reports.rules.writing import conflicts, locks

# Other names that countries use for themselves on real forms.
ALSO_CALLED = {
    "GR": ("Hellenic Republic",),
    "GB": ("UK", "Great Britain"),
    "US": ("United States", "USA"),
    "KR": ("South Korea",),
    "CZ": ("Czechia",),
    "NL": ("The Netherlands",),
}


def expected(report: Report) -> readers.Expected:
    """Return what a file for this report should contain, and how to recognise other years' and countries' forms."""
    others = ReportingForm.objects.exclude(pk=report.form_id)
    names = {country.code: documents.in_every_language(country, "name") for country in Country.objects.all()}
    return readers.Expected(
        blank_form=documents.blank_form(report.form, report.country),
        other_forms=tuple(documents.blank_form(form, report.country) for form in others),
        countries={code: (*texts.values(), *ALSO_CALLED.get(code, ())) for code, texts in names.items()},
        country_names=names,
    )


def read(data: bytes, file_name: str, report: Report, *, by: User) -> Upload:
    """Read a file and store the result as a preview; the report does not change, and need not be open.

    Raise Problem, or PermissionDenied for somebody who writes nothing in the report.
    """
    permissions.check(by, "upload", report)
    outcome = readers.read(data, file_name, expected(report))
    return store(outcome, hashlib.sha256(data).hexdigest(), file_name, report, by=by)


@transaction.atomic
def store(outcome: readers.ReadResult, sha256: str, file_name: str, report: Report, *, by: User) -> Upload:
    """Store the result of reading a file. Raise Problem if it exceeds the limits of a report."""
    limits.check(outcome.document)
    upload = Upload.objects.create(
        report=report,
        by=by,
        file_name=file_name[-255:],
        sha256=sha256,
        format=outcome.format,
        unit=outcome.unit,
        document=outcome.document.canonical(),
        lines=[asdict(line) for line in outcome.lines],
        notices=[asdict(notice) for notice in outcome.notices],
        claims=asdict(outcome.claims),
    )
    LooseLine.objects.bulk_create(loose_lines(outcome, upload))
    return upload


def loose_lines(outcome: readers.ReadResult, upload: Upload) -> Iterator[LooseLine]:
    """Yield a row for each line without a place. A prompt and its answer in one paragraph have the same number."""
    parts: Counter[int] = Counter()
    for line in outcome.unplaced():
        parts[line.number] += 1
        yield LooseLine(
            upload=upload,
            line=line.number,
            part=parts[line.number],
            page=line.page,
            text=line.text,
            kind=line.kind,
            near=line.near,
        )


def as_html(line: LooseLine) -> str:
    """Return a loose line as rich text: a paragraph of its text, or of its address as a link."""
    text = html.escape(line.text.strip(), quote=False)
    if line.kind == "address":
        return richtext.normalise(f'<p><a href="{html.escape(line.text.strip())}">{text}</a></p>')
    return richtext.normalise(f"<p>{text}</p>")


def with_placed_lines(upload: Upload) -> tree.Document:
    """Return the document that was read, in the languages that a person corrected, with each line that a person has
    placed at the end of its section."""
    document = upload_choices.corrected(upload)
    for line in upload.loose_lines.filter(settled_how=Settled.PLACED):
        document = document.with_sections(
            {line.placed_in: with_line(document.section(line.placed_in), line, document.country.code)}
        )
    return document


def with_line(section: tree.Section, line: LooseLine, country: str) -> tree.Section:
    """Return the section with a line at its end. A "--" in a blank section means that there is nothing to report."""
    body = as_html(line)
    if richtext.is_nothing(body) and not section.contributions:
        return section.with_nothing_to_report()
    *before, last = section.contributions or (None,)
    if last is not None:
        joined = last.body | {last.language: richtext.normalise(last.original + body)}
        return section.with_contributions(*before, last.model_copy(update={"body": joined}))
    language = passage_language.detect(richtext.text_content(body), country).code
    return section.with_contributions(tree.Contribution(authority="", language=language, body={language: body}))


@transaction.atomic
def settle(line: LooseLine, where: str, *, by: User) -> None:
    """Decide what becomes of a line: "" leaves it in the tray, "set-aside" leaves it out, a section's code places it.

    Before the file is applied, this is only noted. Afterwards a line that is placed is added to the report, and then
    it cannot be changed any more. Raise Problem, or PermissionDenied for somebody else's file or section.
    """
    if where == (line.placed_in or line.settled_how):
        return
    permissions.check(by, "decide_upload", line.upload)
    # The lock decides whether the line is settled before the file is applied or after it, never in between.
    applied = Upload.objects.select_for_update().values_list("applied_at", flat=True)
    line.upload.applied_at = applied.get(pk=line.upload_id)
    line.refresh_from_db(fields=["settled_how", "placed_in"])
    if line.settled_how and line.upload.applied_at:
        return
    if where == "":
        line.settled_how, line.placed_in, line.settled_by, line.settled_at = "", "", None, None
    else:
        placed = where != Settled.SET_ASIDE
        line.settled_how = Settled.PLACED if placed else Settled.SET_ASIDE
        if placed and not applying.writes_whole(by, line.upload.report.sections.get(question__code=where)):
            raise PermissionDenied
        line.placed_in = where if placed else ""
        line.settled_by, line.settled_at = by, timezone.now()
        if placed and line.upload.applied_at:
            add_to_report(line, by=by)
    line.save()


def add_to_report(line: LooseLine, *, by: User) -> None:
    section = line.upload.report.sections.get(question__code=line.placed_in)
    body = as_html(line)
    last = section.contributions.live().with_numbers().last()
    if richtext.is_nothing(body) and last is None:
        writing.set_nothing(section, True, by=by, upload=line.upload)
    elif last is None:
        country = line.upload.report.country.code
        language = passage_language.detect(richtext.text_content(body), country).code
        writing.add_contribution(section, body, by=by, language=language, upload=line.upload)
    else:
        writing.save_text(last, last.body + body, base=last.number, by=by, upload=line.upload)


@transaction.atomic
def apply(
    upload: Upload, *, by: User, choices: Mapping[str, str] | None = None, replace: bool = False
) -> applying.ApplyResult:
    """Apply an uploaded file to its report, as far as `by` may write there. `choices` go before those that were stored.

    Raise Problem, also if that was done before, or PermissionDenied for the file of somebody else.
    """
    permissions.check(by, "decide_upload", upload)
    upload = Upload.objects.select_for_update().get(pk=upload.pk)
    if upload.applied_at:
        raise Problem(gettext_noop("This file has already been imported into the report."))
    chosen = {**upload.choices, **(choices or {})}
    applied = applying.apply(
        with_placed_lines(upload), upload.report, by=by, choices=chosen, replace=replace, upload=upload
    )
    upload.applied_at, upload.applied_by, upload.undo_data = timezone.now(), by, applied.undo
    upload.save(update_fields=["applied_at", "applied_by", "undo_data"])
    return applied


@transaction.atomic
def undo(upload: Upload, *, by: User) -> list[str]:
    """Undo an import; return the codes of the sections that somebody has changed since, which stay as they are.

    Raise Problem if there is nothing to undo, or if the report is not open, or PermissionDenied for the file of
    somebody else.
    """
    permissions.check(by, "decide_upload", upload)
    # Before the report, as in `settle` and `apply`: in another order two requests could wait for each other.
    upload = Upload.objects.select_for_update().get(pk=upload.pk)
    locks.lock_report(upload.report)
    if not upload.applied_at or upload.undone_at:
        raise Problem(gettext_noop("There is nothing to undo: this file has not been imported."))
    left = []
    sections = {section.code: section for section in upload.report.sections.select_related("question", "report")}
    for code, record in upload.undo_data.items():
        if changed_since(sections[code], record, upload):
            left.append(code)
        else:
            undo_section(sections[code], record, upload, by=by)
    for conflict in conflicts.unsettled_of(upload):
        if conflict.revision.contribution.section.code not in left:
            conflicts.close(conflict, by=by)
    upload.undone_at = timezone.now()
    upload.save(update_fields=["undone_at"])
    return left


def conflicts_made(upload: Upload) -> list[str]:
    """Return the codes of the sections in which an import left two versions of a paragraph to choose from."""
    sections = {one.revision.contribution.section for one in conflicts.unsettled_of(upload)}
    return [section.code for section in sorted(sections, key=lambda one: one.question.position)]


def undo_section(section: Section, record: Mapping[str, Any], upload: Upload, *, by: User) -> None:
    for contribution in Contribution.objects.filter(pk__in=record["put"]):
        writing.remove(contribution, by=by, upload=upload)
    for contribution in Contribution.objects.filter(pk__in=record["taken"]):
        writing.restore(contribution, by=by, upload=upload)
    for pk, (number, language) in record.get("texts", {}).items():
        contribution = Contribution.objects.select_related("section__report").get(pk=pk)
        saves = contribution.revisions.filter(language="")
        writing.set_language(contribution, language, by=by)
        writing.restore_version(contribution, saves.get(number=number), base=saves.latest("number").number, by=by)
    if section.nothing_to_report != record["nothing"]:
        writing.set_nothing(section, record["nothing"], by=by, upload=upload)


def changed_since(section: Section, record: Mapping[str, Any], upload: Upload) -> bool:
    """Return whether somebody has changed the section since the import, so that undoing would hide their work.

    They may have changed what was imported, or written beside it in a section that undoing sets back to "nothing".
    """
    put = Contribution.objects.filter(pk__in=record["put"])
    touched = put.filter(removed_at__isnull=False).exists()
    written = Revision.objects.filter(contribution__section=section)
    edited = written.filter(Q(number__gt=1) | ~Q(upload=upload), contribution__in=put).exists()
    beside = bool(record["nothing"]) and written.filter(~Q(upload=upload), at__gt=upload.applied_at).exists()
    for pk, (number, _language) in record.get("texts", {}).items():
        saves = written.filter(contribution=pk, number__gt=number)
        edited = edited or saves.exclude(upload=upload).exists()
    return touched or edited or beside or section.nothing_to_report != (record["now"] == "nothing")
