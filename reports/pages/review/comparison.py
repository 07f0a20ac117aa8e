"""Two submissions of a report side by side: which sections differ, and how."""

from dataclasses import dataclass

from reports.document.tree import Document
from reports.models import Report, Submission, User
from reports.pages.actions import allowed
from reports.pages.review.differences import SectionChange, between


@dataclass(frozen=True)
class SubmissionComparison:
    """`changes` are the sections that differ, of `total`."""

    old: Submission
    new: Submission
    changes: tuple[SectionChange, ...]
    total: int

    @property
    def both(self) -> tuple[Submission, Submission]:
        return self.old, self.new

    @property
    def is_same(self) -> bool:
        return self.old.sha256 == self.new.sha256


@dataclass(frozen=True)
class ComparisonPage:
    """`compared` is None where there are not two submissions yet."""

    report: Report
    numbers: list[int]
    compared: SubmissionComparison | None
    may: dict[str, bool]


def comparison_page(user: User, report: Report, old: int, new: int) -> ComparisonPage | None:
    """Compare two submissions by number; 0 means the newest one for `new`, and the one before it for `old`.

    Returns None for a number that no submission has.
    """
    numbers = list(report.submissions.order_by("number").values_list("number", flat=True))
    found = None
    if len(numbers) > 1:
        wanted = old or numbers[-2], new or numbers[-1]
        if not set(wanted) <= set(numbers):
            return None
        rows = {one.number: one for one in report.submissions.filter(number__in=wanted).select_related("by")}
        found = compared(*(rows[number] for number in wanted))
    return ComparisonPage(report, numbers, found, allowed(user, report, "read_draft"))


def compared(old: Submission, new: Submission) -> SubmissionComparison:
    before, after = (Document.from_json(one.document) for one in (old, new))
    known = {section.code: section for section in before.sections()}
    changes = [between(known.get(section.code), section, old, new) for section in after.sections()]
    return SubmissionComparison(
        old,
        new,
        changes=tuple(change for change in changes if not change.is_same or change.is_reworded),
        total=len(changes),
    )
