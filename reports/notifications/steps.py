"""E-mails about the steps of a report."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from django.urls import reverse
from django.utils.translation import gettext_noop

from reports.models import MailKind, Remark, Step, StepLog
from reports.notifications.outbox import Notification, enqueue, report_params
from reports.notifications.recipients import focal_points, reviewers
from reports.notifications.remarks import listed, texts_of


class Audience(Enum):
    """To whom an e-mail goes; the value is the name of the page that it links to."""

    COUNTRY = "report"
    SECRETARIAT = "review"


@dataclass(frozen=True)
class StepText:
    audience: Audience
    subject: str
    sentence: str
    page: str = ""  # the link's, where it is not the usual one of the audience


TEXTS: dict[Step, tuple[StepText, ...]] = {
    Step.OPEN: (
        StepText(
            Audience.COUNTRY,
            gettext_noop("The form of %(year)s is open for %(country)s"),
            gettext_noop("The secretariat has opened the form of %(year)s for %(country)s. It is due on %(due)s."),
        ),
    ),
    Step.SEND_IN: (
        StepText(
            Audience.SECRETARIAT,
            gettext_noop("%(country)s has sent in its report for %(year)s"),
            gettext_noop("%(who)s has sent in the report of %(country)s for %(year)s."),
        ),
        StepText(
            Audience.COUNTRY,
            gettext_noop("Received: the report of %(country)s for %(year)s"),
            gettext_noop("The secretariat has received the report of %(country)s for %(year)s, sent in by %(who)s."),
        ),
    ),
    Step.WITHDRAW: (
        StepText(
            Audience.SECRETARIAT,
            gettext_noop("%(country)s has taken back its report for %(year)s"),
            gettext_noop("%(who)s has taken back the report of %(country)s for %(year)s. It is a draft again."),
            page="log",
        ),
    ),
    Step.RETURN: (
        StepText(
            Audience.COUNTRY,
            gettext_noop("The report of %(country)s for %(year)s has been returned to you"),
            gettext_noop("The secretariat has returned the report of %(country)s for %(year)s, with this comment:"),
        ),
    ),
    Step.ACCEPT: (
        StepText(
            Audience.COUNTRY,
            gettext_noop("The report of %(country)s for %(year)s has been accepted"),
            gettext_noop("The secretariat has accepted the report of %(country)s for %(year)s. Thank you."),
        ),
    ),
    Step.PUBLISH: (
        StepText(
            Audience.COUNTRY,
            gettext_noop("The report of %(country)s for %(year)s has been published"),
            gettext_noop("The secretariat has published the report of %(country)s for %(year)s."),
        ),
    ),
    Step.REOPEN: (
        StepText(
            Audience.COUNTRY,
            gettext_noop("The report of %(country)s for %(year)s has been reopened"),
            gettext_noop("The secretariat has reopened the report of %(country)s for %(year)s, for this reason:"),
        ),
    ),
    Step.EXTEND: (
        StepText(
            Audience.COUNTRY,
            gettext_noop("Extension for the report of %(country)s for %(year)s"),
            gettext_noop("The report of %(country)s for %(year)s is now due on %(due)s. The secretariat's reason:"),
        ),
    ),
}


def with_questions(comment: str, questions: Sequence[Remark]) -> str:
    return "\n\n".join(filter(None, (comment, listed(texts_of(questions)))))


def notify_step(entry: StepLog, *, questions: Sequence[Remark] = ()) -> None:
    """Tell the country and the secretariat about a step, as TEXTS says; a return with the questions that go with it.

    The person who took the step is told only about sending in, as a receipt. Nobody is told that a country began its
    own report.
    """
    report = entry.report
    if entry.step == Step.OPEN and entry.by_id:
        return
    for text in TEXTS[Step(entry.step)]:
        to_country = text.audience == Audience.COUNTRY
        group = focal_points(report.country) if to_country else reviewers()
        notification = Notification(
            kind=MailKind.REPORTS,
            key=f"step/{entry.pk}",
            subject=text.subject,
            sentence=text.sentence,
            quote=with_questions(entry.comment, questions),
            path=reverse(text.page or text.audience.value, args=[report.country.code, report.form.year]),
            params=report_params(report, who=entry.by),
            country=report.country if to_country else None,
        )
        enqueue(notification, [user for user in group if entry.step == Step.SEND_IN or user != entry.by])
