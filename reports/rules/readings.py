"""A filled-in form on its way into a report: read, looked at, placed, poured, and undone if need be."""

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
    Reading,
    Report,
    ReportingForm,
    Revision,
    Section,
    Settled,
    User,
)
from reports.readers import language as passage_language
from reports.rules import documents, limits, locks, saving

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
    """What a file meant for this report should be: its frame, and what tells other years and countries apart."""
    others = ReportingForm.objects.exclude(pk=report.form_id)
    names = {country.code: documents.in_every_language(country, "name") for country in Country.objects.all()}
    return readers.Expected(
        frame=documents.frame(report.form, report.country),
        other_forms=tuple(documents.frame(form, report.country) for form in others),
        countries={code: (*texts.values(), *ALSO_CALLED.get(code, ())) for code, texts in names.items()},
        country_names=names,
    )


def read(data: bytes, file_name: str, report: Report, *, by: User) -> Reading:
    """Reads a file and keeps what was found as a preview; the report itself is not touched. Raises Problem."""
    outcome = readers.read(data, file_name, expected(report))
    return keep(outcome, hashlib.sha256(data).hexdigest(), file_name, report, by=by)


@transaction.atomic
def keep(outcome: readers.Outcome, sha256: str, file_name: str, report: Report, *, by: User) -> Reading:
    """Keeps what a file brings. Raises Problem where that is more than a report holds."""
    limits.check(outcome.document)
    reading = Reading.objects.create(
        report=report,
        by=by,
        file_name=file_name[-255:],
        sha256=sha256,
        document=outcome.document.canonical(),
        lines=[asdict(line) for line in outcome.lines],
        notices=[asdict(notice) for notice in outcome.notices],
    )
    LooseLine.objects.bulk_create(
        LooseLine(reading=reading, line=line.number, text=line.text, kind=line.kind, near=line.near)
        for line in outcome.unplaced()
    )
    return reading


def paragraph(line: LooseLine) -> str:
    """A loose line as a passage: its text, or its address as a link."""
    text = html.escape(line.text.strip(), quote=False)
    if line.kind == "address":
        return richtext.normalise(f'<p><a href="{html.escape(line.text.strip())}">{text}</a></p>')
    return richtext.normalise(f"<p>{text}</p>")


def with_placed_lines(reading: Reading) -> tree.Document:
    """The document that was read, with the lines that a person has placed at the end of their sections."""
    document = tree.Document.from_json(reading.document)
    for line in reading.loose_lines.filter(settled_how=Settled.PLACED):
        document = document.with_sections({line.placed_in: with_passage(document.section(line.placed_in), line)})
    return document


def with_passage(section: tree.Section, line: LooseLine) -> tree.Section:
    """A section with a line at its end; a lone "--" in a blank section says nothing to report."""
    body = paragraph(line)
    if richtext.is_nothing(body) and not section.contributions:
        return section.nothing()
    *before, last = section.contributions or (None,)
    if last is not None:
        joined = last.body | {last.language: richtext.normalise(last.original + body)}
        return section.filled(*before, last.model_copy(update={"body": joined}))
    language = passage_language.detect(richtext.words(body)).code
    return section.filled(tree.Contribution(authority="", language=language, body={language: body}))


@transaction.atomic
def settle(line: LooseLine, where: str, *, by: User) -> None:
    """Says what becomes of a line: "" leaves it in the tray, "set-aside" takes it out, a section's code places it.

    Before pouring this is noted only; afterwards a placed line goes into the report at once, once. Raises Problem.
    """
    if where == (line.placed_in or line.settled_how):
        return
    poured = Reading.objects.select_for_update().values_list("poured_at", flat=True)
    line.reading.poured_at = poured.get(pk=line.reading_id)
    line.refresh_from_db(fields=["settled_how", "placed_in"])
    if line.settled_how and line.reading.poured_at:
        return
    if where == "":
        line.settled_how, line.placed_in, line.settled_by, line.settled_at = "", "", None, None
    else:
        placed = where != Settled.SET_ASIDE
        line.settled_how = Settled.PLACED if placed else Settled.SET_ASIDE
        line.placed_in = where if placed else ""
        line.settled_by, line.settled_at = by, timezone.now()
        if placed and line.reading.poured_at:
            put_into_report(line, by=by)
    line.save()


def put_into_report(line: LooseLine, *, by: User) -> None:
    section = line.reading.report.sections.get(question__code=line.placed_in)
    body = paragraph(line)
    last = section.contributions.live().with_numbers().last()
    if richtext.is_nothing(body) and last is None:
        saving.set_nothing(section, True, by=by)
    elif last is None:
        language = passage_language.detect(richtext.words(body)).code
        saving.add_contribution(section, body, by=by, language=language, reading=line.reading)
    else:
        saving.save_text(last, last.body + body, base=last.number, by=by, reading=line.reading)


@transaction.atomic
def pour(
    reading: Reading, *, by: User, choices: Mapping[str, str] | None = None, replace: bool = False
) -> documents.Poured:
    """Takes a reading into its report, once. Raises Problem."""
    reading = Reading.objects.select_for_update().get(pk=reading.pk)
    if reading.poured_at:
        raise Problem(gettext_noop("This file has already been imported into the report."))
    poured = documents.pour(
        with_placed_lines(reading), reading.report, by=by, choices=choices, replace=replace, reading=reading
    )
    reading.poured_at, reading.poured = timezone.now(), poured.undo
    reading.save(update_fields=["poured_at", "poured"])
    return poured


@transaction.atomic
def undo(reading: Reading, *, by: User) -> list[str]:
    """Takes a whole import back: each section stands as before. Returns the sections left alone, because
    somebody changed them since. Raises Problem when there is nothing to undo or the report is not open."""
    reading = Reading.objects.select_for_update().get(pk=reading.pk)  # before the report, as in `settle` and `pour`
    locks.lock(reading.report)
    if not reading.poured_at or reading.undone_at:
        raise Problem(gettext_noop("There is nothing to undo: this file has not been imported."))
    left = []
    sections = {section.code: section for section in reading.report.sections.select_related("question", "report")}
    for code, record in reading.poured.items():
        if changed_since(sections[code], record, reading):
            left.append(code)
            continue
        for contribution in Contribution.objects.filter(pk__in=record["put"]):
            saving.remove(contribution, by=by)
        for contribution in Contribution.objects.filter(pk__in=record["taken"]):
            saving.bring_back(contribution, by=by)
        saving.set_nothing(sections[code], record["nothing"], by=by)
    reading.undone_at = timezone.now()
    reading.save(update_fields=["undone_at"])
    return left


def changed_since(section: Section, record: Mapping[str, object], reading: Reading) -> bool:
    """Whether somebody worked on what an import put into this section, or beside it where undoing puts that aside."""
    put = Contribution.objects.filter(pk__in=record["put"])
    touched = put.filter(removed_at__isnull=False).exists()
    written = Revision.objects.filter(contribution__section=section)
    edited = written.filter(Q(number__gt=1) | ~Q(reading=reading), contribution__in=put).exists()
    beside = bool(record["nothing"]) and written.filter(~Q(reading=reading), at__gt=reading.poured_at).exists()
    return touched or edited or beside or section.nothing_to_report != (record["now"] == "nothing")
