"""E-mails about comments of colleagues. They go to people of the country only."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_noop

from reports.models import CommentMessage, MailKind, User
from reports.notifications.outbox import Notification, enqueue, report_params

SUBJECT = gettext_noop("A comment names you: section %(code)s of the report of %(country)s for %(year)s")
SENTENCE = gettext_noop(
    "%(who)s names you in a comment on section %(code)s of the report of %(country)s for %(year)s. Only people of "
    "your country see comments."
)


def notify_comment(message: CommentMessage, named: Iterable[User]) -> None:
    """Tell the colleagues whom a message names, each in one e-mail."""
    section = message.comment.contribution.section
    report = section.report
    notification = Notification(
        kind=MailKind.COMMENTS,
        key=f"comment/{message.pk}",
        subject=SUBJECT,
        sentence=SENTENCE,
        quote=message.text,
        path=f"{reverse('comments', args=[report.country.code, report.form.year])}#comment-{message.comment_id}",
        params=report_params(report, code=section.code, who=message.by),
        country=report.country,
    )
    enqueue(notification, named)
