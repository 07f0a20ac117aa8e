"""E-mails about the approvals of officials inside a country."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext_noop

from reports.models import Answer, Approval, MailKind, User
from reports.notifications.outbox import Notification, enqueue, report_params
from reports.notifications.recipients import focal_points, person_or_group

# The subject and the sentence for each answer.
TEXTS = {
    Answer.ASKED: (
        gettext_noop("Your approval is requested: report of %(country)s for %(year)s"),
        gettext_noop("%(asker)s asks for your approval of %(what)s in the report of %(country)s for %(year)s."),
    ),
    Answer.GIVEN: (
        gettext_noop("Approved by %(official)s: report of %(country)s for %(year)s"),
        gettext_noop("%(official)s has approved %(what)s in the report of %(country)s for %(year)s."),
    ),
    Answer.DECLINED: (
        gettext_noop("Not approved by %(official)s: report of %(country)s for %(year)s"),
        gettext_noop("%(official)s has not approved %(what)s in the report of %(country)s for %(year)s:"),
    ),
}


def notify_requests(requests: Sequence[Approval]) -> None:
    """Tell an official, in one e-mail, what is asked of them together; at least one, all of one report."""
    first = requests[0]
    notify(first, [first.official], of=requests)


def notify_answer(approval: Approval) -> None:
    """Tell the person who asked; if they are no longer a focal point, all focal points."""
    notify(approval, person_or_group(approval.asked_by, focal_points(approval.report.country)), of=[approval])


def notify(approval: Approval, to: list[User], *, of: Sequence[Approval]) -> None:
    report = approval.report
    subject, sentence = TEXTS[Answer(approval.answer)]
    codes = ", ".join(one.section.code for one in of if one.section)
    what = codes or gettext_noop("the whole text")
    notification = Notification(
        kind=MailKind.APPROVALS,
        key=f"approval/{max(one.pk for one in of)}/{approval.answer}",
        subject=subject,
        sentence=sentence,
        quote=approval.comment,
        path=reverse("approvals", args=[report.country.code, report.form.year]),
        params=report_params(report, what=what, official=approval.official, asker=approval.asked_by),
        country=report.country,
    )
    enqueue(notification, to)
