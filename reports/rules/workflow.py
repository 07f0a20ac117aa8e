"""The steps of a report: one table says where each leads and what it needs, and one function changes the state.

Who may take a step, and from which states, is in rules/permissions.py.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from reports import notifications
from reports.dates import date_format
from reports.document.problem import Problem, gettext_noop
from reports.models import (
    Country,
    ReadMark,
    Remark,
    Report,
    ReportingForm,
    Section,
    State,
    Step,
    StepLog,
    Submission,
    User,
)
from reports.rules import chain, documents, permissions, records, remarks, renderings


@dataclass(frozen=True)
class StepRequest:
    """What a user asks for with a step; each step uses some of the fields."""

    by: User
    comment: str = ""
    sha256: str = ""  # of the document that the user saw before sending in
    sections: tuple[str, ...] = ()  # the codes to open again; empty for all of them
    due: date | None = None
    sent: list[Remark] = field(default_factory=list)  # the questions that go with a return, for its e-mail


Need = Callable[[Report, StepRequest], None]  # raises Problem
Effect = Callable[[Report, StepRequest, StepLog], None]


def is_being_read(report: Report) -> bool:
    """Return whether the secretariat has marked a section of the newest submission as read, or asked about one."""
    last = newest(report)
    if last is None:
        return False
    marked = ReadMark.objects.filter(submission=last, at__gt=last.at).exists()
    # A question that was not sent yet counts too: the secretariat wrote it because it reads.
    return marked or Remark.objects.filter(submission=last, private=False).exists()


def needs_not_being_read(report: Report, request: StepRequest) -> None:
    if is_being_read(report):
        raise Problem(
            gettext_noop(
                "The secretariat has begun to read this report, so it can no longer be taken back. "
                "Ask the secretariat to return it."
            )
        )


def needs_comment(report: Report, request: StepRequest) -> None:
    if not request.comment.strip():
        raise Problem(gettext_noop("Say why: the country reads this comment, and it stays in the log."))


def needs_known_sections(report: Report, request: StepRequest) -> None:
    known = set(report.sections.values_list("question__code", flat=True))
    if not set(request.sections) <= known:
        raise Problem(gettext_noop("Choose sections of this report."))


def needs_everything_settled(report: Report, request: StepRequest) -> None:
    of_report = Remark.objects.filter(section__report=report)
    unsent = of_report.unsent().values_list("section__question__code", flat=True)
    if unsent:
        raise Problem(
            gettext_noop(
                "Send the questions that were not sent yet to the country, or take them back. Their sections: "
                "%(sections)s."
            ),
            sections=", ".join(sorted(set(unsent))),
        )
    left = of_report.unsettled().values_list("section__question__code", flat=True)
    if left:
        raise Problem(
            gettext_noop("Settle every question first. Sections with a question that is not settled: %(sections)s."),
            sections=", ".join(sorted(set(left))),
        )


def needs_later_day(report: Report, request: StepRequest) -> None:
    if request.due is None or request.due <= report.due:
        raise Problem(gettext_noop("Enter a date after the current due date."))


@transaction.atomic
def open_report(form: ReportingForm, country: Country, *, by: User | None = None) -> Report:
    """Return the country's report for that form; create it, with a blank section for each question, if need be.

    Raise Problem for a user (`by`) while the form is not open yet; the secretariat's own commands pass none.
    Effects: the report, its sections, the first entry of its log.
    """
    if by and timezone.now() < form.opens_at:
        raise Problem(gettext_noop("The form of %(year)s is not open yet."), year=form.year)
    report, begun = Report.objects.get_or_create(form=form, country=country)
    if begun:
        Section.objects.bulk_create(Section(report=report, question=question) for question in form.questions.all())
        entry = StepLog(report=report, step=Step.OPEN, state_to=report.state, by=by, at=report.opened_at)
        notifications.notify_step(chain.append(entry))
    return report


@transaction.atomic
def take_step(
    report: Report,
    step: Step,
    *,
    by: User,
    comment: str = "",
    sha256: str = "",
    sections: Collection[str] = (),
    due: date | None = None,
) -> Report:
    """Take a step: the only function that changes a report's state. What else it takes is described at StepRequest.

    Effects: the state; one entry of the log's chain; for sending in, one Submission that freezes the document; for
    returning and reopening, which sections are open; for returning, the questions that were not sent yet are sent; for
    an extension, the due day; e-mails, sent after the commit. Raise PermissionDenied, or Problem when the report moved
    on or something needed is missing.
    """
    report = Report.objects.select_for_update().select_related("form", "country").get(pk=report.pk)
    transition, request = TRANSITIONS[step], StepRequest(by, comment, sha256, tuple(sections), due)
    if not permissions.has_right(by, step, report):
        raise PermissionDenied
    if not permissions.may(by, step, report):
        raise moved_on(report)
    for need in transition.needs:
        need(report, request)
    entry = StepLog(report=report, step=step, state_from=report.state, by=by, comment=request.comment.strip())
    entry.state_to = transition.state_to or report.state
    if transition.effect:
        transition.effect(report, request, entry)
    chain.append(entry)
    report.state = entry.state_to
    report.save(update_fields=["state", "extended_to"])
    notifications.notify_step(entry, questions=request.sent)
    return report


def moved_on(report: Report) -> Problem:
    """Return the sentence for the second of two users: what happened, and who did it."""
    last = chain.head(report)
    return Problem(
        gettext_noop(
            "%(who)s changed the state of this report before you, on %(when)s. Your action was not carried "
            "out. Look at the report as it is now."
        ),
        who=str(last.by or "") if last else "",
        when=date_format(timezone.localtime(last.at), "DATETIME_FORMAT") if last else "",
    )


def newest(report: Report) -> Submission | None:
    return report.submissions.select_related("by").order_by("number").last()


def send_in(report: Report, request: StepRequest, entry: StepLog) -> None:
    """Freeze the document. A section that did not change since the last submission keeps its read mark."""
    document = documents.compose(report)
    if request.sha256 and request.sha256 != document.sha256():
        raise Problem(
            gettext_noop(
                "The report changed while you were looking at this page, so it was not sent in. "
                "Look through the list again, then send it in."
            )
        )
    before = newest(report)
    submission = Submission.objects.create(
        report=report,
        number=before.number + 1 if before else 1,
        document=document.canonical(),
        sha256=document.sha256(),
        states={section.code: section.state for section in document.sections()},
        log_head=chain.head_hash(report),
        by=request.by,
    )
    entry.submission = submission
    transaction.on_commit(lambda: renderings.request_submission(submission), robust=True)
    if before:
        same = documents.unchanged(before, submission)
        marks = before.read_marks.filter(section__question__code__in=same)
        ReadMark.objects.bulk_create(
            ReadMark(submission=submission, section_id=mark.section_id, by_id=mark.by_id, at=mark.at) for mark in marks
        )


def open_sections(report: Report, request: StepRequest, entry: StepLog) -> None:
    """Open the chosen sections and freeze the others; without a choice, open all of them."""
    entry.sections = sorted(request.sections)
    frozen = (
        report.sections.exclude(question__code__in=request.sections) if request.sections else report.sections.none()
    )
    report.sections.update(frozen=False)
    report.sections.filter(pk__in=list(frozen.values_list("pk", flat=True))).update(frozen=True)


def give_back(report: Report, request: StepRequest, entry: StepLog) -> None:
    """Return the report, with the questions that were not sent yet: the country gets it with all that is asked."""
    request.sent.extend(remarks.mark_as_sent(report, by=request.by))
    open_sections(report, request, entry)


def extend(report: Report, request: StepRequest, entry: StepLog) -> None:
    entry.due = report.extended_to = request.due


def publish(report: Report, request: StepRequest, entry: StepLog) -> None:
    records.publish(report.submissions.latest("number"), entry)


@dataclass(frozen=True)
class Transition:
    """Where a step leads (None: the state stays), what it needs, and what it does besides."""

    state_to: State | None
    needs: tuple[Need, ...] = ()
    effect: Effect | None = None


TRANSITIONS = {
    Step.SEND_IN: Transition(State.SUBMITTED, effect=send_in),
    Step.WITHDRAW: Transition(State.DRAFT, (needs_not_being_read,)),
    Step.RETURN: Transition(State.RETURNED, (needs_comment, needs_known_sections), give_back),
    Step.ACCEPT: Transition(State.ACCEPTED, (needs_everything_settled,)),
    Step.PUBLISH: Transition(State.PUBLISHED, effect=publish),
    Step.REOPEN: Transition(State.RETURNED, (needs_comment, needs_known_sections), open_sections),
    Step.EXTEND: Transition(None, (needs_comment, needs_later_day), extend),
}


def open_for(form: ReportingForm, countries: Collection[Country], *, by: User) -> int:
    """Open a form for countries, also before its opening day; return how many reports are new.

    Raise PermissionDenied.
    """
    permissions.check(by, "manage_forms")
    known = set(form.reports.values_list("country_id", flat=True))
    new = [country for country in countries if country.pk not in known]
    for country in new:
        open_report(form, country)
    return len(new)


@transaction.atomic
def give_extension(form: ReportingForm, country: Country, *, by: User, comment: str, due: date) -> Report:
    """Give one country more time; create its report if need be. Raise as `take_step` does."""
    open_for(form, [country], by=by)
    report = Report.objects.get(form=form, country=country)
    return take_step(report, Step.EXTEND, by=by, comment=comment, due=due)
