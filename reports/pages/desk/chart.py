"""The geometry of the progress chart. Every number is a text already: a comma of a language would break the picture."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Protocol

from django.utils.translation import gettext as _

from reports.dates import date_format

TOP, FOOT = 40, 32  # above the highest line: the due day's name; below the base: the months
APART = 18  # between the names of two lines
MOST_MONTHS = 6
Place = Callable[[Any], float]  # a day or a number -> where it is drawn


class Series(Protocol):
    """What is drawn."""

    start: date
    end: date
    due: date
    until: date
    sent_in: tuple[date, ...]
    accepted: tuple[date, ...]


@dataclass
class Chart:
    """A picture of this size, and what stands in it."""

    width: int
    height: int
    left: int = 32
    right: int = 104
    across: list[dict[str, str]] = field(default_factory=list)
    months: list[dict[str, str]] = field(default_factory=list)
    lines: list[dict[str, str]] = field(default_factory=list)
    due: dict[str, str] = field(default_factory=dict)

    @property
    def base(self) -> int:
        return self.height - FOOT

    @property
    def edge(self) -> int:
        return self.width - self.right

    @property
    def is_wide(self) -> bool:
        return self.width > 600


def chart_of(series: Series, countries: int, chart: Chart) -> Chart:
    """Draws the two lines, cumulative by day, the months below and the due day."""
    highest = max(countries, 3)
    span = max((series.end - series.start).days, 1)

    def x(day: date) -> float:
        return chart.left + (chart.edge - chart.left) * (day - series.start).days / span

    def y(number: float) -> float:
        return chart.base - (chart.base - TOP) * number / highest

    for third in range(4):
        number = highest * third // 3
        chart.across.append({"y": shown(y(number)), "text_y": shown(y(number) + 5), "label": str(number)})
    for day in month_starts(series.start, series.end, 3 if not chart.is_wide else MOST_MONTHS):
        form = "F" if series.start.year == series.end.year else "F Y" if chart.is_wide else "Y"
        chart.months.append({"x": shown(x(day)), "label": date_format(day, form)})
    at = x(series.due)
    anchor = "middle" if chart.left + 60 < at < chart.edge - 20 else "start" if at < chart.width / 2 else "end"
    chart.due = {"x": shown(at), "anchor": anchor, "label": _("due %(day)s") % {"day": date_format(series.due, "j F")}}
    draw(chart, "first", series.sent_in, series, x, y, _("%(number)s sent in"))
    draw(chart, "second", series.accepted, series, x, y, _("%(number)s accepted"))
    keep_apart(chart)
    return chart


def draw(chart: Chart, kind: str, days: Sequence[date], series: Series, x: Place, y: Place, label: str) -> None:
    """One line that climbs a step on each day on which something happened, named at its end."""
    path, number = [f"M{shown(x(min(days, default=series.start)))} {shown(y(0))}"], 0
    for day in sorted(set(days)):
        number += days.count(day)
        path.append(f"H{shown(x(day))}V{shown(y(number))}")
    path.append(f"H{shown(x(series.until))}")
    chart.lines.append(
        {
            "kind": kind,
            "path": "".join(path),
            "x": shown(x(series.until) + 8),
            "y": shown(y(number) + 5),
            "label": label % {"number": number},
        }
    )


def keep_apart(chart: Chart) -> None:
    """Moves the first line's name up where the two would overlap."""
    first, second = chart.lines
    first["y"] = shown(min(float(first["y"]), float(second["y"]) - APART))


def month_starts(start: date, end: date, most: int) -> list[date]:
    """The starts of months between two days, every so many, so that there are no more than `most`. Else the start."""
    day, starts = start, []
    while day <= end:
        if day.day == 1:
            starts.append(day)
        day = (day.replace(day=1) + timedelta(32)).replace(day=1)
    every = next(n for n in (1, 2, 3, 6, 12, 24, 60, 120, 240, 1200) if len(starts) <= most * n)
    return [day for day in starts if every == 1 or (day.year * 12 + day.month - 1) % every == 0] or [start]


def shown(number: float) -> str:
    return f"{number:.1f}"
