"""The desk asks the database as often for 200 countries as for two."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports.models import Country, Membership, ReportingForm, Role
from reports.rules import workflow, writing
from tests.views import steps
from tests.views.html import DESK
from tests.views.steps import send_in

pytestmark = pytest.mark.django_db


def queries(client, place):
    client.get(place)  # the session is saved by a first request
    with CaptureQueriesContext(connection) as captured:
        assert client.get(place).status_code == 200
    return len(captured)


@pytest.fixture
def a_few(begin, cast):
    """Two countries, one sent in with a question, one begun."""
    belgium = begin(2014)
    begin(2014, "IT")
    writing.add_contribution(belgium.sections.all()[0], "<p>Tekst.</p>", by=cast.focal_point, language="nl")
    send_in(belgium, cast)
    steps.ask(belgium.submissions.get(), belgium.sections.all()[0], "How many?", by=cast.reviewer)
    return belgium


def many(form, cast, command):
    """Every country has a report, half of them sent in, and there are twenty more forms."""
    for year in range(1990, 2010):
        day = datetime.date(year, 1, 1)
        other = ReportingForm.objects.create(year=year, title=f"{year}", layout="by-goal", opens=day, due=day)
        workflow.open_report(other, Country.objects.get(code="BE"))
    for at, country in enumerate(Country.objects.exclude(code__in=["BE", "IT"])):
        report = workflow.open_report(form, country)
        for section in report.sections.all()[:3]:
            writing.add_contribution(section, "<p>Text.</p>", by=command, language="en")
        if at % 2:
            Membership.objects.create(user=cast.focal_point, role=Role.FOCAL_POINT, country=country)
            cast.focal_point.__dict__.pop("roles", None)
            send_in(report, cast)
            steps.ask(report.submissions.get(), report.sections.first(), "How many?", by=cast.reviewer)


def test_desk_queries_do_not_grow(client, a_few, cast, command):
    sorts = [f"/desk/2014/?sort={sort}" for sort in ("state", "filled", "questions", "due")]
    places = dict.fromkeys((*DESK, *sorts), cast.reviewer)
    places |= dict.fromkeys(("/forms/", "/forms/2014/"), cast.administrator)

    def counted():
        found = {}
        for place, person in places.items():
            client.force_login(person)
            found[place] = queries(client, place)
        return found

    before = counted()
    many(a_few.form, cast, command)
    assert counted() == before
    assert max(before.values()) <= 14  # two of them for the number of tasks in the head
    assert len({before[place] for place in ("/desk/2014/", *sorts)}) == 1
