"""What reading, questions, comparison and log ask of the database does not grow with what there is to show."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports.models import Country, ReportingForm
from reports.rules import remarks, workflow, writing
from tests.views import steps
from tests.views.steps import give_back, section, send_in, signed_in

pytestmark = pytest.mark.django_db
BE = "/reports/BE/2014/"
# Session, person and memberships are three of each, and the number of tasks in the head at most five; the rest is the
# page's own.
LIMITS = {
    "review/2.1.A/": 21,
    "questions/": 14,
    "compare/": 17,  # three of them record who opens the submissions
    "log/": 13,
    "2.1/": 22,
    "": 19,
}
OF_SECRETARIAT = ("review/",)


def queries(client, url):
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(url)
    assert answer.status_code == 200, url
    return len(captured)


def ask(submission, row, cast, times):
    for number in range(times):
        for private in (False, True):
            remark = steps.ask(submission, row, f"Question {number}", by=cast.reviewer, private=private)
            remarks.reply(remark, "And?", by=cast.administrator)
        asked = steps.ask(submission, row, f"Settled {number}", by=cast.reviewer)
        remarks.reply(asked, "Here.", by=cast.contributor)
        remarks.settle(asked, by=cast.reviewer)


def test_twenty_remarks_cost_no_more_than_one(written, report, cast):
    """All pages are counted before and after, because the remarks take seconds to write."""
    people = {True: signed_in(cast.reviewer), False: signed_in(cast.focal_point)}

    def counted(page):
        return queries(people[page.startswith(OF_SECRETARIAT)], BE + page)

    first = send_in(report, cast)
    ask(first, section(report, "2.1.A"), cast, 1)
    remarks.mark_as_read(first, section(report, "1.1.A"), by=cast.reviewer)
    give_back(report, cast, "2.1.A")
    second = send_in(report, cast)
    before = {page: counted(page) for page in LIMITS}
    some = report.sections.order_by("question__position")[:12]
    for row in some.all():
        ask(second, row, cast, 2 if row.code != "2.1.A" else 20)
        remarks.mark_as_read(second, row, by=cast.reviewer)
    for _ in range(5):
        give_back(report, cast)
        for row in some.all():
            writing.add_contribution(row, "<p>One more.</p>", by=cast.focal_point, language="en")
        send_in(report, cast)
    form = ReportingForm.objects.get(year=2014)
    for country in Country.objects.exclude(code="BE"):
        workflow.open_report(form, country)
    for page, limit in LIMITS.items():
        after = counted(page)
        assert after <= before[page], page
        assert after <= limit, page


def test_a_form_of_21_sections_costs_no_more_than_one_of_8(begin, cast):
    people = {True: signed_in(cast.reader), False: signed_in(cast.focal_point)}
    pages = ("review/{}/", "questions/", "compare/", "log/")
    costs = {}
    for year, code in ((2013, "1.planned"), (2014, "1.1.B")):
        report = begin(year)
        for row in report.sections.all():
            writing.add_contribution(row, "<p>Text.</p>", by=cast.focal_point, language="en")
        submission = send_in(report, cast)
        for row in report.sections.all():
            steps.ask(submission, row, "Why?", by=cast.reviewer)
        give_back(report, cast)
        for row in report.sections.all():
            writing.set_nothing(row, True, by=cast.focal_point)
        send_in(report, cast)
        for page in pages:
            client = people[page.startswith(OF_SECRETARIAT)]
            costs[page, year] = queries(client, f"/reports/BE/{year}/{page.format(code)}")
    for page in pages:
        assert costs[page, 2014] <= costs[page, 2013], page
