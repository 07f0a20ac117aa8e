"""Reminders of a due date, to the focal points of countries that have not sent in."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_noop

from reports.models import Country, MailKind, Membership, Report, ReportingForm, Role, State, User
from reports.notifications import Notice, post

STAGES = (30, 14, 7, 1, -1)  # days before the due day; the last is the day after it
GIVEN_UP = -7  # a job that did not run for so long after the due day reminds nobody any more
TEXTS = {
    "before": (
        gettext_noop("Due on %(due)s: the report of %(country)s for %(year)s"),
        gettext_noop("The report of %(country)s for %(year)s is due on %(due)s, in %(days)s days (%(city)s time)."),
    ),
    "tomorrow": (
        gettext_noop("Due tomorrow: the report of %(country)s for %(year)s"),
        gettext_noop(
            "The report of %(country)s for %(year)s is due tomorrow, %(due)s, until midnight (%(city)s time)."
        ),
    ),
    "today": (
        gettext_noop("Due today: the report of %(country)s for %(year)s"),
        gettext_noop("The report of %(country)s for %(year)s is due today, %(due)s, until midnight (%(city)s time)."),
    ),
    "past": (
        gettext_noop("Past its due date: the report of %(country)s for %(year)s"),
        gettext_noop(
            "The report of %(country)s for %(year)s was due on %(due)s. It can still be sent in; it is then marked as "
            "late. If you need more time, ask the secretariat."
        ),
    ),
}


def stage(days_left: int) -> int | None:
    """The reminder whose moment has come last; a run that was late sends only that one."""
    if days_left < GIVEN_UP:
        return None
    return next((days for days in reversed(STAGES) if days_left <= days), None)


def text_for(days_left: int) -> str:
    if days_left < 0:
        return "past"
    return {0: "today", 1: "tomorrow"}.get(days_left, "before")


def queue(now: datetime) -> int:
    """Puts every reminder that is due into the outbox; how many are new. Running again adds none."""
    return sum(post(notice, people) for notice, people in due(now))


def due(now: datetime) -> Iterator[tuple[Notice, list[User]]]:
    focal_points: dict[Country, list[User]] = {}
    for row in Membership.objects.filter(role=Role.FOCAL_POINT, user__is_active=True).select_related("user", "country"):
        if row.country:
            focal_points.setdefault(row.country, []).append(row.user)
    for form in ReportingForm.objects.all():
        if now < form.opens_at:
            continue
        begun = Report.objects.filter(form=form).select_related("form", "country")
        reports = {report.country_id: report for report in begun}
        for country, people in focal_points.items():
            report = reports.get(country.pk) or Report(form=form, country=country)
            if report.state == State.DRAFT and (notice := reminder(report, now)):
                yield notice, people


def reminder(report: Report, now: datetime) -> Notice | None:
    today = now.astimezone(ZoneInfo(report.form.time_zone)).date()
    days_left = (report.due - today).days
    which = stage(days_left)
    if which is None:
        return None
    subject, sentence = TEXTS[text_for(days_left)]
    code, year = report.country.code, report.form.year
    return Notice(
        kind=MailKind.DEADLINES,
        key=f"reminder/{year}/{code}/{report.due}/{which}",
        subject=subject,
        sentence=sentence,
        path=f"/reports/{code}/{year}/" if report.pk else "/reports/",
        params={
            "year": year,
            "country": report.country,
            "due": report.due,
            "days": days_left,
            "city": report.form.city,
        },
    )
