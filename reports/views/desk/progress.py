"""How a form came in over time: a chart, and the same in numbers."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.db.models import Min
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from reports.models import ReportingForm, Step, StepLog
from reports.pages.desk.chart import Chart, chart_of
from reports.pages.desk.rows import today_of
from reports.rules import permissions
from reports.views.desk.countries import desk_of

MOST_ROWS = 25  # of the table; more days than that are told by every so many


@dataclass(frozen=True)
class Progress:
    """The days on which reports were first sent in and first accepted, sorted, between two days."""

    start: date
    end: date
    due: date
    until: date  # today, or `end` where that is past
    sent_in: tuple[date, ...]
    accepted: tuple[date, ...]

    def by(self, day: date) -> tuple[int, int]:
        """How many had been sent in and accepted at the end of that day."""
        return bisect_right(self.sent_in, day), bisect_right(self.accepted, day)

    @property
    def days(self) -> list[date]:
        """The days of the table: each on which a number changed, or, if these are many, one every so often."""
        fixed = {self.start, self.until} | ({self.due} if self.due <= self.until else set())
        changes = {*self.sent_in, *self.accepted}
        if len(changes) > MOST_ROWS:
            every = (self.until - self.start).days // MOST_ROWS + 1
            changes = {self.start + timedelta(at * every) for at in range(MOST_ROWS)}
        return sorted(day for day in fixed | changes if day <= self.until)

    @property
    def table(self) -> list[tuple[date, int, int, bool]]:
        return [(day, *self.by(day), day == self.due) for day in self.days]


def progress_of(form: ReportingForm) -> Progress:
    """Read from the log, in one query. A report counts from its first time on, whatever happened to it since."""
    zone, today = ZoneInfo(form.time_zone), today_of(form)
    steps = StepLog.objects.filter(report__form=form, step__in=[Step.SEND_IN, Step.ACCEPT]).order_by()
    days: dict[str, list[date]] = {Step.SEND_IN: [], Step.ACCEPT: []}
    for _report, step, at in steps.values_list("report", "step").annotate(Min("at")):
        days[step].append(at.astimezone(zone).date())
    found = sorted(days[Step.SEND_IN] + days[Step.ACCEPT])
    start = min([form.opens, *found[:1]])
    last = max([form.due, *found[-1:]])
    end = max(last + timedelta(14) if last < today else last, start + timedelta(1))
    return Progress(
        start=start,
        end=min(end, max(today, last)),
        due=form.due,
        until=max(start, min(end, today)),
        sent_in=tuple(sorted(days[Step.SEND_IN])),
        accepted=tuple(sorted(days[Step.ACCEPT])),
    )


@login_required
def desk_progress(request: HttpRequest, year: int) -> HttpResponse:
    permissions.check(request.user, "use_desk")
    found = desk_of(year)
    if found is None:
        raise Http404
    progress = progress_of(found.form)
    wide, narrow = Chart(1152, 400), Chart(358, 320, left=28, right=96)
    context = {
        "desk": found,
        "tab": "progress",
        "progress": progress,
        "sent_in": len(progress.sent_in),
        "accepted": len(progress.accepted),
        "countries": len(found.rows),
        "table": progress.table,
        "charts": [chart_of(progress, len(found.rows), chart) for chart in (wide, narrow)],
    }
    return render(request, "desk/progress.html", context)
