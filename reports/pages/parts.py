"""A report's parts: the pages it is filled in on, one for each goal, or target where the form is by target."""

from dataclasses import dataclass
from itertools import groupby

from django.db.models import Q, QuerySet
from django.urls import reverse

from reports.models import OperationalGoal, PolicyTarget, Report, Section


@dataclass(frozen=True)
class Part:
    """The sections that share a page. `goal` is None where the questions are asked of the whole target."""

    report: Report
    code: str
    target: PolicyTarget
    goal: OperationalGoal | None
    sections: tuple[Section, ...]

    @property
    def url(self) -> str:
        return reverse("part", args=[self.report.country.code, self.report.form.year, self.code])

    @property
    def states(self) -> list[str]:
        return [section.state for section in self.sections]


def parts_of(report: Report) -> list[Part]:
    """The parts of a report fetched `with_sections`, in the form's order."""

    parts = []
    for code, group in groupby(report.sections.all(), part_of):
        sections = tuple(group)
        goal = sections[0].question.goal
        target = goal.target if goal else sections[0].question.target
        parts.append(Part(report, code, target, goal, sections))
    return parts


def part_of(section: Section) -> str:
    """The code of the page on which a section is filled in: of its goal "2.1", or of its target "2"."""
    question = section.question
    return question.goal.code if question.goal_id else str(question.target.number)


def sections_of_part(report: Report, part: str) -> QuerySet[Section]:
    """Those of one page, without the rest of the report and without their texts."""
    target, _dot, goal = part.partition(".")
    of_goal = Q(question__goal__target__number=target, question__goal__number=goal or 0)
    of_target = Q(question__goal=None, question__target__number=target)
    return report.sections.filter(of_goal if goal else of_target).select_related("question")


def section_url(section: Section, report: Report) -> str:
    return reverse("part", args=[report.country.code, report.form.year, part_of(section)]) + f"#{anchor(section.code)}"


def anchor(code: str) -> str:
    """A section's id in HTML: "section-1-1-a"."""
    return "section-" + code.lower().replace(".", "-")
