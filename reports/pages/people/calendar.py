"""A person's dates as an iCalendar file: when each form opens, and when each report is due, with its extension."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlsplit

import icalendar
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from reports.models import Country, Report, ReportingForm, User
from reports.rules import permissions, roles


@dataclass(frozen=True)
class CalendarDay:
    """One date. `key` never changes: a calendar that reads the file again then moves the event, and adds no second."""

    key: str
    day: date
    title: str
    about: str
    path: str


def dates_of(user: User) -> list[CalendarDay]:
    """Return the dates of every form: with all extensions for the secretariat, else for the user's countries."""
    forms = list(ReportingForm.objects.order_by("year"))
    countries = roles.countries_of(user)
    at_secretariat = permissions.may(user, "use_desk")
    reports = Report.objects.select_related("form", "country")
    reports = reports.exclude(extended_to=None) if at_secretariat else reports.filter(country__in=countries)
    found = {(report.form_id, report.country_id): report for report in reports}
    days = [opens(form) for form in forms]
    if at_secretariat:
        days += [due_of_form(form) for form in forms]
        days += [due_of_country(report.form, report.country, report) for report in found.values()]
    else:
        days += [
            due_of_country(form, country, found.get((form.pk, country.pk))) for form in forms for country in countries
        ]
    return sorted(days, key=lambda one: (one.day, one.key))


def opens(form: ReportingForm) -> CalendarDay:
    title = _("The reporting form of %(year)s opens") % {"year": form.year}
    return CalendarDay(
        f"opens-{form.year}", form.opens, title, _("%(city)s time.") % {"city": form.city}, reverse("home")
    )


def due_of_form(form: ReportingForm) -> CalendarDay:
    title = _("Reports for %(year)s are due") % {"year": form.year}
    return CalendarDay(f"due-{form.year}", form.due, title, until_midnight(form), reverse("desk", args=[form.year]))


def due_of_country(form: ReportingForm, country: Country, report: Report | None) -> CalendarDay:
    said = {"country": country, "year": form.year}
    path = reverse("report", args=[country.code, form.year]) if report else reverse("my_reports")
    is_extended = report is not None and report.extended_to is not None
    about = (_("Extension given by the secretariat.") + " " if is_extended else "") + until_midnight(form)
    title = _("Due: the report of %(country)s for %(year)s") % said
    return CalendarDay(f"due-{form.year}-{country.code}", report.due if report else form.due, title, about, path)


def until_midnight(form: ReportingForm) -> str:
    return _("Until the end of this day, %(city)s time (%(zone)s).") % {"city": form.city, "zone": form.time_zone}


def calendar(days: Iterable[CalendarDay], site: str) -> bytes:
    """Return the dates as all-day events in an iCalendar file (RFC 5545). `site` is the portal's own address."""
    made = icalendar.Calendar()
    made.add("prodid", "-//Global Alliance//Country reports//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", _("Country reports"))
    for one in days:
        event = icalendar.Event()
        event.add("uid", f"{one.key}@{urlsplit(site).hostname}")
        event.add("dtstamp", timezone.now())
        event.add("dtstart", one.day)
        event.add("dtend", one.day + timedelta(days=1))  # the end of an all-day event is exclusive (RFC 5545, 3.6.1)
        event.add("summary", one.title)
        event.add("description", f"{one.about}\n{site}{one.path}")
        event.add("url", site + one.path)
        event.add("transp", "TRANSPARENT")  # a due day does not make the person busy
        made.add_component(event)
    content: bytes = made.to_ical()
    return content
