"""A submission as it was sent in."""

from dataclasses import dataclass

from django.utils.translation import get_language

from reports.document.tree import Document
from reports.models import Country, OpeningKind, Report, ReportingForm, Submission, SubmissionOpening, User
from reports.pages.actions import allowed
from reports.pages.wording import colleague_name, languages_in
from reports.rules import openings

NEWEST = 20  # openings that the page lists without a click


@dataclass(frozen=True)
class Opening:
    """Who opened the submission, for which side, how and when, in words."""

    row: SubmissionOpening

    @property
    def who(self) -> str:
        return colleague_name(self.row.by)

    @property
    def how(self) -> str:
        return str(OpeningKind(self.row.kind).label)


@dataclass(frozen=True)
class SubmissionPage:
    """`copy` is the language in which a copy for reading is offered, "" where the official PDF is in it wholly.

    `openings` and `older_openings` say who opened it; both are empty for the secretariat.
    """

    submission: Submission
    report: Report
    document: Document
    languages: str
    may: dict[str, bool]
    copy: str
    openings: list[Opening]
    older_openings: list[Opening]


def submission_page(user: User, submission: Submission) -> SubmissionPage:
    document = Document.from_json(submission.document)
    language = get_language() or "en"
    may = allowed(user, submission.report, "read_draft", "see_openings")
    opened = [Opening(row) for row in openings.of_submission(submission)] if may["see_openings"] else []
    return SubmissionPage(
        submission=submission,
        report=submission.report,
        document=document,
        languages=languages_in(document),
        may=may,
        copy=copy_offered(document, language),
        openings=opened[:NEWEST],
        older_openings=opened[NEWEST:],
    )


def copy_offered(document: Document, language: str) -> str:
    """Return that language if a copy in it differs from the official PDF, whose form text is in English."""
    written_in = {one.language.split("-")[0] for section in document.sections() for one in section.contributions}
    return "" if language == "en" and written_in <= {"en"} else language


@dataclass(frozen=True)
class DraftPage:
    """The report as it is now, to read."""

    report: Report
    document: Document
    languages: str


def reading_page(report: Report, document: Document) -> DraftPage:
    return DraftPage(report, document, languages_in(document))


def file_stem(report: Report) -> str:
    """Return the beginning of the names of a report's files: its country and year."""
    return stem_of(report.country, report.form)


def stem_of(country: Country, form: ReportingForm) -> str:
    """Return the beginning of the names of files of a country for a form."""
    return f"{country.name_en}-{form.year}".replace(" ", "-").lower()
