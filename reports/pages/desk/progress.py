"""How a form came in over time: a chart, and the same in numbers."""

from dataclasses import dataclass
from datetime import date

from reports.pages.desk.chart import Chart, ChartSize, chart_of
from reports.pages.desk.desk import Desk
from reports.pages.desk.timeline import Timeline, timeline_of

SIZES = (ChartSize(1152, 400), ChartSize(358, 320, left=28, right=96))  # for large screens, and for small ones


@dataclass(frozen=True)
class ProgressPage:
    desk: Desk
    tab: str
    progress: Timeline
    sent_in: int
    accepted: int
    countries: int
    table: list[tuple[date, int, int, bool]]
    charts: list[Chart]


def progress_page(desk: Desk) -> ProgressPage:
    timeline, countries = timeline_of(desk.form), len(desk.rows)
    return ProgressPage(
        desk=desk,
        tab="progress",
        progress=timeline,
        sent_in=len(timeline.sent_in),
        accepted=len(timeline.accepted),
        countries=countries,
        table=timeline.table,
        charts=[chart_of(timeline, countries, size) for size in SIZES],
    )
