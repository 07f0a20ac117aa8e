"""The page of one goal or target, as its sections are filled in or read."""

from collections.abc import Iterable
from dataclasses import dataclass

from reports.models import Conflict, OperationalGoal, Report, User
from reports.pages.actions import allowed
from reports.pages.announced import Announced, announcements
from reports.pages.country.length import ReportLength, report_length
from reports.pages.country.questions import UnsettledQuestion, unsettled_by_section
from reports.pages.parts import ReportPart, parts_of


@dataclass(frozen=True)
class PartPage:
    """`announced` and `questions` are by section code, `conflicts` by the name of a text's box."""

    report: Report
    part: ReportPart
    parts: list[ReportPart]
    previous: ReportPart | None
    next: ReportPart | None
    by_target: bool
    goals: list[OperationalGoal]
    conflicts: dict[str, list[Conflict]]
    announced: dict[str, Announced]
    questions: dict[str, list[UnsettledQuestion]]
    may: dict[str, bool]
    length: ReportLength | None


def part_page(user: User, part: ReportPart, conflicts: Iterable[Conflict]) -> PartPage:
    """Return the page of a part of a report fetched `with_sections`. `conflicts` are those not settled yet."""
    parts = parts_of(part.report)  # no query: the report came with its sections
    at = [one.code for one in parts].index(part.code)
    return PartPage(
        report=part.report,
        part=part,
        parts=parts,
        previous=parts[at - 1] if at else None,
        next=parts[at + 1] if at + 1 < len(parts) else None,
        by_target=part.goal is None,
        goals=list(part.target.goals.all()) if part.goal is None else [],
        conflicts=conflicts_by_box(conflicts),
        announced=announcements(part.report, part.sections),
        questions=unsettled_by_section(part.sections),
        may=allowed(user, part.report, "write"),
        length=report_length(part.report) if part.report.is_open else None,
    )


def conflicts_by_box(conflicts: Iterable[Conflict]) -> dict[str, list[Conflict]]:
    """Group conflicts by the name of their text's box on the page: "c12", or "c12-fr" for a translation."""
    boxes: dict[str, list[Conflict]] = {}
    for conflict in conflicts:
        language = conflict.revision.language
        name = f"c{conflict.revision.contribution_id}" + (f"-{language}" if language else "")
        boxes.setdefault(name, []).append(conflict)
    return boxes
