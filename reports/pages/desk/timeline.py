"""How a form came in over time: the days on which reports were first sent in and first accepted."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Min

from reports.models import ReportingForm, Step, StepLog
from reports.pages.desk.rows import today_of

MOST_ROWS = 25  # of the table; with more days than that, a row is shown only every few days


@dataclass(frozen=True)
class Timeline:
    """The days on which reports were first sent in and first accepted, sorted, between two days."""

    start: date
    end: date
    due: date
    until: date  # today, or `end` where that is past
    sent_in: tuple[date, ...]
    accepted: tuple[date, ...]

    def by(self, day: date) -> tuple[int, int]:
        """Return how many had been sent in and accepted at the end of that day."""
        return bisect_right(self.sent_in, day), bisect_right(self.accepted, day)

    @property
    def days(self) -> list[date]:
        """The days of the table: each on which a number changed, or, if these are many, one at regular intervals."""
        fixed = {self.start, self.until} | ({self.due} if self.due <= self.until else set())
        changes = {*self.sent_in, *self.accepted}
        if len(changes) > MOST_ROWS:
            every = (self.until - self.start).days // MOST_ROWS + 1
            changes = {self.start + timedelta(at * every) for at in range(MOST_ROWS)}
        return sorted(day for day in fixed | changes if day <= self.until)

    @property
    def table(self) -> list[tuple[date, int, int, bool]]:
        return [(day, *self.by(day), day == self.due) for day in self.days]


def timeline_of(form: ReportingForm) -> Timeline:
    """Read the days from the log, in one query. A report counts from its first time, whatever happened to it since."""
    zone, today = ZoneInfo(form.time_zone), today_of(form)
    steps = StepLog.objects.filter(report__form=form, step__in=[Step.SEND_IN, Step.ACCEPT]).order_by()
    days: dict[str, list[date]] = {Step.SEND_IN: [], Step.ACCEPT: []}
    for _report, step, at in steps.values_list("report", "step").annotate(Min("at")):
        days[step].append(at.astimezone(zone).date())
    found = sorted(days[Step.SEND_IN] + days[Step.ACCEPT])
    # A form may be opened for a country before its day, and sent in long after: every report is on the chart.
    start = min([form.opens, *found[:1]])
    last = max([form.due, *found[-1:]])
    # Two weeks after the last event the lines have become level; a longer chart would only squeeze the rest.
    end = max(last + timedelta(14) if last < today else last, start + timedelta(1))
    return Timeline(
        start=start,
        end=min(end, max(today, last)),
        due=form.due,
        until=max(start, min(end, today)),
        sent_in=tuple(sorted(days[Step.SEND_IN])),
        accepted=tuple(sorted(days[Step.ACCEPT])),
    )
