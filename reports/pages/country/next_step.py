"""What to do next with a report: one step, and the tasks that are left before it is sent in."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext as _

from reports.models import Report, State, Submission, User
from reports.pages.duty_words import Task, task_of
from reports.rules.duties import Kind, awaited_by, awaited_of_others


@dataclass(frozen=True)
class NextStep:
    """One step in words; `url` and `button` are "" where the user has nothing to do now."""

    title: str
    text: str = ""
    url: str = ""
    button: str = ""


@dataclass(frozen=True)
class Steps:
    """The next step, what else is the user's, and what colleagues have not done. Sending in has a button of its own."""

    next: NextStep
    mine: list[Task]
    others: list[Task]
    sends_next: bool = False  # the next step is sending in


def steps_of(user: User, report: Report, submissions: Iterable[Submission]) -> Steps:
    mine = [duty for duty in awaited_by(user) if duty.report == report]
    others = [duty for duty in awaited_of_others(user) if duty.report == report]
    tasks = [task_of(duty) for duty in mine]
    step = of_task(tasks[0]) if tasks else without_task(report, list(submissions))
    listed = [task for duty, task in zip(mine, tasks, strict=True) if duty.kind != Kind.SEND_IN]
    own = [replace(task, button="") for task in listed]
    return Steps(step, own, [task_of(duty) for duty in others], sends_next=bool(mine) and mine[0].kind == Kind.SEND_IN)


def of_task(task: Task) -> NextStep:
    return NextStep(_("Next: %(task)s") % {"task": task.title}, task.detail, task.url, task.button)


def without_task(report: Report, submissions: list[Submission]) -> NextStep:
    """Return who has the report now, for somebody who has nothing to do in it; of a published one, its document."""
    if report.state == State.PUBLISHED and submissions:
        number = max(submission.number for submission in submissions)
        url = reverse("submission_pdf", args=[report.country.code, report.form.year, number])
        return NextStep(_("This report is published"), url=url, button=_("Download the official PDF"))
    if report.state == State.ACCEPTED:
        return NextStep(_("The secretariat has accepted this report"), _("It publishes the report next."))
    if report.state == State.SUBMITTED:
        return NextStep(
            _("The secretariat reviews this report"), _("If it has a question, you find it here and in your tasks.")
        )
    return NextStep(_("There is nothing for you to do in this report now"), _("Your focal point sends the report in."))
