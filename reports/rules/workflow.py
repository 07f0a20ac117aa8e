"""The road of a report: one table of steps, one door that changes state."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
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
from reports.rules import chain, documents, records, renderings
from reports.rules.permissions import administers, is_focal_point, reviews


@dataclass(frozen=True)
class Wish:
    """What somebody asks for with a step; each step uses its part of it."""

    comment: str = ""
    sha256: str = ""  # of the document that the person looked at before sending in
    sections: tuple[str, ...] = ()  # the codes to open again; empty: all of them
    due: date | None = None


Need = Callable[[Report, Wish], None]  # raises Problem


def is_being_read(report: Report) -> bool:
    """Whether the secretariat has marked a section of the newest submission as read, or asked about one."""
    last = newest(report)
    if last is None:
        return False
    marked = ReadMark.objects.filter(submission=last, at__gt=last.at).exists()
    return marked or Remark.objects.questions().filter(submission=last).exists()


def not_being_read(report: Report, wish: Wish) -> None:
    if is_being_read(report):
        raise Problem(
            gettext_noop(
                "The secretariat has begun to read this report, so it can no longer be taken back. "
                "Ask the secretariat to return it."
            )
        )


def a_comment(report: Report, wish: Wish) -> None:
    if not wish.comment.strip():
        raise Problem(gettext_noop("Say why: the country reads this comment, and it stays in the log."))


def known_sections(report: Report, wish: Wish) -> None:
    known = set(report.sections.values_list("question__code", flat=True))
    if not set(wish.sections) <= known:
        raise Problem(gettext_noop("Choose sections of this report."))


def everything_settled(report: Report, wish: Wish) -> None:
    left = Remark.objects.unsettled().filter(section__report=report).values_list("section__question__code", flat=True)
    if left:
        raise Problem(
            gettext_noop("Settle every question first. Sections with a question that is not settled: %(sections)s."),
            sections=", ".join(sorted(set(left))),
        )


def a_later_day(report: Report, wish: Wish) -> None:
    if wish.due is None or wish.due <= report.due:
        raise Problem(gettext_noop("Enter a date after the current due date."))


@dataclass(frozen=True)
class Road:
    """Where a step leads from and to (None: the state stays), who may take it, and what it needs."""

    state_from: tuple[State, ...]
    state_to: State | None
    who: Callable[[User, Report], bool]
    needs: tuple[Need, ...] = ()


DRAFT, SUBMITTED, RETURNED, ACCEPTED, PUBLISHED = State
STEPS = {
    Step.SEND_IN: Road((DRAFT, RETURNED), SUBMITTED, is_focal_point),
    Step.WITHDRAW: Road((SUBMITTED,), DRAFT, is_focal_point, (not_being_read,)),
    Step.RETURN: Road((SUBMITTED,), RETURNED, reviews, (a_comment, known_sections)),
    Step.ACCEPT: Road((SUBMITTED,), ACCEPTED, reviews, (everything_settled,)),
    Step.PUBLISH: Road((ACCEPTED,), PUBLISHED, administers),
    Step.REOPEN: Road((ACCEPTED, PUBLISHED), RETURNED, reviews, (a_comment, known_sections)),
    Step.EXTEND: Road((DRAFT, RETURNED), None, administers, (a_comment, a_later_day)),
}


def has_right(user: User, step: Step, report: Report) -> bool:
    """Whether this person is one who may take this step, now or in another state of the report."""
    return STEPS[step].who(user, report)


def may(user: User, step: Step, report: Report) -> bool:
    """Whether this person may take this step now; what it needs besides is asked at the door."""
    return report.state in STEPS[step].state_from and has_right(user, step, report)


@transaction.atomic
def open_report(form: ReportingForm, country: Country, *, by: User | None = None) -> Report:
    """The country's report for that form, begun if it was not: one blank section for each question.

    Raises Problem for a person (`by`) while the form is not open yet; the secretariat's own commands pass none.
    Effects: the report, its sections, the first entry of its log.
    """
    if by and timezone.now() < form.opens_at:
        raise Problem(gettext_noop("The form of %(year)s is not open yet."), year=form.year)
    report, begun = Report.objects.get_or_create(form=form, country=country)
    if begun:
        Section.objects.bulk_create(Section(report=report, question=question) for question in form.questions.all())
        entry = StepLog(report=report, step=Step.OPEN, state_to=report.state, by=by, at=report.opened_at)
        notifications.of_step(chain.append(entry))
    return report


@transaction.atomic
def take_step(report: Report, step: Step, *, by: User, **wish: object) -> Report:
    """The one door that changes a report's state. `wish`: the fields of Wish.

    Effects: the state; one entry of the log's chain; for sending in, one Submission that freezes the document; for
    returning and reopening, which sections are open; for an extension, the due day; e-mails, sent after the commit.
    Raises PermissionDenied, or Problem when the report moved on or something needed is missing.
    """
    report = Report.objects.select_for_update().select_related("form", "country").get(pk=report.pk)
    road, asked = STEPS[step], Wish(**wish)
    if not road.who(by, report):
        raise PermissionDenied
    if report.state not in road.state_from:
        raise moved_on(report)
    for need in road.needs:
        need(report, asked)
    entry = StepLog(report=report, step=step, state_from=report.state, by=by, comment=asked.comment.strip())
    entry.state_to = road.state_to or report.state
    if effect := EFFECTS.get(step):
        effect(report, asked, entry)
    chain.append(entry)
    report.state = entry.state_to
    report.save(update_fields=["state", "extended_to"])
    notifications.of_step(entry)
    return report


def moved_on(report: Report) -> Problem:
    """The sentence for whoever was second: what happened, and by whose hand."""
    last = chain.head(report)
    return Problem(
        gettext_noop(
            "%(who)s changed the state of this report before you, on %(when)s. Your action was not carried "
            "out. Look at the report as it is now."
        ),
        who=str(last.by or ""),
        when=date_format(timezone.localtime(last.at), "DATETIME_FORMAT"),
    )


def newest(report: Report) -> Submission:
    return report.submissions.select_related("by").order_by("number").last()


def send_in(report: Report, wish: Wish, entry: StepLog) -> None:
    """Freezes the document; what was read already of a section that did not change stays read."""
    document = documents.compose(report)
    if wish.sha256 and wish.sha256 != document.sha256():
        raise Problem(
            gettext_noop(
                "The report changed while you were looking at this page, so it was not sent in. "
                "Look through the list again, then send it in."
            )
        )
    before = newest(report)
    entry.submission = Submission.objects.create(
        report=report,
        number=before.number + 1 if before else 1,
        document=document.canonical(),
        sha256=document.sha256(),
        states={section.code: section.state for section in document.sections()},
        log_head=chain.head_hash(report),
        by=entry.by,
    )
    transaction.on_commit(lambda: renderings.ask_submission(entry.submission), robust=True)
    if before:
        same = documents.unchanged(before, entry.submission)
        marks = before.read_marks.filter(section__question__code__in=same)
        ReadMark.objects.bulk_create(
            ReadMark(submission=entry.submission, section_id=mark.section_id, by_id=mark.by_id, at=mark.at)
            for mark in marks
        )


def open_sections(report: Report, wish: Wish, entry: StepLog) -> None:
    """Those that were chosen are open again, the others stay as they were sent in; without a choice, all are open."""
    entry.sections = sorted(wish.sections)
    frozen = report.sections.exclude(question__code__in=wish.sections) if wish.sections else report.sections.none()
    report.sections.update(frozen=False)
    report.sections.filter(pk__in=list(frozen.values_list("pk", flat=True))).update(frozen=True)


def extend(report: Report, wish: Wish, entry: StepLog) -> None:
    entry.due = report.extended_to = wish.due


def publish(report: Report, wish: Wish, entry: StepLog) -> None:
    records.publish(newest(report), entry)


EFFECTS: dict[Step, Callable[[Report, Wish, StepLog], None]] = {
    Step.SEND_IN: send_in,
    Step.RETURN: open_sections,
    Step.REOPEN: open_sections,
    Step.EXTEND: extend,
    Step.PUBLISH: publish,
}


def open_for(form: ReportingForm, countries: Collection[Country], *, by: User) -> int:
    """Opens a form for countries, before its opening day too; how many reports were begun. Raises PermissionDenied."""
    if not administers(by, None):
        raise PermissionDenied
    known = set(form.reports.values_list("country_id", flat=True))
    new = [country for country in countries if country.pk not in known]
    for country in new:
        open_report(form, country)
    return len(new)


@transaction.atomic
def give_extension(form: ReportingForm, country: Country, *, by: User, comment: str, due: date) -> Report:
    """More time for one country, whose report is begun if it was not. All or nothing; raises as `take_step` does."""
    open_for(form, [country], by=by)
    report = Report.objects.get(form=form, country=country)
    return take_step(report, Step.EXTEND, by=by, comment=comment, due=due)
