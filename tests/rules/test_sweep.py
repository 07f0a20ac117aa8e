"""What is deleted by itself, and what stays."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from reports.document.pdf_identity import DRAFT, FINAL
from reports.models import Mail, MailKind, Rendering, Revision, RoleLog
from reports.rules import documents, people, renderings, sweep
from tests.accounts import later

pytestmark = pytest.mark.django_db


def session(age):
    store = SessionStore()
    store["a"] = 1
    store.set_expiry(age)
    store.save()
    return store.session_key


@pytest.fixture
def mails(cast, report):
    """Three e-mails: sent, never to be sent, and still to be sent."""
    Mail.objects.all().delete()
    for name in ("sent", "never", "waiting"):
        people.invite(f"{name}@justice.example", by=cast.focal_point, role="contributor", country=report.country)
    now = timezone.now()
    Mail.objects.filter(to__email__startswith="sent").update(claimed_at=now, sent_at=now)
    Mail.objects.filter(to__email__startswith="never").update(claimed_at=now, trouble="refused")


def receivers():
    invitations = Mail.objects.filter(kind=MailKind.INVITATION, to__email__endswith="@justice.example").select_related(
        "to"
    )
    return {mail.to.email.split("@")[0] for mail in invitations}


def test_expired_sessions_end_and_others_stay(db):
    kept, _gone = session(3600), session(60)
    sweep.sweep(timezone.now() + timedelta(minutes=30))
    assert set(Session.objects.values_list("session_key", flat=True)) == {kept}


def test_what_is_known_of_a_browser_goes_with_its_session(cast):
    kept, gone = session(3600), session(60)
    for key in (kept, gone):
        UserSession.objects.create(user=cast.focal_point, ip="192.0.2.1", user_agent="Browser", session_key=key)
    sweep.sweep(timezone.now() + timedelta(minutes=30))
    assert set(UserSession.objects.values_list("session_key", flat=True)) == {kept}
    assert gone


def test_old_mails_go_and_one_still_to_be_sent_stays(mails):
    sweep.sweep(timezone.now() + sweep.MAILS_KEPT_FOR - timedelta(minutes=1))
    assert receivers() == {"sent", "never", "waiting"}
    sweep.sweep(timezone.now() + sweep.MAILS_KEPT_FOR + timedelta(minutes=1))
    assert receivers() == {"waiting"}


def test_a_draft_that_nobody_asked_for_goes_with_its_file(report, written):
    draft = renderings.request(documents.compose(report), mark=DRAFT)
    final = renderings.request(documents.compose(report), mark=FINAL)
    with later(days=2):
        sweep.sweep(timezone.now())
    assert list(Rendering.objects.all()) == [final]
    assert not renderings.path_of(draft).exists()
    assert renderings.path_of(final).exists()


def test_expired_counts_go_and_running_ones_stay(db):
    cache.set("old", 1, 60)
    cache.set("new", 1, 3600)
    sweep.sweep(timezone.now() + timedelta(minutes=30))
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM cache")
        assert [key for (key,) in cursor.fetchall()] == [":1:new"]


def test_history_and_logs_stay(report, written, mails):
    before = (Revision.objects.count(), report.steps.count(), RoleLog.objects.count())
    sweep.sweep(timezone.now() + timedelta(days=10_000))
    assert (Revision.objects.count(), report.steps.count(), RoleLog.objects.count()) == before
    assert all(before)


def test_the_command_sweeps_once_a_day(mails, capsys):
    call_command("send_reminders")
    gone = session(-60)
    call_command("send_reminders")
    assert Session.objects.filter(session_key=gone).exists()
    with later(days=1, minutes=1):
        call_command("send_reminders")
    assert not Session.objects.filter(session_key=gone).exists()


def test_mails_go_out_when_a_file_cannot_be_deleted(report, written, mails, mailoutbox):
    draft = renderings.request(documents.compose(report), mark=DRAFT)
    renderings.path_of(draft).unlink()
    renderings.path_of(draft).mkdir()
    with later(days=2), pytest.raises(OSError, match=r"director|permitted"):
        call_command("send_reminders")
    assert ["waiting@justice.example"] in [mail.to for mail in mailoutbox]
