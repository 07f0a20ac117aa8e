"""The rows of the desk in words, for its pages and for its files."""

from datetime import date
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.dates import date_format
from reports.models import Report, ReportingForm, State
from reports.pages.desk.rows import NONE, STATES, CountryRow, today_of
from reports.pages.wording import state_for_secretariat
from reports.writers.table import Cell


def state_labels() -> dict[str, str]:
    """Return the secretariat's label of each state, and of a country without a report."""
    return {key: state_for_secretariat(None if key == NONE else Report(state=key)) for key in STATES}


def is_overdue(row: CountryRow, form: ReportingForm, today: date) -> bool:
    return not row.sent_in and row.days_late(form, today) > 0


def due_words(row: CountryRow, form: ReportingForm, today: date) -> str:
    """Say how many days a country has left or is late, and its extension."""
    words = days_words(row, form, today)
    if row.extended:
        words = _("%(days)s, extended to %(day)s") % {"days": words, "day": date_format(row.due, "j F Y")}
    return words


def days_words(row: CountryRow, form: ReportingForm, today: date) -> str:
    late, left = row.days_late(form, today), (row.due - today).days
    if row.sent_in or (row.first and left < 0):
        if late <= 0:
            return _("Sent in on time, returned") if row.state == State.RETURNED else _("On time")
        return ngettext("Sent in %(days)s day late", "Sent in %(days)s days late", late) % {"days": late}
    if left > 0:
        return ngettext("%(days)s day left", "%(days)s days left", left) % {"days": left}
    if left == 0:
        return _("Due today")
    return ngettext("%(days)s day late", "%(days)s days late", -left) % {"days": -left}


def since_words(form: ReportingForm) -> str:
    """Say how far the form's due day is from today: "15 days ago"."""
    left = (form.due - today_of(form)).days
    if left == 0:
        return _("today")
    if left > 0:
        return ngettext("in %(days)s day", "in %(days)s days", left) % {"days": left}
    return ngettext("%(days)s day ago", "%(days)s days ago", -left) % {"days": -left}


def extension_words(row: CountryRow) -> str:
    """Return what follows the state of a report with an extension; "" without one."""
    return _(", extended to %(day)s") % {"day": date_format(row.due, "j F Y")} if row.extended else ""


def headings() -> list[str]:
    """Return the first row of a file of countries."""
    return [
        _("Country"),
        _("Code"),
        _("State"),
        _("Submission"),
        _("Filled in"),
        _("Sections"),
        _("Questions not settled"),
        _("Due"),
        _("Days left"),
        _("Days late"),
        _("Sent in"),
        _("Last activity"),
    ]


def cells(row: CountryRow, form: ReportingForm, total: int, labels: dict[str, str]) -> list[Cell]:
    """Return one row of a file of countries. Times are in the form's time zone."""
    zone, today = ZoneInfo(form.time_zone), today_of(form)
    late, left = row.days_late(form, today), (row.due - today).days
    return [
        row.name,
        row.code,
        labels[row.state],
        row.submission or None,
        row.filled,
        total,
        row.questions,
        row.due,
        left if left >= 0 and not row.sent_in else None,
        late if late > 0 else None,
        row.first.astimezone(zone) if row.first else None,
        row.activity.astimezone(zone) if row.activity else None,
    ]
