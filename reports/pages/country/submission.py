"""A submission as it was sent in."""

from dataclasses import dataclass

from django.utils.translation import get_language

from reports.document.tree import Document
from reports.models import Report, Submission, User
from reports.pages.actions import allowed
from reports.pages.wording import languages_in


@dataclass(frozen=True)
class SubmissionPage:
    """`copy` is the language in which a copy for reading is offered, "" where the official PDF is in it."""

    submission: Submission
    report: Report
    document: Document
    languages: str
    may: dict[str, bool]
    copy: str


def submission_page(user: User, submission: Submission) -> SubmissionPage:
    document = Document.from_json(submission.document)
    language = get_language() or "en"
    return SubmissionPage(
        submission=submission,
        report=submission.report,
        document=document,
        languages=languages_in(document),
        may=allowed(user, submission.report, "read_draft"),
        copy=language if language != "en" else "",
    )


def file_stem(report: Report) -> str:
    """Return the beginning of the names of a report's files: its country and year."""
    return f"{report.country.name_en}-{report.form.year}".replace(" ", "-").lower()
