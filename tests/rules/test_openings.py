"""Who opened a submission: one row a day for each person and way, and no way to change it."""

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from reports.models import OpeningKind, SubmissionOpening
from reports.rules import openings
from tests.rules.test_races import together
from tests.views.steps import send_in

pytestmark = pytest.mark.django_db
PDF, JSON = OpeningKind.PDF, OpeningKind.JSON


@pytest.fixture
def sent(written, report, cast):
    return send_in(report, cast)


def listed(sent):
    return sorted((row.by.name, row.by_country, row.kind, row.day.day) for row in openings.of_submission(sent))


def test_an_opening_says_who_how_and_for_which_side(sent, cast):
    openings.record_opening(sent, by=cast.reader, kind=PDF)
    openings.record_opening(sent, by=cast.contributor, kind=JSON)
    assert [row[:3] for row in listed(sent)] == [("contributor", True, "json"), ("reader", False, "pdf")]


def test_a_person_is_listed_once_a_day_for_each_way(sent, cast):
    for day in (3, 3, 4):
        with time_machine.travel(f"2026-12-0{day} 12:00+00:00", tick=False):
            openings.record_opening(sent, by=cast.reader, kind=PDF)
            openings.record_opening(sent, by=cast.reader, kind=JSON)
    reader = ("reader", False)
    assert listed(sent) == [(*reader, "json", 3), (*reader, "json", 4), (*reader, "pdf", 3), (*reader, "pdf", 4)]


def test_the_first_time_of_a_day_stays(sent, cast):
    for hour in (9, 15):
        with time_machine.travel(f"2026-12-03 {hour:02}:00+00:00", tick=False):
            openings.record_opening(sent, by=cast.reader, kind=PDF)
    assert SubmissionOpening.objects.get().at.hour == 9


def test_whoever_may_not_read_it_is_refused(sent, cast):
    with pytest.raises(PermissionDenied):
        openings.record_opening(sent, by=cast.other_country, kind=PDF)
    assert not SubmissionOpening.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_simultaneous_openings_leave_one_row(sent, cast):
    errors = together(lambda number: openings.record_opening(sent, by=cast.reader, kind=PDF), 6)
    assert errors == []
    assert SubmissionOpening.objects.count() == 1
