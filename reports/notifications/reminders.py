"""E-mails about due dates."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_noop

from reports.models import MailKind, Report, User
from reports.notifications.outbox import Notification, enqueue, report_params

BEFORE = (
    gettext_noop("Due on %(due)s: the report of %(country)s for %(year)s"),
    gettext_noop("The report of %(country)s for %(year)s is due on %(due)s, in %(days)s days (%(city)s time)."),
)
TOMORROW = (
    gettext_noop("Due tomorrow: the report of %(country)s for %(year)s"),
    gettext_noop("The report of %(country)s for %(year)s is due tomorrow, %(due)s, until midnight (%(city)s time)."),
)
TODAY = (
    gettext_noop("Due today: the report of %(country)s for %(year)s"),
    gettext_noop("The report of %(country)s for %(year)s is due today, %(due)s, until midnight (%(city)s time)."),
)
PAST = (
    gettext_noop("Past its due date: the report of %(country)s for %(year)s"),
    gettext_noop(
        "The report of %(country)s for %(year)s was due on %(due)s. It can still be sent in; it is then marked as "
        "late. If you need more time, ask the secretariat."
    ),
)


def notify_due_date(report: Report, to: Iterable[User], *, stage: int, days_left: int) -> int:
    """Remind people of a report's due date; return the number of new e-mails.

    `stage` is part of the key, so each reminder is sent once. `days_left` chooses the words: a run that is late sends
    the reminder with the days that are left now. The report need not be saved, as long as the country has not begun.
    """
    code, year = report.country.code, report.form.year
    subject, sentence = PAST if days_left < 0 else {0: TODAY, 1: TOMORROW}.get(days_left, BEFORE)
    notification = Notification(
        kind=MailKind.DEADLINES,
        key=f"reminder/{year}/{code}/{report.due}/{stage}",
        subject=subject,
        sentence=sentence,
        path=reverse("report", args=[code, year]) if report.pk else reverse("my_reports"),
        params=report_params(report, days=days_left, city=report.form.city),
        country=report.country,
    )
    return enqueue(notification, to)
