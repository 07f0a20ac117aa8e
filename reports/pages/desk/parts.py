"""The goals of a form, or its targets where it is by target, with what each asks."""

from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse

from reports.models import OperationalGoal, PolicyTarget, Question, ReportingForm


@dataclass(frozen=True)
class FormPart:
    year: int
    code: str
    asked: OperationalGoal | PolicyTarget
    questions: tuple[Question, ...]

    @property
    def url(self) -> str:
        return reverse("desk_goal", args=[self.year, self.code])

    @property
    def columns(self) -> list[str]:
        """The letter of each question, or its label where it has no letter: "A", "undertaken"."""
        return [question.letter or question.label for question in self.questions]


def parts_of_form(form: ReportingForm) -> list[FormPart]:
    """Return the form's goals, or targets, in its order. One query."""

    def code(question: Question) -> str:
        return question.goal.code if question.goal_id else str(question.target.number)

    questions = form.questions.select_related("target", "goal__target").order_by("position")
    parts = ((key, tuple(group)) for key, group in groupby(questions, code))
    return [FormPart(form.year, key, group[0].goal or group[0].target, group) for key, group in parts]
