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

    def key(section: Section) -> str:
        question = section.question
        return question.goal.code if question.goal_id else str(question.target.number)

    parts = []
    for code, group in groupby(report.sections.all(), key):
        sections = tuple(group)
        goal = sections[0].question.goal
        target = goal.target if goal else sections[0].question.target
        parts.append(Part(report, code, target, goal, sections))
    return parts


def asked_on(part: str) -> Q:
    """The sections whose questions are asked on that page: of goal "2.1", or of target "2"."""
    target, _dot, goal = part.partition(".")
    if goal:
        return Q(question__goal__target__number=target, question__goal__number=goal)
    return Q(question__goal=None, question__target__number=target)


def sections_of_part(report: Report, part: str) -> QuerySet[Section]:
    """Those of one page, without the rest of the report and without their texts."""
    return report.sections.filter(asked_on(part)).select_related("question")


def section_url(section: Section, report: Report) -> str:
    question = section.question
    part = question.goal.code if question.goal_id else str(question.target.number)
    return reverse("part", args=[report.country.code, report.form.year, part]) + f"#{anchor(section.code)}"


def anchor(code: str) -> str:
    """A section's id in HTML: "section-1-1-a"."""
    return "section-" + code.lower().replace(".", "-")
