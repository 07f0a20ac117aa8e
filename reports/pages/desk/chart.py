"""The geometry of the progress chart.

Every coordinate is a text already: a template would write a number with the comma of a language, which breaks SVG.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils.translation import gettext as _

from reports.dates import date_format
from reports.pages.desk.timeline import Timeline

TOP, FOOT = 40, 32  # above the highest line: the due day's label; below the base: the months
APART = 18  # between the labels of two lines
MOST_MONTHS, MOST_MONTHS_NARROW = 6, 3


@dataclass(frozen=True)
class ChartSize:
    """The size of a chart, with the margins beside it."""

    width: int
    height: int
    left: int = 32
    right: int = 104

    @property
    def base(self) -> int:
        return self.height - FOOT

    @property
    def edge(self) -> int:
        return self.width - self.right

    @property
    def is_wide(self) -> bool:
        return self.width > 600


@dataclass(frozen=True)
class GridLine:
    y: str
    text_y: str
    label: str


@dataclass(frozen=True)
class MonthLabel:
    x: str
    label: str


@dataclass(frozen=True)
class DueLine:
    x: str
    anchor: str
    label: str


@dataclass(frozen=True)
class ChartLine:
    """A line that climbs a step on each day on which something happened, with a label at its end."""

    kind: str
    path: str
    x: str
    y: str
    label: str


@dataclass(frozen=True)
class Chart(ChartSize):
    across: tuple[GridLine, ...] = ()
    months: tuple[MonthLabel, ...] = ()
    lines: tuple[ChartLine, ...] = ()
    due: DueLine | None = None


@dataclass(frozen=True)
class Scale:
    """Where the days of a timeline and numbers of countries are drawn."""

    size: ChartSize
    timeline: Timeline
    highest: int

    def x(self, day: date) -> float:
        start, end = self.timeline.start, self.timeline.end
        return self.size.left + (self.size.edge - self.size.left) * (day - start).days / max((end - start).days, 1)

    def y(self, number: float) -> float:
        return self.size.base - (self.size.base - TOP) * number / self.highest


def chart_of(timeline: Timeline, countries: int, size: ChartSize) -> Chart:
    """Draw the two lines, cumulative by day, the months below and the due day."""
    scale = Scale(size, timeline, max(countries, 3))
    return Chart(
        size.width,
        size.height,
        size.left,
        size.right,
        across=tuple(grid_line(scale, scale.highest * third // 3) for third in range(4)),
        months=tuple(month_labels(scale)),
        lines=kept_apart(
            line(scale, "first", timeline.sent_in, _("%(number)s sent in")),
            line(scale, "second", timeline.accepted, _("%(number)s accepted")),
        ),
        due=due_line(scale, timeline.due),
    )


def grid_line(scale: Scale, number: int) -> GridLine:
    return GridLine(coordinate(scale.y(number)), coordinate(scale.y(number) + 5), str(number))


def month_labels(scale: Scale) -> list[MonthLabel]:
    """Label the starts of months, with the year where the chart spans two years."""
    start, end, is_wide = scale.timeline.start, scale.timeline.end, scale.size.is_wide
    form = "F" if start.year == end.year else "F Y" if is_wide else "Y"
    days = month_starts(start, end, MOST_MONTHS if is_wide else MOST_MONTHS_NARROW)
    return [MonthLabel(coordinate(scale.x(day)), date_format(day, form)) for day in days]


def due_line(scale: Scale, due: date) -> DueLine:
    """Draw the due day. Near an edge of the chart, its label is beside the line instead of centred on it."""
    at, size = scale.x(due), scale.size
    is_inside = size.left + 60 < at < size.edge - 20
    anchor = "middle" if is_inside else "start" if at < size.width / 2 else "end"
    return DueLine(coordinate(at), anchor, _("due %(day)s") % {"day": date_format(due, "j F")})


def line(scale: Scale, kind: str, days: Sequence[date], label: str) -> ChartLine:
    """Draw a line that climbs a step on each day on which something happened, labelled at its end."""
    path, number = [f"M{coordinate(scale.x(min(days, default=scale.timeline.start)))} {coordinate(scale.y(0))}"], 0
    for day in sorted(set(days)):
        number += days.count(day)
        path.append(f"H{coordinate(scale.x(day))}V{coordinate(scale.y(number))}")
    until = scale.x(scale.timeline.until)
    return ChartLine(
        kind,
        path="".join([*path, f"H{coordinate(until)}"]),
        x=coordinate(until + 8),
        y=coordinate(scale.y(number) + 5),
        label=label % {"number": number},
    )


def kept_apart(upper: ChartLine, lower: ChartLine) -> tuple[ChartLine, ChartLine]:
    """Move the upper line's label up where the two would overlap."""
    return replace(upper, y=coordinate(min(float(upper.y), float(lower.y) - APART))), lower


def month_starts(start: date, end: date, most: int) -> list[date]:
    """Return at most `most` starts of months between two days, at regular intervals; the first day if there is none."""
    day, starts = start, []
    while day <= end:
        if day.day == 1:
            starts.append(day)
        day = (day.replace(day=1) + timedelta(32)).replace(day=1)
    every = next(n for n in (1, 2, 3, 6, 12, 24, 60, 120, 240, 1200) if len(starts) <= most * n)
    return [day for day in starts if every == 1 or (day.year * 12 + day.month - 1) % every == 0] or [start]


def coordinate(number: float) -> str:
    return f"{number:.1f}"
