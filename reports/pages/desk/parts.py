"""The goals of a form, or its targets where it is by target, with what each asks."""

from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse

from reports.models import OperationalGoal, PolicyTarget, Question, ReportingForm
from reports.pages.parts import asked_about, code_of


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
    questions = form.questions.select_related("target", "goal__target").order_by("position")
    return [
        FormPart(form.year, code_of(asked), asked, tuple(group)) for asked, group in groupby(questions, asked_about)
    ]
