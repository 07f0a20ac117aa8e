"""E-mails about the sections that a focal point gives to a contributor."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from reports.models import MailKind, Report, User
from reports.notifications.outbox import Notification, enqueue, report_params

SUBJECT = gettext_noop("Sections for you to write: report of %(country)s for %(year)s")
SENTENCE = gettext_noop(
    "%(by)s asks you to write in the report of %(country)s for %(year)s. Sections: %(codes)s. The report is due on "
    "%(due)s."
)


def notify_sections_given(report: Report, user: User, codes: Sequence[str], *, by: User) -> None:
    """Tell a contributor, in one e-mail, about all sections that were given to them at once; at least one."""
    notification = Notification(
        kind=MailKind.REPORTS,
        key=f"given/{report.pk}/{timezone.now().isoformat()}",
        subject=SUBJECT,
        sentence=SENTENCE,
        label=gettext_noop("Your tasks"),
        path=reverse("your_tasks"),
        params=report_params(report, by=by, codes=", ".join(codes)),
        country=report.country,
    )
    enqueue(notification, [user])
