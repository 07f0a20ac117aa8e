"""The daily notes of the logs: when they go out, and what they show that the database alone cannot."""

import contextlib
import io
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from reports.models import AuditEvent, Record, Role, RoleLog, Step, Submission
from reports.rules import notes, people, workflow
from tests.database import create_triggers, drop_triggers

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TOMORROW = NOW + timedelta(days=1)


@pytest.fixture
def published(report, written, cast):
    workflow.take_step(report, Step.SEND_IN, by=cast.focal_point)
    workflow.take_step(report, Step.ACCEPT, by=cast.reviewer)
    workflow.take_step(report, Step.PUBLISH, by=cast.administrator)
    people.invite("new@police.example", by=cast.focal_point, role=Role.CONTRIBUTOR, country=report.country)
    return report


@pytest.fixture
def noted(published, settings, tmp_path):
    """A note in a folder of another machine."""
    (tmp_path / "elsewhere").mkdir()
    settings.NOTES_TO = str(tmp_path / "elsewhere")
    assert notes.send_due(NOW)
    (note,) = (tmp_path / "elsewhere").iterdir()
    return note


def against(note):
    said = io.StringIO()
    with contextlib.suppress(CommandError):
        call_command("verify_log", against=note, stdout=said, stderr=said)
    return said.getvalue()


def behind_the_back(rows, **values):
    drop_triggers()
    assert rows.update(**values)
    create_triggers()


def test_a_note_fits_the_database_that_it_was_made_of(noted, cast):
    kinds = [line.split()[0] for line in noted.read_text().splitlines()]
    assert kinds == ["BE", "submission", "record", "roles", "events"]
    assert "are intact" in against(noted)
    people.invite("later@police.example", by=cast.administrator, role=Role.READER, country=None)
    assert "are intact" in against(noted)


def test_a_forged_record_differs_from_the_note(noted):
    """The attacker has the database, the disk and even the key: only the note tells."""
    record = Record.objects.get()
    sha256 = "1" * 64
    behind_the_back(Record.objects.filter(pk=record.pk), sha256=sha256)
    assert "BE 2014: record 1 differs from the list." in against(noted)


def test_a_forged_submission_differs_from_the_note(noted):
    behind_the_back(Submission.objects.all(), sha256="1" * 64)
    assert "BE 2014: submission 1 differs from the list." in against(noted)


def test_a_forged_role_differs_from_the_note(noted, cast):
    behind_the_back(RoleLog.objects.all(), by=cast.reader)
    assert "roles: the rows up to" in against(noted)


def test_a_forged_event_differs_from_the_note(noted):
    behind_the_back(AuditEvent.objects.filter(event="role_given"), person=None)
    assert "events: the rows up to" in against(noted)


def test_a_deleted_report_differs_from_the_note(noted):
    noted.write_text(noted.read_text().replace("BE 2014", "FR 2014"))
    said = against(noted)
    assert "FR 2014: entry 4 of the log differs" in said
    assert "FR 2014: submission 1 differs" in said


@pytest.mark.parametrize("line", ["BE 2014", "record BE", "guess BE 2014 1 00", "BE year 1 00", "roles x 00", "a b"])
def test_what_is_no_note_is_refused(db, tmp_path, line):
    (tmp_path / "other.txt").write_text(f"{line}\n")
    with pytest.raises(CommandError, match="not a list written with --note"):
        call_command("verify_log", against=tmp_path / "other.txt")


def test_a_note_goes_out_once_a_day_by_mail(published, settings):
    settings.NOTES_TO = "notary@audit.example"
    assert [notes.send_due(NOW), notes.send_due(NOW)] == [True, False]
    (sent,) = [one for one in mail.outbox if one.to == ["notary@audit.example"]]
    assert "verify_log --against" in sent.body
    ((name, content, _type),) = sent.attachments
    assert name.endswith(".txt")
    assert content.splitlines()[0].startswith("BE 2014 4 ")


def test_nothing_new_sends_nothing(noted, cast):
    assert not notes.send_due(TOMORROW)
    people.invite("later@police.example", by=cast.administrator, role=Role.READER, country=None)
    assert not notes.send_due(TOMORROW)  # it was looked at that day
    assert notes.send_due(TOMORROW + timedelta(days=1))
    assert len(list(noted.parent.iterdir())) == 2


def test_a_failed_note_is_tried_again_and_stops_nothing(published, settings, tmp_path):
    settings.NOTES_TO = str(tmp_path / "file")
    (tmp_path / "file").write_text("not a folder")
    said = io.StringIO()
    call_command("send_reminders", stdout=said, stderr=said)
    assert "could not be sent to" in said.getvalue()
    assert "e-mails sent." in said.getvalue()
    (tmp_path / "file").unlink()
    call_command("send_reminders", stdout=said, stderr=said)
    assert len(list((tmp_path / "file").iterdir())) == 1


def test_without_the_setting_nothing_leaves(published, settings):
    assert not notes.send_due(NOW)
    with pytest.raises(CommandError, match="Set NOTES_TO"):
        call_command("send_notes")


def test_an_empty_portal_sends_no_note(db, settings, tmp_path):
    settings.NOTES_TO = str(tmp_path)
    assert not notes.send_due(NOW)
