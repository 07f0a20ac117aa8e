"""The rows of the desk: every country and its report for one form. Numbers, states and times, never a draft's text.

The desk first builds a row for each country, in two queries. What costs more is added later, by the `add_…` functions,
and only to the rows that need it: one query each, whatever the number of rows.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, Max, Min, OuterRef, Q
from django.utils import timezone
from django.utils.translation import get_language

from reports.models import (
    Contribution,
    Country,
    Remark,
    RemarkMessage,
    ReportingForm,
    Revision,
    Section,
    State,
    StepLog,
    Submission,
)
from reports.rules.permissions import SENT_IN

NONE = "none"  # the state of a country that has no report for the form yet
STATES = (NONE, *(state.value for state in State))


@dataclass
class CountryRow:
    """One country and its report for the form.

    `report` is the report's key, `first` the time it was first sent in, `submission` the number of the newest one.
    """

    code: str
    name: str
    due: date
    report: int | None = None
    state: str = NONE
    extended: bool = False
    first: datetime | None = None
    submission: int = 0
    filled: int = 0
    questions: int = 0
    activity: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.state in (State.DRAFT, State.RETURNED)

    @property
    def sent_in(self) -> bool:
        """Whether the secretariat has it: this includes a returned report, but not one that its country took back."""
        return self.state in SENT_IN

    def days_late(self, form: ReportingForm, today: date) -> int:
        """Return how many days after the due day it was first sent in, or is not sent in yet; 0 or fewer is in time."""
        first_day = self.first.astimezone(ZoneInfo(form.time_zone)).date() if self.first else today
        return (first_day - self.due).days


def today_of(form: ReportingForm) -> date:
    """Return today's date in the form's time zone."""
    return timezone.now().astimezone(ZoneInfo(form.time_zone)).date()


def rows_of(form: ReportingForm) -> list[CountryRow]:
    """Return one row for each country, unsorted, in two queries."""
    reports = {
        country: (report, state, extended_to)
        for country, report, state, extended_to in form.reports.order_by().values_list(
            "country_id", "pk", "state", "extended_to"
        )
    }
    rows = []
    language = get_language() or "en"
    # modeltranslation would choose the column itself, but that takes longer than everything else here.
    names = Country.objects.rewrite(False).values_list(  # type: ignore[attr-defined]  # modeltranslation's
        "pk", "code", f"name_{language}", "name_en"
    )
    for pk, code, name, in_english in names:
        report, state, extended_to = reports.get(pk, (None, NONE, None))
        rows.append(
            CountryRow(
                code, name or in_english or code, extended_to or form.due, report, state, extended_to is not None
            )
        )
    return rows


def longest_waiting(form: ReportingForm) -> tuple[str, datetime] | None:
    """Return the country whose report has waited longest for the review, and since when. One query."""
    waiting = form.reports.filter(state=State.SUBMITTED).values_list("country__code")
    return waiting.annotate(since=Max("submissions__at")).order_by("since", "country__code").first()


def add_submissions(rows: Iterable[CountryRow]) -> None:
    """Add when each report was first sent in, and the number of its newest submission. One query."""
    by_report = {row.report: row for row in rows if row.report}
    sent = Submission.objects.filter(report__in=by_report).order_by().values_list("report")
    for report, first, number in sent.annotate(first=Min("at"), newest=Max("number")):
        by_report[report].first, by_report[report].submission = first, number


def add_questions(rows: Iterable[CountryRow], form: ReportingForm) -> None:
    """Add how many questions of the secretariat are not settled. One query."""
    unsettled = Remark.objects.unsettled().filter(section__report__form=form).order_by()
    numbers = dict(unsettled.values_list("section__report").annotate(Count("pk")))
    for row in rows:
        row.questions = numbers.get(row.report, 0) if row.report else 0


def add_progress(rows: Iterable[CountryRow]) -> None:
    """Add how many sections are filled in: text or nothing to report. One query."""
    rows = [row for row in rows if row.report]
    written = Exists(Contribution.objects.live().filter(section=OuterRef("pk")).order_by())
    done = Count("pk", filter=Q(nothing_to_report=True) | Q(written))
    sections = Section.objects.filter(report__in=[row.report for row in rows]).order_by()
    numbers = dict(sections.values_list("report").annotate(done=done))
    for row in rows:
        row.filled = numbers.get(row.report, 0)


def add_activity(rows: Iterable[CountryRow]) -> None:
    """Add when something last happened: a step, a question, an answer or a save. One query."""
    rows = [row for row in rows if row.report]
    every = [row.report for row in rows]
    # Nobody can save in a report that is not open, so its step of sending in is newer than its saves.
    still_open = [row.report for row in rows if row.is_open]
    newest = Max("at")
    steps = StepLog.objects.filter(report__in=every)
    said = RemarkMessage.objects.filter(remark__section__report__in=every, remark__private=False)
    saves = Revision.objects.filter(contribution__section__report__in=still_open)
    found = (
        steps.order_by().values_list("report").annotate(newest=newest),
        said.order_by().values_list("remark__section__report").annotate(newest=newest),
        saves.order_by().values_list("contribution__section__report").annotate(newest=newest),
    )
    # One query returns up to three times for each report; the newest of them is found here.
    times: dict[int, datetime] = {}
    for report, at in found[0].union(*found[1:], all=True):
        times[report] = max(at, times.get(report, at))
    for row in rows:
        row.activity = times.get(row.report) if row.report else None
