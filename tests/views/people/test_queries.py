"""The pages about people ask no more of the database when there are more people, countries, sections or approvals."""

import pytest

from reports.models import Country, Membership, Role, User
from reports.rules import approvals, delegations, people, workflow
from tests.views.country.test_queries import fill, many_forms, queries
from tests.views.steps import signed_in

pytestmark = pytest.mark.django_db

LIMITS = {
    "/people/": 11,
    "/people/?q=a": 11,
    "/people/events/?person=a": 9,
    "/countries/BE/people/": 12,
    "/reports/BE/2014/writers/": 17,
    "/reports/BE/2014/approvals/": 21,
    "/reports/BE/2014/send-in/": 21,
    "/mails/": 12,
    "/calendar.ics": 6,
}


def crowd(count, country):
    """More people with a role, invited and not; some with given sections."""
    for number in range(count):
        user = User.objects.create_user(f"{country.code}{number}@example.org", name=f"Person {number}")
        Membership.objects.create(user=user, country=country, role=Role.CONTRIBUTOR)


def test_pages_about_people_ask_no_more_when_there_are_more(begin, cast):
    clients = {True: signed_in(cast.administrator), False: signed_in(cast.focal_point)}

    def counted(url):
        return queries(clients["people" in url], url)

    report = begin(2014)
    belgium = report.country
    approvals.ask(report, [cast.focal_point], [], by=cast.focal_point)
    delegations.give(report, cast.contributor, {"2.1.A": "own"}, by=cast.focal_point)
    people.invite("new@justice.example", by=cast.administrator, role=Role.READER, country=None)
    before = {url: counted(url) for url in LIMITS}
    crowd(8, belgium)
    fill(report, cast)
    many_forms(20)
    for country in Country.objects.exclude(code="BE"):
        crowd(1, country)
        workflow.open_report(report.form, country)
    colleagues = [m.user for m in belgium.memberships.filter(role=Role.CONTRIBUTOR).select_related("user")]
    for user in colleagues:
        delegations.give(report, user, {"1.1.A": "whole", "2.1.A": "own"}, by=cast.focal_point)
    approvals.ask(report, [*colleagues, cast.focal_point], list(report.sections.all())[:3], by=cast.focal_point)
    for url, limit in LIMITS.items():
        after = counted(url)
        assert after <= before[url], url
        assert after <= limit, url
