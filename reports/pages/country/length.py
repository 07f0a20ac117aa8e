"""How much room a report still has, said before it is full."""

from dataclasses import dataclass

from reports.document.lengths import LONGEST_REPORT, NEARLY
from reports.models import Report


@dataclass(frozen=True)
class ReportLength:
    """The characters of all texts of a report that is nearly full, and the most that it may have."""

    length: int
    limit: int = LONGEST_REPORT

    @property
    def is_full(self) -> bool:
        return self.length >= self.limit


def report_length(report: Report) -> ReportLength | None:
    """Return the length of a report fetched `with_sections`; None while it has enough room. No query."""
    rows = (row for section in report.sections.all() for row in section.contributions_now)
    length = sum(len(text) for row in rows for text in (row.body, *row.translations().values()))
    return ReportLength(length) if length >= NEARLY * LONGEST_REPORT else None
