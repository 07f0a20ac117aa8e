"""The number of queries of each page, and that it does not grow with countries, years, sections or contributions."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports.models import Country, Report, ReportingForm, Section, Step
from reports.rules import workflow, writing
from tests.views.steps import signed_in

pytestmark = pytest.mark.django_db

# Session and person are two of each, the number of tasks in the head is five of a country's (forms, reports, sections,
# roles and lost devices) and two of the secretariat's; the rest is the page's own.
LIMITS = {
    "/reports/": 12,
    "/reports/BE/2014/": 16,
    "/reports/BE/2014/2.1/": 22,
    "/reports/BE/2014/all/": 22,
    "/reports/BE/2014/read/": 14,
    "/reports/BE/2014/send-in/": 18,
    "/reports/BE/2014/upload/": 11,
    "/reports/BE/2014/translation-files/": 12,
    "/reports/BE/2013/1/": 20,
    "/reports/BE/2014/submissions/1/": 12,
    "/desk/2014/": 14,
    "/desk/2014/sections/": 11,
    "/desk/2014/progress/": 9,
    "/desk/2014/goals/2.1/": 10,
    "/desk/countries/BE/": 12,
}
OF_SUBMISSIONS = ("/reports/BE/2014/submissions/1/",)


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


def test_page_queries_do_not_grow(begin, cast):
    """All pages are counted before and after, because the large state takes seconds to make."""
    people = {True: signed_in(cast.reviewer), False: signed_in(cast.focal_point)}

    def counted(url):
        return queries(people[url.startswith("/desk")], url)

    report = begin(2014)
    begin(2013)
    workflow.take_step(report, Step.SEND_IN, by=cast.focal_point)
    before = {url: counted(url) for url in OF_SUBMISSIONS}
    workflow.take_step(report, Step.WITHDRAW, by=cast.focal_point)
    before |= {url: counted(url) for url in LIMITS if url not in OF_SUBMISSIONS}
    fill(report, cast)
    many_forms(20)
    for country in Country.objects.exclude(code="BE"):
        workflow.open_report(report.form, country)
    assert Report.objects.count() == 56
    assert Section.objects.count() > 1000
    for url, limit in LIMITS.items():
        after = counted(url)
        assert after <= before[url], url
        assert after <= limit, url
