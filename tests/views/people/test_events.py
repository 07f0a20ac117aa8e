"""The page of security events: what it shows, its filters, and its limits."""

from datetime import timedelta

import pytest
from django.utils import timezone

from reports.models import AuditEvent, Event, Step
from reports.pages.people import events as pages
from reports.rules import audit, workflow

pytestmark = pytest.mark.django_db
ADDRESS = "/people/events/"


@pytest.fixture
def administrator(client, cast):
    client.force_login(cast.administrator)
    return client


def table(answer):
    """The rows of the table alone: the filters name every event, too."""
    _before, _tag, rest = answer.content.decode().partition("<tbody>")
    return rest.partition("</tbody>")[0]


def test_the_page_says_who_did_what_and_when(administrator, report, written, cast):
    workflow.take_step(report, Step.SEND_IN, by=cast.focal_point)
    audit.record(Event.SUBMISSION_READ, person=cast.reviewer, submission=report.submissions.get())
    rows = table(administrator.get(ADDRESS))
    assert "submission read" in rows
    assert "reviewer" in rows
    assert "Belgium 2014, Submission 1" in " ".join(rows.split())


def test_a_person_is_found_as_actor_and_as_concerned(administrator, cast):
    audit.record(Event.PASSWORD_CHANGED, person=cast.reader)
    audit.record(Event.SIGN_IN_FAILED, about=cast.reader)
    audit.record(Event.SIGNED_OUT, person=cast.reviewer)
    rows = table(administrator.get(ADDRESS, {"person": "READER@example.org"}))
    assert rows.count("<tr>") == 2
    assert "signed out" not in rows


def test_events_are_found_by_kind_and_by_day(administrator, cast):
    audit.record(Event.PASSWORD_CHANGED, person=cast.reader)
    AuditEvent.objects.create(event=Event.PASSWORD_CHANGED, at=timezone.now() - timedelta(days=40))
    assert table(administrator.get(ADDRESS, {"event": "password_changed"})).count("<tr>") == 2
    today = timezone.localdate().isoformat()
    assert table(administrator.get(ADDRESS, {"event": "password_changed", "day": today})).count("<tr>") == 1


def test_what_is_no_day_is_said(administrator):
    page = administrator.get(ADDRESS, {"day": "31.02.2026"}).content.decode()
    assert "This is not a date." in page
    assert 'value="31.02.2026"' in page


@pytest.mark.parametrize(
    "query",
    [
        {"page": "-1"},
        {"page": "٣"},
        {"page": "9" * 400},
        {"event": "'"},
        {"person": "\x00%_" * 500},
        {"day": "9999-12-31"},
    ],
)
def test_nonsense_in_the_address_is_no_error(administrator, query):
    assert administrator.get(ADDRESS, query).status_code == 200


def test_a_page_holds_so_many_and_leads_on(administrator, cast, monkeypatch):
    monkeypatch.setattr(pages, "ROWS", 2)
    for _ in range(5):
        audit.record(Event.PASSWORD_CHANGED, person=cast.reader)
    query = {"person": "reader"}
    seen, pages_seen = 0, 0
    while True:
        answer = administrator.get(ADDRESS, query)
        seen, pages_seen = seen + table(answer).count("<tr>"), pages_seen + 1
        if "Older entries" not in answer.content.decode():
            break
        query["page"] = str(pages_seen + 1)
    assert (seen, pages_seen) == (5, 3)
    assert "person=reader" in answer.content.decode()


def test_a_detail_is_shown_as_text(administrator, cast):
    audit.record(Event.ADMINISTRATION, person=cast.administrator, detail="<script>alert(1)</script>")
    assert "<script>alert(1)" not in administrator.get(ADDRESS).content.decode()


def test_an_event_of_a_later_version_is_shown_by_its_code(administrator):
    AuditEvent.objects.create(event="something_new")
    assert "something_new" in table(administrator.get(ADDRESS))
