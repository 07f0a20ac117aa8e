"""`/health/` and `/health/ready/`, and what the administrator reads when something waits too long."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reports.models import Heartbeat, Mail, Rendering, RenderingState
from reports.rules import people, renderings, workers
from tests.accounts import later

pytestmark = pytest.mark.django_db


def checks(client):
    answer = client.get("/health/ready/")
    return answer.status_code, {name: one["ok"] for name, one in answer.json()["checks"].items()}


@pytest.fixture
def invited(cast, report, settings):
    settings.MAILS_BY_WORKER = True
    people.invite("new@justice.example", by=cast.focal_point, role="contributor", country=report.country)


@pytest.fixture
def waiting_pdf(db):
    return Rendering.objects.create(key="0" * 64, form_language="en", document="{}")


def test_a_living_process_answers_without_the_database(client, django_db_blocker):
    with CaptureQueriesContext(connection) as queries:
        answer = client.get("/health/")
    assert (answer.status_code, answer.json(), len(queries)) == (200, {"alive": True}, 0)
    assert "no-store" in answer["Cache-Control"]


def test_a_portal_in_order_is_ready(client, db):
    status, found = checks(client)
    assert status == 200
    assert set(found) == {"database", "migrations", "storage", "oldest_waiting_pdf", "oldest_waiting_mail"}
    assert all(found.values())


def test_a_missing_migration_is_not_ready(client, db):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'reports' AND name LIKE '0001%%'", [])
    assert checks(client)[0] == 503
    assert not checks(client)[1]["migrations"]


def test_a_storage_that_cannot_be_written_is_not_ready(client, db, settings, tmp_path):
    (tmp_path / "file").write_text("")
    settings.MEDIA_ROOT = tmp_path / "file" / "media"
    status, found = checks(client)
    assert (status, found["storage"], found["database"]) == (503, False, True)


def test_a_mail_that_waits_too_long_is_not_ready(client, invited):
    assert checks(client)[1]["oldest_waiting_mail"] is True
    with later(minutes=31):
        answer = client.get("/health/ready/")
        assert answer.status_code == 503
        assert answer.json()["checks"]["oldest_waiting_mail"]["seconds"] >= 31 * 60
        assert "justice.example" not in answer.content.decode()
        Mail.objects.update(sent_at=timezone.now())
        assert checks(client)[1]["oldest_waiting_mail"] is True


def test_a_pdf_that_waits_too_long_is_not_ready(client, waiting_pdf):
    assert checks(client)[0] == 200
    with later(minutes=11):
        assert checks(client)[1]["oldest_waiting_pdf"] is False


def test_a_worker_that_must_run_has_to_beat(client, db, settings):
    settings.TASKS_BY_WORKER = True
    assert checks(client) == (503, checks(client)[1])
    assert checks(client)[1][workers.PDF_WORKER] is False
    Heartbeat.objects.create(name=workers.PDF_WORKER, at=timezone.now())
    assert checks(client)[0] == 200
    with later(minutes=6):
        assert checks(client)[1][workers.PDF_WORKER] is False


def test_only_the_administrator_reads_what_waits_too_long(client, cast, report, invited, waiting_pdf, settings):
    settings.TASKS_BY_WORKER = True
    with later(minutes=45):
        for role in ("administrator", "reviewer"):
            client.force_login(cast[role])
            page = client.get("/desk/2014/").content.decode()
            sentences = (
                "A PDF has been waiting for 45 minutes. Check the service db_worker",
                "An e-mail has been waiting for 45 minutes. Check the service send_reminders",
                "The service db_worker has never run.",
            )
            assert [sentence in page for sentence in sentences] == [role == "administrator"] * 3


def test_nothing_is_said_while_all_is_in_order(client, cast, report):
    client.force_login(cast.administrator)
    assert "needs attention" not in client.get("/desk/2014/").content.decode()


def test_a_pdf_whose_worker_was_lost_is_made_after_all(report, monkeypatch):
    from reports.rules import documents

    with monkeypatch.context() as lost:
        lost.setattr(renderings, "make", lambda key: None)
        row = renderings.request(documents.compose(report))
    assert row.state == RenderingState.WAITING
    assert renderings.retry_timed_out() == 0
    with later(seconds=renderings.TIMEOUT.total_seconds() + timedelta(minutes=1).total_seconds()):
        assert renderings.retry_timed_out() == 1
    row.refresh_from_db()
    assert renderings.is_ready(row)
