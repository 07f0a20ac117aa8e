"""The timeline of a form, as a table and as a chart."""

import datetime

import pytest

from reports.pages.desk.chart import APART, ChartSize, chart_of, month_starts
from reports.pages.desk.timeline import Timeline


def day(number):
    return datetime.date(2014, 5, 1) + datetime.timedelta(number)


def timeline(sent_in, accepted, *, end=60, until=60):
    return Timeline(day(0), day(end), day(30), day(until), tuple(map(day, sent_in)), tuple(map(day, accepted)))


def test_table_has_every_day_with_a_change():
    assert timeline([3, 9, 9], [20]).days == [day(0), day(3), day(9), day(20), day(30), day(60)]


def test_long_table_keeps_first_due_and_last_day():
    days = timeline(range(60), [], end=60).days
    assert len(days) < 30
    assert {day(0), day(30), day(60)} <= set(days)


def test_line_climbs_for_each_report_and_ends_today():
    drawn = chart_of(timeline([10, 10, 40], [], until=50), 3, ChartSize(160, 100, left=0, right=40))
    first, _second = drawn.lines
    assert first.path == "M20.0 68.0H20.0V49.3H80.0V40.0H100.0"
    assert first.label == "3 sent in"


def test_labels_of_two_lines_do_not_overlap():
    drawn = chart_of(timeline([10], [12]), 50, ChartSize(1152, 400))
    first, second = (float(line.y) for line in drawn.lines)
    assert second - first >= APART


@pytest.mark.parametrize("years", [0.2, 1, 4, 40])
def test_chart_labels_at_most_six_months(years):
    start = datetime.date(2014, 2, 1)
    months = month_starts(start, start + datetime.timedelta(years * 365), 6)
    assert 1 <= len(months) <= 6
