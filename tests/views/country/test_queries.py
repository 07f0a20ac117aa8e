"""The number of queries of each page, and that it does not grow with countries, years, sections or contributions."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports.models import Country, Report, ReportingForm, Section, Step
from reports.rules import workflow, writing

pytestmark = pytest.mark.django_db

# Session and person are two of each; the rest is the page's own.
LIMITS = {
    "/reports/": 7,
    "/reports/BE/2014/": 11,
    "/reports/BE/2014/2.1/": 15,
    "/reports/BE/2014/send-in/": 13,
    "/reports/BE/2014/upload/": 6,
    "/reports/BE/2013/1/": 13,
    "/reports/BE/2014/submissions/1/": 7,
    "/desk/2014/": 12,
    "/desk/2014/sections/": 9,
    "/desk/2014/progress/": 7,
    "/desk/2014/goals/2.1/": 8,
    "/desk/countries/BE/": 10,
}


def many_forms(count):
    for year in range(1990, 1990 + count):
        day = datetime.date(year, 1, 1)
        ReportingForm.objects.create(year=year, title=f"{year}", layout="by-goal", opens=day, due=day)


def fill(report, cast):
    for section in report.sections.all():
        for number in range(3):
            writing.add_contribution(section, f"<p>Text {number}.</p>", by=cast.focal_point, language="en")


def queries(client, url):
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(url)
    assert answer.status_code == 200, url
    return len(captured)


@pytest.mark.parametrize("url", LIMITS)
def test_page_queries_do_not_grow(client, begin, cast, url):
    client.force_login(cast.reviewer if url.startswith("/desk") else cast.focal_point)
    report = begin(2014)
    begin(2013)
    if "submissions" in url:
        workflow.take_step(report, Step.SEND_IN, by=cast.focal_point)
    before = queries(client, url)
    if "submissions" not in url:
        fill(report, cast)
    many_forms(20)
    form = report.form
    for country in Country.objects.exclude(code="BE"):
        workflow.open_report(form, country)
    assert Report.objects.count() == 56
    assert Section.objects.count() > 1000
    after = queries(client, url)
    assert after <= before
    assert after <= LIMITS[url]
