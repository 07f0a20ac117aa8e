"""The audit trail: what each event leaves as a row and as a line of JSON."""

import json
import logging
from datetime import timedelta

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.utils import timezone

from reports.models import AuditEvent, Country, Event, Role, Step, Submission, append_only
from reports.request_id import answering
from reports.rules import administration, audit, people, workflow
from tests.database import create_triggers, drop_triggers

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines():
    """The lines that the logger "audit" has written."""
    written = []
    handler = logging.Handler()
    handler.emit = lambda entry: written.append(json.loads(entry.getMessage()))
    logging.getLogger("audit").addHandler(handler)
    yield written
    logging.getLogger("audit").removeHandler(handler)


def events():
    return list(AuditEvent.objects.order_by("pk").values_list("event", flat=True))


def test_an_event_is_a_row_and_a_line(report, written, cast, lines, django_capture_on_commit_callbacks):
    submission = workflow.take_step(report, Step.SEND_IN, by=cast.focal_point) and report.submissions.get()
    with answering("2001:db8::1") as origin, django_capture_on_commit_callbacks(execute=True):
        audit.record(Event.SUBMISSION_READ, person=cast.reviewer, submission=submission)
    row = AuditEvent.objects.latest("pk")
    assert (row.person, row.country.code, row.report, row.address) == (cast.reviewer, "BE", report, "2001:db8::1")
    assert (row.request, row.submission) == (origin.id, submission)
    line = lines.pop()
    assert line.pop("at")
    assert line == {
        "event": "submission_read",
        "person": cast.reviewer.pk,
        "email": "reviewer@example.org",
        "country": "BE",
        "year": 2014,
        "submission": 1,
        "address": "2001:db8::1",
        "request": origin.id,
    }


def test_what_is_rolled_back_leaves_no_event(cast, lines, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        audit.record(Event.DATA_TAKEN, person=cast.reviewer)
        transaction.set_rollback(True)
    assert (events(), lines) == ([], [])


def test_a_line_break_in_a_detail_makes_no_second_line(cast, lines, django_capture_on_commit_callbacks):
    row = AuditEvent(event=Event.ADMINISTRATION, detail='x\n{"event": "signed_in"}\u2028')
    assert len(audit.line_of(row).splitlines()) == 1


def test_roles_given_and_ended_are_recorded(cast):
    belgium = Country.objects.get(code="BE")
    role = people.invite("new@police.example", by=cast.focal_point, role=Role.CONTRIBUTOR, country=belgium)
    people.end_role(role, by=cast.administrator)
    rows = AuditEvent.objects.filter(about=role.user).order_by("pk")
    assert [(row.event, row.person, row.country, row.detail) for row in rows] == [
        ("role_given", cast.focal_point, belgium, "contributor"),
        ("role_ended", cast.administrator, belgium, "contributor"),
    ]


def test_an_administrator_appointed_on_the_server_is_recorded(cast):
    user, _key = administration.appoint_administrator("ada@example.org")
    row = AuditEvent.objects.get(about=user)
    assert (row.event, row.person, row.detail) == ("role_given", None, "administrator, on the server")


def test_a_superuser_made_on_the_server_is_recorded(cast, monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "four sober words together")
    call_command("createsuperuser", interactive=False, email="root@example.org", name="Root", verbosity=0)
    row = AuditEvent.objects.get(about__email="root@example.org")
    assert (row.event, row.person, row.detail) == ("administration", None, "superuser created on the server")
    row.about.save()
    assert AuditEvent.objects.filter(about=row.about).count() == 1


def test_the_administration_is_recorded(cast):
    LogEntry.objects.log_actions(cast.administrator.pk, [cast.reader], CHANGE, [{"changed": {"fields": ["name"]}}])
    row = AuditEvent.objects.get(event="administration")
    assert (row.person, row.about) == (cast.administrator, cast.reader)
    assert "reader" in row.detail
    assert "Changed" in row.detail


def old(event):
    at = timezone.now() - timedelta(days=append_only.FAILURES_KEPT_DAYS + 1)
    return AuditEvent.objects.create(event=event, at=at)


def test_only_old_failures_are_swept(cast):
    kept = [old(Event.SIGNED_IN).pk]
    old(Event.SIGN_IN_FAILED)
    old(Event.TRIES_STOPPED)
    audit.record(Event.SIGN_IN_FAILED)
    assert audit.sweep(timezone.now()) == 2
    assert [row.pk for row in AuditEvent.objects.filter(event="signed_in")] == kept
    assert AuditEvent.objects.filter(event="sign_in_failed").count() == 1


@pytest.mark.parametrize("event", [Event.SIGNED_IN, Event.SUBMISSION_READ])
def test_the_database_keeps_other_old_events(db, event):
    row = old(event)
    with pytest.raises(DatabaseError, match="only added"), transaction.atomic():
        AuditEvent.objects.filter(pk=row.pk)._raw_delete("default")


def test_the_database_keeps_new_failures(db):
    audit.record(Event.SIGN_IN_FAILED)
    with pytest.raises(DatabaseError, match="only added"), transaction.atomic():
        AuditEvent.objects.all()._raw_delete("default")


def test_failures_do_not_fill_the_table(db, monkeypatch, lines, django_capture_on_commit_callbacks):
    monkeypatch.setattr(audit, "MAX_FAILURES_PER_HOUR", 3)
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(5):
            audit.record(Event.SIGN_IN_FAILED)
        audit.record(Event.SIGNED_OUT)
    assert events() == ["sign_in_failed"] * 3 + ["signed_out"]
    assert len(lines) == 6


def test_rebuilt_triggers_still_let_old_failures_go(db):
    drop_triggers()
    create_triggers()
    old(Event.SIGN_IN_FAILED)
    assert audit.sweep(timezone.now()) == 1


def test_many_submissions_are_recorded_in_one_query(
    report, written, begin, cast, lines, django_capture_on_commit_callbacks, django_assert_num_queries
):
    for row, by in ((report, cast.focal_point), (begin(2014, "NL"), cast.other_country)):
        workflow.take_step(row, Step.SEND_IN, by=by)
    rows = list(Submission.objects.select_related("report__country", "report__form"))
    with django_capture_on_commit_callbacks(execute=True), django_assert_num_queries(1):
        audit.record_submissions(Event.SUBMISSION_DOWNLOADED, rows, person=cast.reader, detail="archive")
    assert events() == ["submission_downloaded"] * 2
    assert {line["country"] for line in lines} == {"BE", "NL"}
