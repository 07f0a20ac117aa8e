"""The parts of a report: a page of sections for each goal, or for each target where the form is by target."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Q, QuerySet
from django.urls import reverse

from reports.models import Contribution, OperationalGoal, PolicyTarget, Question, Report, Section, codes


@dataclass(frozen=True)
class ReportPart:
    """The sections that share a page. `goal` is None where the questions are asked of the whole target.

    The page of the whole report, whose code is "all", has the target and goal of its first section.
    """

    report: Report
    code: str
    target: PolicyTarget
    goal: OperationalGoal | None
    sections: tuple[Section, ...]

    @property
    def url(self) -> str:
        return page_url(self.report, self.code)

    @property
    def is_whole(self) -> bool:
        return self.code == codes.WHOLE

    @property
    def is_one_section(self) -> bool:
        return self.code == self.sections[0].code

    @property
    def states(self) -> list[str]:
        return [section.state for section in self.sections]


def page_url(report: Report, code: str) -> str:
    """Return the address of the page with this code: a part, one section, or the whole report."""
    return reverse("part", args=[report.country.code, report.form.year, code])


def asked_about(question: Question) -> OperationalGoal | PolicyTarget:
    """Return the goal that a question asks about, or the target where the form is by target."""
    asked = question.goal or question.target
    assert asked  # the constraint question_has_target_or_goal
    return asked


def code_of(asked: OperationalGoal | PolicyTarget) -> str:
    """Return the code of a goal "2.1", or of a target "2"."""
    return asked.code if isinstance(asked, OperationalGoal) else str(asked.number)


def part_code(section: Section) -> str:
    """Return the code of the page on which a section is filled in."""
    return code_of(asked_about(section.question))


def parts_of(report: Report) -> list[ReportPart]:
    """Return the parts of a report in the form's order. The report was fetched `with_sections`."""
    parts = []
    for code, group in groupby(report.sections.all(), part_code):
        sections = tuple(group)
        asked = asked_about(sections[0].question)
        if isinstance(asked, OperationalGoal):
            parts.append(ReportPart(report, code, asked.target, asked, sections))
        else:
            parts.append(ReportPart(report, code, asked, None, sections))
    return parts


def page_of(report: Report, code: str) -> ReportPart | None:
    """Return the part with this code: a goal or target, one section, or the whole report. None if there is none.

    The report was fetched `with_sections`.
    """
    parts = parts_of(report)
    if code == codes.WHOLE and parts:
        sections = tuple(section for part in parts for section in part.sections)
        return ReportPart(report, code, parts[0].target, parts[0].goal, sections)
    for part in parts:
        if part.code == code:
            return part
        for section in part.sections:
            if section.code == code:
                return ReportPart(report, code, part.target, part.goal, (section,))
    return None


def parts_by_target(parts: Iterable[ReportPart]) -> list[tuple[PolicyTarget, list[ReportPart]]]:
    """Group parts, which are in the form's order, under their policy targets."""
    return [(target, list(group)) for target, group in groupby(parts, lambda part: part.target)]


def is_by_target(report: Report) -> bool:
    """Whether the form asks about whole targets. The report was fetched `with_sections`."""
    return not any(section.question.goal_id for section in report.sections.all())


def sections_of_part(report: Report, part: str) -> QuerySet[Section]:
    """Return the sections of one page, without the rest of the report and without their texts."""
    if part == codes.WHOLE:
        return report.sections.select_related("question")
    if not re.fullmatch(codes.PART, part):
        return report.sections.filter(question__code=part).select_related("question")
    target, _dot, goal = part.partition(".")
    of_goal = Q(question__goal__target__number=target, question__goal__number=goal or 0)
    of_target = Q(question__goal=None, question__target__number=target)
    return report.sections.filter(of_goal if goal else of_target).select_related("question")


def contributions_of(sections: Iterable[Section]) -> QuerySet[Contribution]:
    """Return the contributions of these sections, removed ones too."""
    return Contribution.objects.filter(section__in=sections)


def section_url(section: Section, report: Report) -> str:
    """Return the address of the section on the page where it is filled in."""
    return (
        reverse("part", args=[report.country.code, report.form.year, part_code(section)]) + f"#{anchor(section.code)}"
    )


def anchor(code: str) -> str:
    """Return a section's id in HTML: "section-1-1-a"."""
    return "section-" + code.lower().replace(".", "-")
