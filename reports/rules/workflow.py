"""The road of a report: one table of steps, one door that changes state."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from reports.document.problem import Problem, gettext_noop
from reports.models import Country, Report, ReportingForm, Section, State, Step, StepLog, Submission, User
from reports.rules import documents, permissions


@dataclass(frozen=True)
class Road:
    """Where a step leads from and to, and the action of permissions.ALLOWED that it needs."""

    state_from: tuple[State, ...]
    state_to: State
    action: str


STEPS = {
    Step.SEND_IN: Road((State.DRAFT, State.RETURNED), State.SUBMITTED, "send_in"),
    Step.WITHDRAW: Road((State.SUBMITTED,), State.DRAFT, "withdraw"),
}


@transaction.atomic
def open_report(form: ReportingForm, country: Country, *, by: User | None = None) -> Report:
    """The country's report for that form, begun if it was not: one blank section for each question.

    Raises Problem for a person (`by`) while the form is not open yet; the secretariat's own commands pass none.
    """
    if by and timezone.now() < form.opens_at:
        raise Problem(gettext_noop("The form of %(year)s is not open yet."), year=form.year)
    report, begun = Report.objects.get_or_create(form=form, country=country)
    if begun:
        Section.objects.bulk_create(Section(report=report, question=question) for question in form.questions.all())
    return report


@transaction.atomic
def take_step(report: Report, step: Step, *, by: User, sha256: str = "", comment: str = "") -> Report:
    """The one door that changes a report's state.

    Effects: the state; one StepLog row; for sending in, one Submission that freezes the document. `sha256` is of the
    document the person looked at before sending in. Raises PermissionDenied, or Problem when the report moved on.
    """
    report = Report.objects.select_for_update().get(pk=report.pk)
    road = STEPS[step]
    if not permissions.has_right(by, road.action, report):
        raise PermissionDenied
    if report.state not in road.state_from:
        raise Problem(
            gettext_noop(
                "Somebody was quicker: this report is no longer where it was. Look at its state and try again."
            )
        )
    submission = freeze(report, by=by, sha256=sha256) if step == Step.SEND_IN else None
    StepLog.objects.create(
        report=report,
        step=step,
        state_from=report.state,
        state_to=road.state_to,
        by=by,
        comment=comment,
        submission=submission,
    )
    report.state = road.state_to
    report.save(update_fields=["state"])
    return report


def freeze(report: Report, *, by: User, sha256: str) -> Submission:
    document = documents.compose(report)
    if sha256 and sha256 != document.sha256():
        raise Problem(
            gettext_noop(
                "The report changed while you were looking at this page, so it was not sent in. "
                "Look through the list again, then send it in."
            )
        )
    return Submission.objects.create(
        report=report,
        number=report.submissions.count() + 1,
        document=document.canonical(),
        sha256=document.sha256(),
        by=by,
    )
