"""One report as a list of what is done and what is left to do."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, prefetch_related_objects

from reports.models import LooseLine, PolicyTarget, Report, Submission, User
from reports.pages.actions import allowed
from reports.pages.country.file_terms import not_placed
from reports.pages.country.length import ReportLength, report_length
from reports.pages.country.next_step import Steps, steps_of
from reports.pages.country.questions import ReviewSummary, review_summary
from reports.pages.country.translate import report_translations
from reports.pages.parts import ReportPart, is_by_target, parts_by_target, parts_of
from reports.pages.translation_rows import Into
from reports.pages.wording import state_for_country
from reports.rules import permissions, workflow
from reports.rules.completeness import Progress, progress


@dataclass(frozen=True)
class ReportPage:
    """`has_part`: whether the user was given only parts of the report to write; `has_everything`: whether all of it.

    `loose`: for each imported file with lines that have no place yet, the key of its upload, and words about them.
    """

    report: Report
    parts: list[ReportPart]
    targets: list[tuple[PolicyTarget, list[ReportPart]]]
    progress: Progress
    submissions: Iterable[Submission]
    loose: list[tuple[int, str]]
    by_target: bool
    state: str
    may: dict[str, bool]
    has_part: bool
    has_everything: bool
    steps: Steps
    summary: ReviewSummary
    length: ReportLength | None
    translations: list[Into]


def report_page(user: User, report: Report) -> ReportPage:
    """Return the page of a report that was fetched `with_sections` and units."""
    prefetch_related_objects([report], Prefetch("submissions", Submission.objects.select_related("by")))
    may = allowed(user, report, "write", "import", "send_in", "withdraw", "delegate", "exchange_translations")
    # The table of permissions knows only roles and states; whether the review has begun is a question to the database.
    may["withdraw"] = may["withdraw"] and not workflow.is_being_read(report)
    parts, everything = parts_of(report), permissions.assignment(user, report).everything
    return ReportPage(
        report=report,
        parts=parts,
        targets=parts_by_target(parts),
        progress=progress(report),
        submissions=report.submissions.all(),
        loose=loose_lines(report),
        by_target=is_by_target(report),
        state=state_for_country(report),
        may=may,
        has_part=may["write"] and not everything,
        has_everything=everything,
        steps=steps_of(user, report, report.submissions.all()),
        summary=review_summary(report),
        length=report_length(report) if report.is_open else None,
        translations=report_translations(report),
    )


def loose_lines(report: Report) -> list[tuple[int, str]]:
    """Return, for each imported file with lines that nobody has placed or set aside, its key, and words about them."""
    waiting = LooseLine.objects.waiting().filter(upload__report=report)
    found = waiting.order_by("upload").values_list("upload", "upload__unit")
    return [(pk, not_placed(unit, number)) for (pk, unit), number in Counter(found).items()]
