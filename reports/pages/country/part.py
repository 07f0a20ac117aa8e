"""The page of one goal or target, as its sections are filled in or read."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext

from reports.models import Conflict, Contribution, OperationalGoal, Report, Section, User, codes
from reports.pages.actions import allowed
from reports.pages.announced import Announced, announcements, earlier_answers
from reports.pages.country.comments import SectionComments, comments_beside
from reports.pages.country.length import ReportLength, report_length
from reports.pages.country.questions import UnsettledQuestion, unsettled_by_section
from reports.pages.country.suggestions import PartSuggestions, part_suggestions
from reports.pages.parts import ReportPart, anchor, is_by_target, page_url, parts_of
from reports.rules import comments


@dataclass(frozen=True)
class Beside:
    """What stands beside one section, for its writer to choose from. None where there is nothing to show."""

    section: Section
    announced: Announced | None
    earlier: Announced | None
    comments: SectionComments


@dataclass(frozen=True)
class Place:
    """A section as the head and the outline of the page lead to it."""

    section: Section
    url: str
    is_here: bool


@dataclass(frozen=True)
class Way:
    """Another way to show the report."""

    label: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class PartPage:
    """`questions` are by section code, `conflicts` by the name of a text's box.

    `goal_page` is the page of the goal or target of the first section. `openings` is empty but for the whole report:
    the goal or target that begins with a section, by the section's code. `panel_tabs`: the name and label of each tab
    of the panel beside the text. `authorities`: those that this report names, to choose from. `colleagues`: who can be
    named in a comment. `is_first_visit`: whether this browser opens the page for the first time.
    """

    report: Report
    part: ReportPart
    parts: list[ReportPart]
    goal_page: ReportPart
    current: str  # the code that the navigation marks; "" for the whole report
    places: list[Place]
    ways: list[Way]
    openings: dict[str, ReportPart]
    previous: ReportPart | None
    next: ReportPart | None
    by_target: bool
    goals: list[OperationalGoal]
    conflicts: dict[str, list[Conflict]]
    beside: list[Beside]
    panel_tabs: list[tuple[str, str]]
    authorities: list[str]
    colleagues: list[User]
    is_first_visit: bool
    questions: dict[str, list[UnsettledQuestion]]
    suggested: PartSuggestions
    may: dict[str, bool]
    length: ReportLength | None


def part_page(user: User, part: ReportPart, conflicts: Iterable[Conflict], *, is_first_visit: bool = False) -> PartPage:
    """Return the page of a part of a report fetched `with_sections`. `conflicts` are those not settled yet."""
    parts = parts_of(part.report)  # no query: the report came with its sections
    goal_page = next(one for one in parts if part.sections[0] in one.sections)
    before, after = neighbours(part, parts)
    by_target = is_by_target(part.report)
    return PartPage(
        report=part.report,
        part=part,
        parts=parts,
        goal_page=goal_page,
        current="" if part.is_whole else goal_page.code,
        places=places(part, goal_page),
        ways=ways(part, goal_page),
        openings={one.sections[0].code: one for one in parts} if part.is_whole else {},
        previous=before,
        next=after,
        by_target=by_target,
        goals=list(part.target.goals.all()) if by_target and not part.is_whole else [],
        conflicts=conflicts_by_box(conflicts),
        beside=beside(user, part),
        panel_tabs=panel_tabs(part.report),
        authorities=authorities_of(part.report),
        colleagues=comments.colleagues(part.report.country, besides=user) if part.report.is_open else [],
        is_first_visit=is_first_visit,
        questions=unsettled_by_section(part.sections),
        suggested=part_suggestions(user, part.sections),
        may=allowed(user, part.report, "write", "comment"),
        length=report_length(part.report) if part.report.is_open else None,
    )


def neighbours(part: ReportPart, parts: list[ReportPart]) -> tuple[ReportPart | None, ReportPart | None]:
    """Return the pages before and after this one: of goals for a goal, of sections for a section."""
    if part.is_whole:
        return None, None
    if part.is_one_section:
        sections = [(one, section) for one in parts for section in one.sections]
        pages = [ReportPart(one.report, section.code, one.target, one.goal, (section,)) for one, section in sections]
    else:
        pages = parts
    at = [one.code for one in pages].index(part.code)
    return (pages[at - 1] if at else None, pages[at + 1] if at + 1 < len(pages) else None)


def places(part: ReportPart, goal_page: ReportPart) -> list[Place]:
    """Return where the sections are: on this page, or, beside a page of one section, on pages of their own."""
    sections = part.sections if part.is_whole else goal_page.sections
    return [
        Place(
            one,
            f"#{anchor(one.code)}" if one in part.sections else page_url(part.report, one.code),
            one in part.sections,
        )
        for one in sections
    ]


def ways(part: ReportPart, goal_page: ReportPart) -> list[Way]:
    one = gettext("One goal") if goal_page.goal else gettext("One target")
    return [
        Way(gettext("One section"), page_url(part.report, part.sections[0].code), part.is_one_section),
        Way(one, goal_page.url, part.code == goal_page.code),
        Way(gettext("Whole report"), page_url(part.report, codes.WHOLE), part.is_whole),
        Way(gettext("Read as it will print"), reading_url(part.report), False),
    ]


def reading_url(report: Report) -> str:
    return reverse("read", args=[report.country.code, report.form.year])


def beside(user: User, part: ReportPart) -> list[Beside]:
    said = comments_beside(user, part.report, part.sections)
    announced = announcements(part.report, part.sections)
    earlier = earlier_answers(part.report, part.sections)
    return [Beside(one, announced.get(one.code), earlier.get(one.code), said[one.code]) for one in part.sections]


def panel_tabs(report: Report) -> list[tuple[str, str]]:
    previous = report.form.previous
    before = [("announced", gettext("Announced in %(year)s") % {"year": previous.year})] if previous else []
    return [
        *before,
        ("earlier", gettext("Earlier answer")),
        ("guidance", gettext("Guidance")),
        ("comments", gettext("Comments")),
        ("translation", gettext("Translation")),
    ]


def authorities_of(report: Report) -> list[str]:
    """Return the authorities that the contributions of a report fetched `with_sections` name, in their order."""
    rows: Iterable[Contribution] = (row for section in report.sections.all() for row in section.contributions_now)
    return list(dict.fromkeys(row.authority for row in rows if row.authority))


def conflicts_by_box(conflicts: Iterable[Conflict]) -> dict[str, list[Conflict]]:
    """Group conflicts by the name of their text's box on the page: "c12", or "c12-fr" for a translation."""
    boxes: dict[str, list[Conflict]] = {}
    for conflict in conflicts:
        language = conflict.revision.language
        name = f"c{conflict.revision.contribution_id}" + (f"-{language}" if language else "")
        boxes.setdefault(name, []).append(conflict)
    return boxes
