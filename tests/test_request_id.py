"""The id of a request: in the header, on the error page, in the log and in the audit trail. Refusals are one line."""

import io
import logging
import re

import pytest
from allauth.usersessions.models import UserSession
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.test import Client

from reports.models import AuditEvent
from reports.rules import addresses, administration
from reports.views.people import invitation
from reports.views.public import verify

ID = r"[2-9A-Z]{3}-[2-9A-Z]{3}-[2-9A-Z]{3}"
PASSWORD = "correct horse battery"


@pytest.fixture
def log(monkeypatch):
    """What the server's console gets."""
    handler = next(one for one in logging.getLogger().handlers if one.name == "console")
    stream = io.StringIO()
    before = handler.setStream(stream)
    yield stream
    handler.setStream(before)


def events():
    return list(AuditEvent.objects.order_by("pk").values_list("event", flat=True))


def sign_in(client, email, password=PASSWORD):
    return client.post("/sign-in/", {"login": email, "password": password})


def test_each_request_has_its_own_id(client, db):
    ids = [client.get("/help/", headers={"X-Request-ID": "mine"})["X-Request-ID"] for _ in range(3)]
    assert all(re.fullmatch(ID, one) for one in ids)
    assert len(set(ids)) == 3


def test_an_error_page_shows_the_id_that_the_log_has(client, db, log, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr(verify.records, "verify", lambda digest: 1 / 0)
    answer = client.get(f"/verify/?sha256={'0' * 64}")
    number = answer["X-Request-ID"]
    assert answer.status_code == 500
    assert f"number {number} of" in answer.content.decode()
    lines = log.getvalue().splitlines()
    assert re.match(rf"\d{{4}}-\d\d-\d\d \d\d:\d\d:\d\d,\d{{3}} ERROR \[{number}\] ", lines[0])
    assert any("Traceback" in line for line in lines)


@pytest.mark.parametrize("address", ["/nothing/", "/reports/BE/2014/"])
def test_a_page_that_is_refused_shows_its_id(client, cast, log, address):
    client.force_login(cast.reviewer)
    answer = client.get(address)
    assert answer.status_code in (403, 404)
    assert f"Reference: {answer['X-Request-ID']}" in answer.content.decode()
    assert f"[{answer['X-Request-ID']}]" in log.getvalue()


def test_a_refused_host_is_one_line_without_traceback(client, db, log):
    assert client.get("/help/", headers={"Host": "evil.example\\nx"}).status_code == 400
    assert len(log.getvalue().splitlines()) == 1


@pytest.mark.parametrize("link", ["/invitation/KEY/", "/address/KEY/", "/password/reset/key/1-KEY/"])
def test_the_log_has_no_link_that_opens_an_account(db, log, link):
    """A form without its token is refused, and the link stays good."""
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(link, {"password": "x"}).status_code == 403
    assert link.replace("KEY", "…") in log.getvalue()
    assert "KEY" not in log.getvalue()


def test_an_error_does_not_write_a_link_or_a_line_into_the_log(client, db, log, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr(invitation.invitations, "read", lambda key: 1 / 0)
    assert client.get("/invitation/KEY%0AERROR%20forged/").status_code == 500
    assert "KEY" not in log.getvalue()
    assert not [line for line in log.getvalue().splitlines() if line.startswith("ERROR")]


@pytest.mark.parametrize("refusal", [PermissionDenied("No."), SuspiciousOperation("No.")])
def test_a_refusal_is_one_line_without_traceback(client, db, log, monkeypatch, refusal):
    def refuse(digest):
        raise refusal

    monkeypatch.setattr(verify.records, "verify", refuse)
    assert client.get(f"/verify/?sha256={'0' * 64}").status_code in (400, 403)
    assert len(log.getvalue().splitlines()) == 1


def test_signing_in_and_out_is_recorded(client, cast):
    sign_in(client, "reviewer@example.org")
    client.post("/sign-out/")
    rows = AuditEvent.objects.order_by("pk")
    assert [(row.event, row.person, row.address) for row in rows] == [
        ("signed_in", cast.reviewer, "127.0.0.1"),
        ("signed_out", cast.reviewer, "127.0.0.1"),
    ]
    assert len({row.request for row in rows}) == 2


def test_a_wrong_password_names_whose_it_was(client, cast):
    sign_in(client, "Reviewer@example.org", "wrong")
    row = AuditEvent.objects.get()
    assert (row.event, row.person, row.about) == ("sign_in_failed", None, cast.reviewer)


def test_stopped_tries_are_recorded_once_for_whom_they_concern(client, cast):
    for _try in range(9):
        sign_in(client, "reviewer@example.org", "wrong")
    assert events() == ["sign_in_failed"] * 5 + ["tries_stopped"]
    assert AuditEvent.objects.latest("pk").about == cast.reviewer
    for _try in range(9):
        sign_in(Client(REMOTE_ADDR="192.0.2.1"), "reviewer@example.org", "wrong")
    assert events().count("tries_stopped") == 2


def test_an_unknown_address_is_not_stored(client, cast):
    sign_in(client, "my-password@typed-here.example", "wrong")
    row = AuditEvent.objects.get()
    assert (row.event, row.about, row.detail) == ("sign_in_failed", None, "unknown address")


def test_a_new_password_is_recorded(client, cast):
    client.force_login(cast.reviewer)
    new = "another horse battery"
    client.post("/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert events()[-1] == "password_changed"


def test_asking_for_a_new_password_is_recorded_with_its_request(client, cast):
    answer = client.post("/password/reset/", {"email": "reviewer@example.org"})
    row = AuditEvent.objects.get()
    assert (row.event, row.about, row.address) == ("password_asked", cast.reviewer, "127.0.0.1")
    assert row.request == answer["X-Request-ID"]
    client.post("/password/reset/", {"email": "nobody@example.org"})
    assert AuditEvent.objects.count() == 1


def test_a_changed_address_is_recorded_without_it(cast, monkeypatch):
    tokens = iter(("old", "new"))
    monkeypatch.setattr(addresses, "make_token", lambda: next(tokens))
    addresses.ask("new@justice.example", by=cast.reviewer)
    for token in ("old", "new"):
        addresses.confirm(token)
    row = AuditEvent.objects.get()
    assert (row.event, row.person, row.detail) == ("address_changed", cast.reviewer, "")


def test_closing_and_opening_an_account_are_recorded_once(cast):
    for act in (administration.close_account, administration.reopen_account):
        for _time in range(2):
            act(cast.reader, by=cast.administrator)
    assert events() == ["account_closed", "account_opened"]
    assert {(row.person, row.about) for row in AuditEvent.objects.all()} == {(cast.administrator, cast.reader)}


@pytest.mark.parametrize("all_others", [False, True])
def test_ending_a_session_elsewhere_is_recorded(client, cast, all_others):
    elsewhere = Client()
    for browser in (elsewhere, client):
        sign_in(browser, "reviewer@example.org")
    other = UserSession.objects.exclude(session_key=client.session.session_key).get()
    client.post(f"/account/sessions/{'others' if all_others else other.pk}/end/")
    assert events()[2:] == ["session_ended"]


def test_an_unreadable_network_address_is_left_out(client, cast, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    client.post("/sign-in/", {"login": "x@example.org", "password": "y"}, headers={"X-Forwarded-For": "<script>"})
    assert client.get("/help/", headers={"X-Forwarded-For": "unknown"}).status_code == 200
    assert not AuditEvent.objects.exclude(address=None).exists()
