"""Sessions: their page, their end, and signing in again before what matters."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from reports.models import Membership, RoleLog, State, Step
from reports.rules import workflow
from tests.accounts import PASSWORD, html, later, make_anna, sign_in, signed_in

SESSIONS = "/account/sessions/"
CAST_PASSWORD = "correct horse battery"


@pytest.fixture
def anna(db):
    return make_anna()


def is_in(client) -> bool:
    return client.get(SESSIONS).status_code == 200


def two_browsers():
    here, there = Client(HTTP_USER_AGENT="Firefox at work"), Client(HTTP_USER_AGENT="Safari at home")
    for browser in (here, there):
        sign_in(browser)
    return here, there


def test_the_page_lists_each_browser_and_ends_one(anna):
    here, there = two_browsers()
    page = html(here.get(SESSIONS))
    here.post(re.search(r'action="(/account/sessions/\d+/end/)"', page)[1])

    assert "Firefox at work" in page
    assert "Safari at home" in page
    assert is_in(here)
    assert not is_in(there)


def test_signing_out_everywhere_else_keeps_this_browser(anna):
    here, there = two_browsers()
    third = Client()
    sign_in(third)
    here.post(reverse("end_other_sessions"))

    assert is_in(here)
    assert not is_in(there)
    assert not is_in(third)


def test_nobody_ends_a_session_of_somebody_else(anna, cast):
    here, there = two_browsers()
    stranger = Client()
    stranger.force_login(cast.administrator)
    address = re.search(r'action="(/account/sessions/\d+/end/)"', html(here.get(SESSIONS)))[1]

    assert stranger.post(address).status_code == 404
    stranger.post(reverse("end_other_sessions"))
    assert is_in(there)


def test_a_changed_password_ends_the_other_sessions(anna):
    here, there = two_browsers()
    new = "four other words, just as sober"
    here.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert is_in(here)
    assert not is_in(there)


def test_a_session_ends_after_seven_days_however_much_it_is_used(client, anna):
    start = datetime(2014, 6, 2, 9, tzinfo=ZoneInfo("Europe/Brussels"))
    with time_machine.travel(start, tick=False) as clock:
        sign_in(client)
        for _half_day in range(16):
            clock.shift(timedelta(hours=10))
            assert is_in(client)
        clock.shift(timedelta(hours=9))
        assert client.get(SESSIONS).url.startswith("/sign-in/")
        assert client.get("/token/").status_code == 401


def test_an_invitation_is_sent_on_after_signing_in_again(client, cast):
    sign_in(client, cast.focal_point.email, CAST_PASSWORD)
    with later(minutes=16):
        page = reverse("country_people", args=["BE"])
        asked = client.post(
            page,
            {"name": "Nora", "email": "nora@justice.example", "language": "nl", "writes": "any", "role": "contributor"},
        )
        assert asked.url.startswith("/sign-in/again/")
        assert not Membership.objects.filter(user__email="nora@justice.example").exists()
        done = client.post("/sign-in/again/", {"password": CAST_PASSWORD, "next": page})

    assert done.url == page
    assert Membership.objects.filter(user__email="nora@justice.example").exists()


def test_a_wrong_password_sends_nothing_on(client, cast):
    sign_in(client, cast.administrator.email, CAST_PASSWORD)
    role = Membership.objects.get(user=cast.reviewer)
    with later(minutes=16):
        client.post(reverse("end_role", args=[role.pk]))
        page = client.post("/sign-in/again/", {"password": "wrong", "next": reverse("end_role", args=[role.pk])})

    assert 'role="alert"' in html(page)
    assert not RoleLog.objects.filter(ended=True).exists()


def test_publishing_asks_to_sign_in_again_and_accepting_does_not(client, cast, written, report):
    workflow.take_step(report, Step.SEND_IN, by=cast.focal_point)
    sign_in(client, cast.administrator.email, CAST_PASSWORD)
    decide = reverse("decide", args=["BE", 2014])
    with later(minutes=16):
        client.post(decide, {"decision": "accept", "section": "2.1.A"})
        report.refresh_from_db()
        assert report.state == State.ACCEPTED
        asked = client.post(decide, {"decision": "publish", "section": "2.1.A"})
        report.refresh_from_db()
        assert (asked.url.partition("?")[0], report.state) == ("/sign-in/again/", State.ACCEPTED)
        client.post("/sign-in/again/", {"password": CAST_PASSWORD, "next": decide})

    report.refresh_from_db()
    assert report.state == State.PUBLISHED


def test_reading_never_asks_to_sign_in_again(client, cast):
    sign_in(client, cast.administrator.email, CAST_PASSWORD)
    with later(minutes=16):
        assert client.get(reverse("people")).status_code == 200


def test_who_has_neither_password_nor_factor_signs_in_anew(client, cast):
    cast.focal_point.set_unusable_password()
    cast.focal_point.save()
    client.force_login(cast.focal_point)
    with later(minutes=16):
        answer = client.post(reverse("country_people", args=["BE"]), {"email": "nora@justice.example"})

    assert answer.status_code == 403
    assert "Sign out and in again" in html(answer)
    assert signed_in(client)


def test_the_administration_asks_before_a_change_and_not_before_signing_out(client, cast):
    cast.administrator.is_staff = cast.administrator.is_superuser = True
    cast.administrator.save()
    sign_in(client, cast.administrator.email, CAST_PASSWORD)
    person = f"/administration/reports/user/{cast.reviewer.pk}/change/"
    with later(minutes=16):
        assert client.get(person).status_code == 200
        assert client.post(person, {"name": "Changed"}).url.startswith("/sign-in/again/")
        assert client.post("/administration/logout/").status_code == 200
    assert not signed_in(client)
