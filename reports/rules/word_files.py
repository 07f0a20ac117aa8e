"""Word files of a report: the blank form, the draft, what one person writes, and a submission.

Each file says where its texts come from (reports/document/word_identity.py), so that it can be uploaded again.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from reports import writers
from reports.document.pdf_identity import DRAFT, FINAL
from reports.document.problem import Problem, gettext_noop
from reports.document.tree import Document
from reports.document.word_identity import Kind, Origin
from reports.models import Contribution, Country, Report, ReportingForm, Revision, Section, Submission, User
from reports.rules import documents, permissions

OFFICIAL = documents.LANGUAGES[0]  # the only official language of the form
Pairs = dict[str, list[tuple[int, int] | None]]  # by section code: contribution and revision, in the document's order


def blank(form: ReportingForm, country: Country, language: str, *, by: User) -> bytes:
    """Return the blank form for a country in a language of the frame. Raise PermissionDenied."""
    permissions.check(by, "take_blank_form", country)
    document = documents.blank_form(form, country)
    origin = _origin(document, "blank", by=by, language=language)
    return writers.write(document, ".docx", form_language=language, origin=origin, created=form.opens_at)


def draft(report: Report, *, by: User) -> bytes:
    """Return the report as it is now. Raise PermissionDenied."""
    permissions.check(by, "read_draft", report)
    rows = _sections(report)
    return _Draft(report, rows, "draft", _open_ends(rows, by), by).content()


def own_sections(report: Report, *, by: User) -> bytes:
    """Return only what a person was given to write. Raise PermissionDenied, or Problem if that is nothing."""
    permissions.check(by, "write", report)
    rows = [row for row in _sections(report) if permissions.may(by, "write_in_section", row)]
    if not rows:
        raise Problem(gettext_noop("No section of this report is assigned to you. Ask your focal point."))
    for row in rows:
        row.contributions_now = [one for one in row.contributions_now if permissions.may(by, "write_contribution", one)]
    return _Draft(report, rows, "own", _open_ends(rows, by), by).content()


def submission(found: Submission, *, by: User) -> bytes:
    """Return a submission as it was sent in. Raise PermissionDenied."""
    permissions.check(by, "read_submission", found)
    document = Document.from_json(found.document)
    origin = _origin(document, "submission", by=by, submission=found.number)
    pairs = pairs_of_submission(found, document)
    return writers.write(document, ".docx", origin=origin, contributions=pairs, created=found.at)


def as_it_is(report: Report) -> bytes:
    """Return the report as it is now, for a command of the server."""
    rows = _sections(report)
    ends = [row.code for row in rows if report.is_open and not row.frozen]
    return _Draft(report, rows, "draft", ends, None).content()


@dataclass(frozen=True)
class _Draft:
    """A report, or some of its sections, as they are now. `by` is None for a command of the server."""

    report: Report
    rows: Sequence[Section]
    kind: Kind
    ends: Sequence[str]  # codes of the sections to which one may add
    by: User | None

    def content(self) -> bytes:
        filled = [(row.question, documents.section_value(row)) for row in self.rows]
        document = documents.assemble(self.report.form, self.report.country, filled)
        saved = [one.saved_at for row in self.rows for one in row.contributions_now if one.saved_at]
        return writers.write(
            document,
            ".docx",
            mark=DRAFT if self.by else FINAL,
            contributions={row.code: [_pair(one) for one in row.contributions_now] for row in self.rows},
            open_ends=frozenset(self.ends),
            origin=_origin(document, self.kind, by=self.by),
            created=max([self.report.opened_at, *saved]),
        )


def pairs_of_submission(found: Submission, document: Document) -> Pairs:
    """Return which contributions a submission holds, and which revision of each. One query.

    The document names neither. A contribution is the one of that section whose newest text at that time was this one.
    """
    then = Revision.objects.filter(contribution=OuterRef("pk"), language="", at__lte=found.at).order_by("-number")
    rows = Contribution.objects.filter(section__report=found.report_id).values_list(
        "section__question__code", "pk", Subquery(then.values("number")[:1]), Subquery(then.values("body")[:1])
    )
    left: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for code, pk, number, body in rows:
        if number is not None:
            left.setdefault((code, body), []).append((pk, number))
    pairs: Pairs = {}
    for section in document.sections():
        of_section = [left.get((section.code, one.original), []) for one in section.contributions]
        pairs[section.code] = [same.pop(0) if same else None for same in of_section]
    return pairs


def _origin(
    document: Document, kind: Kind, *, by: User | None, language: str = OFFICIAL, submission: int = 0
) -> Origin:
    return Origin(
        country=document.country.code,
        year=document.form.year,
        sha256=document.sha256(),
        form_language=language,
        kind=kind,
        submission=submission,
        made_for=by.pk if by else 0,
    )


def _sections(report: Report) -> list[Section]:
    return list(Report.objects.with_sections().get(pk=report.pk).sections.all())


def _open_ends(rows: Sequence[Section], by: User) -> list[str]:
    return [row.code for row in rows if permissions.may(by, "add_contribution", row)]


def _pair(row: Contribution) -> tuple[int, int] | None:
    return (row.pk, row.number) if row.number else None
