"""Signing in and out, and the absence of sign-up."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from allauth.account import views as allauth_views
from django.conf import settings as django_settings
from django.test import Client
from django.urls import path, reverse

from alliance.urls import urlpatterns as portal_urls
from reports import browsers
from reports.models import User
from tests.accounts import NOT_RIGHT, PASSWORD, html, later, make_anna, sign_in, signed_in

urlpatterns = [path("allauths-own-sign-up/", allauth_views.signup), *portal_urls]


@pytest.fixture
def anna(db):
    return make_anna()


def test_sign_in_leads_to_the_home_page(client, anna):
    response = sign_in(client)

    assert response.url == reverse("home")
    assert signed_in(client)


def test_sign_in_leads_back_to_the_requested_page(client, anna):
    assert sign_in(client, next="/reports/BE/2014/").url == "/reports/BE/2014/"
    assert sign_in(Client(), next="https://elsewhere.example/").url == reverse("home")


def test_the_address_is_case_insensitive(client, anna):
    sign_in(client, email="Anna@Police.Example")

    assert signed_in(client)


def test_after_sign_in_pages_are_in_the_users_language(client, anna):
    client.cookies[django_settings.LANGUAGE_COOKIE_NAME] = "fr"
    sign_in(client)

    assert '<html lang="nl">' in html(client.get(reverse("help")))


@pytest.mark.parametrize(
    ("email", "password"), [("anna@police.example", "not it"), ("nobody@police.example", PASSWORD)]
)
def test_wrong_password_and_unknown_address_read_the_same(client, anna, email, password):
    response = sign_in(client, email, password)

    assert NOT_RIGHT in html(response)
    assert 'role="alert"' in html(response)
    assert f'value="{email}"' in html(response)
    assert not signed_in(client)


def test_a_closed_account_is_named_after_the_right_password_only(client, anna):
    User.objects.update(is_active=False)

    assert NOT_RIGHT in html(sign_in(client, password="not it"))
    assert "This account is closed" in html(client.get(sign_in(client).url))
    assert not signed_in(client)


def test_five_wrong_passwords_block_the_right_one_from_there(client, anna):
    for _attempt in range(5):
        sign_in(client, password="not it")

    assert "Too many attempts." in html(sign_in(client))
    assert not signed_in(client)
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    sign_in(elsewhere)
    assert signed_in(elsewhere)
    with later(minutes=6):
        sign_in(client)
    assert signed_in(client)


def test_wrong_tries_from_everywhere_stop_no_known_browser(client, anna):
    sign_in(client)
    client.post(reverse("account_logout"))
    for number in range(40):
        answer = sign_in(Client(REMOTE_ADDR=f"192.0.2.{number}"), password="not it")
    assert "ask for a new password, with which you can sign in at once" in html(answer)

    never_seen = Client(REMOTE_ADDR="203.0.113.1")
    sign_in(never_seen)
    assert not signed_in(never_seen)
    sign_in(client)
    assert signed_in(client)


@pytest.mark.parametrize("change", ["password", "email", "person", "cookie"])
def test_a_browser_is_known_for_one_person_and_password(client, anna, change):
    sign_in(client)
    client.post(reverse("account_logout"))
    if change == "password":
        anna.set_password(PASSWORD)
        anna.save()
    elif change == "email":
        User.objects.update(email="anna@justice.example")
    elif change == "person":
        User.objects.create_user("luc@police.example", PASSWORD)
    else:
        client.cookies[browsers.COOKIE] = client.cookies[browsers.COOKIE].value[:-2] + "xx"
    email = {"email": "anna@justice.example", "person": "luc@police.example"}.get(change, anna.email)
    for number in range(40):
        sign_in(Client(REMOTE_ADDR=f"192.0.2.{number}"), email, "not it")
    sign_in(client, email)
    assert not signed_in(client)


def test_a_known_browser_may_guess_no_more_than_others(client, anna):
    sign_in(client)
    client.post(reverse("account_logout"))
    for _attempt in range(5):
        assert NOT_RIGHT in html(sign_in(client, password="not it"))
    assert "Too many attempts." in html(sign_in(client))


def test_the_cookie_of_a_known_browser_is_for_the_portal_alone(client, anna):
    sign_in(client)
    cookie = client.cookies[browsers.COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 365 * 24 * 3600)
    assert "anna" not in cookie.value
    client.post(reverse("account_logout"))
    before = cookie.value
    assert client.get(reverse("help")).cookies.get(browsers.COOKIE) is None
    assert client.cookies[browsers.COOKIE].value == before


def test_a_right_password_is_no_wrong_try(client, anna):
    for _time in range(8):
        fresh = Client()
        sign_in(fresh)
        assert signed_in(fresh)


def test_other_requests_do_not_empty_the_counts(client, anna):
    for _attempt in range(5):
        sign_in(client, password="not it")
    for number in range(330):
        Client(REMOTE_ADDR=f"10.0.{number // 200}.{number % 200}").post(
            reverse("account_reset_password"), {"email": f"{number}@police.example"}
        )
    assert "Too many attempts." in html(sign_in(client))


@pytest.mark.parametrize("address", ["anna@police.example\u200b", "\ufeffAnna@poli\u00adce.example\u00a0"])
def test_invisible_characters_in_an_address_do_not_matter(client, anna, address):
    sign_in(client, email=address)
    assert signed_in(client)


@pytest.mark.parametrize("spelling", ["anna@münchen.example", "anna@xn--mnchen-3ya.example", "ANNA@MÜNCHEN.EXAMPLE"])
@pytest.mark.parametrize("kept", ["anna@münchen.example", "anna@xn--mnchen-3ya.example"])
def test_both_spellings_of_a_domain_are_one_account(client, anna, kept, spelling):
    User.objects.update(email=kept)
    sign_in(client, email=spelling)
    assert signed_in(client)


def test_sign_out_needs_a_post(client, anna):
    sign_in(client)

    assert client.get(reverse("account_logout")).status_code == 200
    assert signed_in(client)
    response = client.post(reverse("account_logout"), follow=True)
    assert not signed_in(client)
    assert '<p class="notice success"' in html(response)


def test_a_session_lasts_twelve_hours_after_the_last_page(client, anna):
    start = datetime(2014, 6, 30, 9, tzinfo=ZoneInfo("Europe/Brussels"))
    with time_machine.travel(start, tick=False) as clock:
        sign_in(client)
        for _page in range(2):
            clock.shift(timedelta(hours=11))
            assert client.get(reverse("account_change_password")).status_code == 200
        clock.shift(timedelta(hours=13))
        assert client.get(reverse("account_change_password")).status_code == 302


@pytest.mark.parametrize(
    ("address", "lasts"),
    [("/token/", False), ("/reports/BE/2014/2.1/now/", False), ("/reports/BE/2014/2.1/", True), ("save", True)],
)
def test_polling_does_not_extend_the_session(client, cast, report, address, lasts):
    start = datetime(2014, 6, 30, 9, tzinfo=ZoneInfo("Europe/Brussels"))
    with time_machine.travel(start, tick=False) as clock:
        sign_in(client, cast.focal_point.email, "correct horse battery")
        assert client.get("/reports/BE/2014/2.1/").status_code == 200
        for _hour in range(11):
            clock.shift(timedelta(hours=1))
            if address == "save":
                client.post("/reports/BE/2014/2.1/save/", {}, content_type="application/json")
            else:
                assert client.get(address).status_code == 200
        clock.shift(timedelta(hours=2))
        assert client.get("/token/").status_code == (200 if lasts else 401)


def test_a_form_from_another_site_is_refused_with_advice(anna):
    response = Client(enforce_csrf_checks=True).post(
        reverse("account_login"), {"login": anna.email, "password": PASSWORD}
    )

    assert response.status_code == 403
    assert "Your text has not been saved yet" in html(response)


@pytest.mark.django_db
@pytest.mark.urls(__name__)
@pytest.mark.parametrize("address", ["/sign-up/", "/allauths-own-sign-up/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_can_sign_up(client, address, method):
    data = {"email": "new@police.example", "password1": PASSWORD, "password2": PASSWORD}
    response = getattr(client, method)(address, data)

    assert "You cannot create an account yourself." in html(response)
    assert '<input type="password"' not in html(response)
    assert not User.objects.exists()
    assert not signed_in(client)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "/accounts/signup/",
        "/signup/",
        "/email/",
        "/accounts/email/",
        "/login/code/",
        "/password/set/",
        "/confirm-email/",
    ],
)
def test_no_other_page_of_allauth_has_an_address(client, address):
    assert client.get(address).status_code == 404
