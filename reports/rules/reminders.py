"""Reminders of a due date, to the focal points of countries that have not sent in.

They are computed from dates, not scheduled: each run looks which reminder is the latest that is due. The keys of the
e-mails keep a run that is late, repeated or concurrent from sending one twice.
"""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from reports import notifications
from reports.models import Country, Membership, Report, ReportingForm, Role, State, User

STAGES = (30, 14, 7, 1, -1)  # days before the due day; the last is the day after it
LAST_DAY = -7  # from then on a run that comes so late reminds nobody


def stage(days_left: int) -> int | None:
    """Return the reminder that became due last, so that a late run sends only that one; None if there is none."""
    if days_left < LAST_DAY:
        return None
    return next((days for days in reversed(STAGES) if days_left <= days), None)


def enqueue_due(now: datetime) -> int:
    """Write the e-mails of every reminder that is due; return the number of new ones."""
    return sum(remind(report, people, now) for report, people in drafts(now))


def drafts(now: datetime) -> Iterator[tuple[Report, list[User]]]:
    """Yield the drafts of every open form, also those not begun yet (unsaved), with the country's focal points."""
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
            if report.state == State.DRAFT:
                yield report, people


def remind(report: Report, people: list[User], now: datetime) -> int:
    """Write the e-mails of the reminder that is due for this report, if any; return the number of new ones."""
    today = now.astimezone(ZoneInfo(report.form.time_zone)).date()
    days_left = (report.due - today).days
    latest = stage(days_left)
    if latest is None:
        return 0
    return notifications.notify_due_date(report, people, stage=latest, days_left=days_left)
