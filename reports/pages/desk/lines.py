"""The rows of the desk in words: for the page, and as cells of a file."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.dates import date_format
from reports.models import Report, ReportingForm, State
from reports.pages.desk.rows import NONE, STATES, Row, today_of
from reports.pages.overview import state_for_secretariat


def state_labels() -> dict[str, str]:
    return {key: state_for_secretariat(None if key == NONE else Report(state=key)) for key in STATES}


def state_signs() -> dict[str, str]:
    """Each state as HTML, rendered once for the whole table."""
    return {
        key: render_to_string("components/report_state.html", {"label": label, "state": "" if key == NONE else key})
        for key, label in state_labels().items()
    }


def review_url(code: str, year: int) -> str:
    return reverse("review", args=[code, year])


def row_url(row: Row, year: int) -> str:
    """Where a country's name leads: to the review of what was sent in, or else to the country's own page."""
    return review_url(row.code, year) if row.sent_in else reverse("desk_country", args=[row.code])


def lines(rows: list[Row], form: ReportingForm, total: int) -> Iterator[SafeString]:
    """Each row as HTML. The template of a row is rendered once, with {places} that are then filled: there may be 60."""
    row_html = render_to_string("desk/row.html", {"total": total})
    signs, today, progress = state_signs(), today_of(form), _("%(country)s, filled in")
    review, country = review_url("AA", form.year), reverse("desk_country", args=["AA"])
    short = cache(lambda day: date_format(day, "j F" if day.year == today.year else "j F Y"))
    due, questions = cache(due_html), cache(questions_html)
    for row in rows:
        late = not row.sent_in and row.days_late(form, today) > 0
        yield format_html(
            row_html,
            url=(review if row.sent_in else country).replace("/AA/", f"/{row.code}/"),
            name=row.name,
            state=signs[row.state],
            submission=_(", submission %(number)s") % {"number": row.submission} if row.submission > 1 else "",
            filled=row.filled,
            progress=progress % {"country": row.name},
            questions=questions(row.questions),
            due=due(due_words(row, form, today), late),
            activity=short(timezone.localdate(row.activity)) if row.activity else "–",
        )


def due_html(words: str, late: bool) -> SafeString:
    return render_to_string("desk/due.html", {"words": words, "late": late})


def questions_html(number: int) -> SafeString:
    return render_to_string("desk/questions.html", {"number": number}) if number else SafeString()


def due_words(row: Row, form: ReportingForm, today: date) -> str:
    """Days left or late for this country, and its extension."""
    words = days_words(row, form, today)
    if row.extended:
        words = _("%(days)s, extended to %(day)s") % {"days": words, "day": date_format(row.due, "j F Y")}
    return words


def days_words(row: Row, form: ReportingForm, today: date) -> str:
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
    """The form's due day in words, as seen from today: "30 June, 15 days ago"."""
    left = (form.due - today_of(form)).days
    if left == 0:
        return _("today")
    if left > 0:
        return ngettext("in %(days)s day", "in %(days)s days", left) % {"days": left}
    return ngettext("%(days)s day ago", "%(days)s days ago", -left) % {"days": -left}


def headings() -> list[str]:
    """The first row of a file of countries."""
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


def cells(
    row: Row, form: ReportingForm, total: int, labels: dict[str, str]
) -> list[str | int | date | datetime | None]:
    """One row of a file of countries; times are in the form's time zone."""
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
