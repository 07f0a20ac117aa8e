"""E-mails about the approvals of officials inside a country."""

from django.urls import reverse
from django.utils.translation import gettext_noop

from reports.models import Answer, Approval, MailKind
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


def notify_approval(approval: Approval) -> None:
    """Tell the official about a request, or the person who asked about the answer.

    If that person is no longer a focal point, all focal points are told.
    """
    report, section = approval.report, approval.section
    subject, sentence = TEXTS[Answer(approval.answer)]
    what = gettext_noop("the whole text") if section is None else section.code
    is_request = approval.answer == Answer.ASKED
    asker = person_or_group(approval.asked_by, focal_points(report.country))
    notification = Notification(
        kind=MailKind.APPROVALS,
        key=f"approval/{approval.pk}/{approval.answer}",
        subject=subject,
        sentence=sentence,
        quote=approval.comment,
        path=reverse("approvals", args=[report.country.code, report.form.year]),
        params=report_params(report, what=what, official=approval.official, asker=approval.asked_by),
        country=report.country,
    )
    enqueue(notification, [approval.official] if is_request else asker)
