"""The first page of each person: their tasks, what colleagues have not done yet, and what comes next."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from django.core.paginator import Page, Paginator
from django.utils import timezone
from django.utils.translation import gettext as _

from reports.models import Report, ReportingForm, State, Step, User
from reports.pages.duty_words import Task, day, due, task_of
from reports.pages.wording import state_for_country
from reports.rules import permissions, roles
from reports.rules.duties import Duty, Kind, awaited_by, awaited_of_others

TASKS = 100  # on one page
NAMED = (Kind.REVIEW, Kind.PUBLISH, Kind.SEND_QUESTIONS, Kind.SETTLE)


@dataclass(frozen=True)
class Coming:
    """Something that happens without the user: what, and when."""

    words: str
    when: str


@dataclass(frozen=True)
class ReportLine:
    """A report of the user's country, with its progress and its state."""

    report: Report
    state: str
    due: str


@dataclass(frozen=True)
class HomePage:
    """`mine`: what is to be done, a page of it, with its `tasks` in words; `others`: what colleagues have not done.
    `reports`: the newest report first."""

    mine: Page[Duty]
    tasks: list[Task]
    others: list[Task]
    coming: list[Coming]
    reports: list[ReportLine]
    has_role: bool
    at_desk: bool


def home_page(user: User, number: str) -> HomePage:
    """Return the page; `number` is that of the page of tasks. A wrong one is the nearest."""
    awaited, others = awaited_by(user), awaited_of_others(user)
    mine = Paginator(awaited, TASKS).get_page(number)
    reports = reports_of(user)
    forms = list(ReportingForm.objects.order_by("opens"))
    coming = [*of_reports(user, reports), *of_forms(user, forms)]
    return HomePage(
        mine=mine,
        tasks=in_words(list(mine), among=awaited),
        others=in_words(others, among=others),
        coming=coming,
        reports=[ReportLine(one, state_for_country(one), due(one) if one.is_open else "") for one in reports],
        has_role=bool(user.roles),
        at_desk=permissions.may(user, "use_desk"),
    )


def in_words(duties: Sequence[Duty], *, among: Sequence[Duty]) -> list[Task]:
    """Return the tasks. If those `among` which they are concern several reports, each says which one it is about."""
    several = len({duty.report.pk for duty in among if duty.report}) > 1
    return [replace(task_of(duty), place=place_of(duty) if several else "") for duty in duties]


def place_of(duty: Duty) -> str:
    """Return the report of a task, unless its title names it."""
    report = duty.report
    if report is None or duty.kind in NAMED:
        return ""
    return _("%(country)s, report for %(year)s") % {"country": report.country, "year": report.form.year}


def reports_of(user: User) -> list[Report]:
    """Return the reports of the user's countries, the newest first. One query."""
    countries = roles.countries_of(user)
    if not countries:
        return []
    rows = Report.objects.filter(country__in=countries).select_related("form", "country").with_progress()
    return list(rows.order_by("-form__year", "country"))


def of_reports(user: User, reports: Iterable[Report]) -> Iterator[Coming]:
    """Yield who has each report now, unless it is the user."""
    for report in reports:
        names = {"country": report.country, "year": report.form.year}
        if report.state == State.SUBMITTED:
            yield Coming(_("The secretariat reviews the report of %(country)s for %(year)s") % names, "")
        elif report.state == State.ACCEPTED:
            yield Coming(_("The secretariat publishes the report of %(country)s for %(year)s") % names, "")
        elif report.is_open and not permissions.may(user, Step.SEND_IN, report):
            yield Coming(_("A focal point sends in the report of %(country)s for %(year)s") % names, due(report))


def of_forms(user: User, forms: Iterable[ReportingForm]) -> Iterator[Coming]:
    """Yield the next due day, for the secretariat, and the days on which forms open."""
    now = timezone.now()
    for form in forms:
        if now < form.opens_at:
            yield Coming(_("The form of %(year)s opens") % {"year": form.year}, day(form.opens))
        elif permissions.may(user, "use_desk") and not form.is_past(now):
            yield Coming(_("The reports for %(year)s are due") % {"year": form.year}, day(form.due))
