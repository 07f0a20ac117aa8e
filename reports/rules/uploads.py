"""A filled-in form on its way into a report: read, looked at, placed, applied, and undone if need be."""

import hashlib
import html
from collections.abc import Mapping
from dataclasses import asdict

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
from reports.rules import documents, limits, writing
from reports.rules.writing import locks

# Other codes and names by which countries call themselves on real forms (docs of the EU write EL and UK).
ALSO_CALLED = {
    "GR": ("Hellenic Republic",),
    "GB": ("UK", "Great Britain"),
    "US": ("United States", "USA"),
    "KR": ("South Korea",),
    "CZ": ("Czechia",),
    "NL": ("The Netherlands",),
}


def expected(report: Report) -> readers.Expected:
    """What a file meant for this report should be: its blank form, and what tells other years and countries apart."""
    others = ReportingForm.objects.exclude(pk=report.form_id)
    names = {country.code: documents.in_every_language(country, "name") for country in Country.objects.all()}
    return readers.Expected(
        blank_form=documents.blank_form(report.form, report.country),
        other_forms=tuple(documents.blank_form(form, report.country) for form in others),
        countries={code: (*texts.values(), *ALSO_CALLED.get(code, ())) for code, texts in names.items()},
        country_names=names,
    )


def read(data: bytes, file_name: str, report: Report, *, by: User) -> Upload:
    """Reads a file and keeps what was found as a preview; the report itself is not touched. Raises Problem."""
    outcome = readers.read(data, file_name, expected(report))
    return keep(outcome, hashlib.sha256(data).hexdigest(), file_name, report, by=by)


@transaction.atomic
def keep(outcome: readers.ReadResult, sha256: str, file_name: str, report: Report, *, by: User) -> Upload:
    """Keeps what a file brings. Raises Problem where that is more than a report holds."""
    limits.check(outcome.document)
    upload = Upload.objects.create(
        report=report,
        by=by,
        file_name=file_name[-255:],
        sha256=sha256,
        document=outcome.document.canonical(),
        lines=[asdict(line) for line in outcome.lines],
        notices=[asdict(notice) for notice in outcome.notices],
    )
    LooseLine.objects.bulk_create(
        LooseLine(upload=upload, line=line.number, text=line.text, kind=line.kind, near=line.near)
        for line in outcome.unplaced()
    )
    return upload


def paragraph(line: LooseLine) -> str:
    """A loose line as a passage: its text, or its address as a link."""
    text = html.escape(line.text.strip(), quote=False)
    if line.kind == "address":
        return richtext.normalise(f'<p><a href="{html.escape(line.text.strip())}">{text}</a></p>')
    return richtext.normalise(f"<p>{text}</p>")


def with_placed_lines(upload: Upload) -> tree.Document:
    """The document that was read, with the lines that a person has placed at the end of their sections."""
    document = tree.Document.from_json(upload.document)
    for line in upload.loose_lines.filter(settled_how=Settled.PLACED):
        document = document.with_sections({line.placed_in: with_passage(document.section(line.placed_in), line)})
    return document


def with_passage(section: tree.Section, line: LooseLine) -> tree.Section:
    """A section with a line at its end; a lone "--" in a blank section says nothing to report."""
    body = paragraph(line)
    if richtext.is_nothing(body) and not section.contributions:
        return section.with_nothing_to_report()
    *before, last = section.contributions or (None,)
    if last is not None:
        joined = last.body | {last.language: richtext.normalise(last.original + body)}
        return section.with_contributions(*before, last.model_copy(update={"body": joined}))
    language = passage_language.detect(richtext.text_content(body)).code
    return section.with_contributions(tree.Contribution(authority="", language=language, body={language: body}))


@transaction.atomic
def settle(line: LooseLine, where: str, *, by: User) -> None:
    """Says what becomes of a line: "" leaves it in the tray, "set-aside" takes it out, a section's code places it.

    Before applying this is noted only; afterwards a placed line goes into the report at once, once. Raises Problem.
    """
    if where == (line.placed_in or line.settled_how):
        return
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
        line.placed_in = where if placed else ""
        line.settled_by, line.settled_at = by, timezone.now()
        if placed and line.upload.applied_at:
            put_into_report(line, by=by)
    line.save()


def put_into_report(line: LooseLine, *, by: User) -> None:
    section = line.upload.report.sections.get(question__code=line.placed_in)
    body = paragraph(line)
    last = section.contributions.live().with_numbers().last()
    if richtext.is_nothing(body) and last is None:
        writing.set_nothing(section, True, by=by, upload=line.upload)
    elif last is None:
        language = passage_language.detect(richtext.text_content(body)).code
        writing.add_contribution(section, body, by=by, language=language, upload=line.upload)
    else:
        writing.save_text(last, last.body + body, base=last.number, by=by, upload=line.upload)


@transaction.atomic
def apply(
    upload: Upload, *, by: User, choices: Mapping[str, str] | None = None, replace: bool = False
) -> documents.ApplyResult:
    """Applies an uploaded file to its report, once. Raises Problem."""
    upload = Upload.objects.select_for_update().get(pk=upload.pk)
    if upload.applied_at:
        raise Problem(gettext_noop("This file has already been imported into the report."))
    applied = documents.apply(
        with_placed_lines(upload), upload.report, by=by, choices=choices, replace=replace, upload=upload
    )
    upload.applied_at, upload.undo_data = timezone.now(), applied.undo
    upload.save(update_fields=["applied_at", "undo_data"])
    return applied


@transaction.atomic
def undo(upload: Upload, *, by: User) -> list[str]:
    """Takes a whole import back: each section stands as before. Returns the sections left alone, because
    somebody changed them since. Raises Problem when there is nothing to undo or the report is not open."""
    upload = Upload.objects.select_for_update().get(pk=upload.pk)  # before the report, as in `settle` and `apply`
    locks.lock_report(upload.report)
    if not upload.applied_at or upload.undone_at:
        raise Problem(gettext_noop("There is nothing to undo: this file has not been imported."))
    left = []
    sections = {section.code: section for section in upload.report.sections.select_related("question", "report")}
    for code, record in upload.undo_data.items():
        if changed_since(sections[code], record, upload):
            left.append(code)
            continue
        for contribution in Contribution.objects.filter(pk__in=record["put"]):
            writing.remove(contribution, by=by, upload=upload)
        for contribution in Contribution.objects.filter(pk__in=record["taken"]):
            writing.restore(contribution, by=by, upload=upload)
        writing.set_nothing(sections[code], record["nothing"], by=by, upload=upload)
    upload.undone_at = timezone.now()
    upload.save(update_fields=["undone_at"])
    return left


def changed_since(section: Section, record: Mapping[str, object], upload: Upload) -> bool:
    """Whether somebody worked on what an import put into this section, or beside it where undoing puts that aside."""
    put = Contribution.objects.filter(pk__in=record["put"])
    touched = put.filter(removed_at__isnull=False).exists()
    written = Revision.objects.filter(contribution__section=section)
    edited = written.filter(Q(number__gt=1) | ~Q(upload=upload), contribution__in=put).exists()
    beside = bool(record["nothing"]) and written.filter(~Q(upload=upload), at__gt=upload.applied_at).exists()
    return touched or edited or beside or section.nothing_to_report != (record["now"] == "nothing")
