"""Signing in and out, passwords, and that nobody gets an account by themselves."""

import re
import time
from datetime import datetime, timedelta
from html.parser import HTMLParser
from zoneinfo import ZoneInfo

import pytest
import time_machine
from allauth.account import views as allauth_views
from django.conf import settings as django_settings
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.test import Client
from django.urls import path, reverse

from alliance.urls import handler400, handler403, handler404, handler500  # noqa: F401
from alliance.urls import urlpatterns as portal_urls
from reports.models import User
from reports.views import errors

PASSWORD = "four sober words together"
NEW_PASSWORD = "four other words, just as sober"
LANGUAGES = [code for code, name in django_settings.LANGUAGES]
NOT_RIGHT = "The e-mail address or the password is not right."


def refuse(error):
    def view(request):
        raise error

    return view


urlpatterns = [
    path("allauths-own-sign-up/", allauth_views.signup),
    path("denied/", refuse(PermissionDenied("Only the focal point sends a report in."))),
    path("malformed/", refuse(SuspiciousOperation("malformed"))),
    path("broken/", refuse(RuntimeError("broken"))),
    *portal_urls,
]


@pytest.fixture
def anna(db):
    return User.objects.create_user("anna@police.example", PASSWORD, name="Anna O'Neil & Co", language="nl")


def sign_in(client, email="anna@police.example", password=PASSWORD, **more):
    return client.post(reverse("account_login"), {"login": email, "password": password, **more})


def signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def html(response) -> str:
    return response.content.decode()


def later(**time_passed):
    return time_machine.travel(time.time() + timedelta(**time_passed).total_seconds())


# Signing in and out


def test_signing_in_leads_to_the_front_door(client, anna):
    response = sign_in(client)

    assert response.url == reverse("home")
    assert signed_in(client)


def test_signing_in_leads_back_to_the_page_one_came_for(client, anna):
    assert sign_in(client, next="/reports/BE/2014/").url == "/reports/BE/2014/"
    assert sign_in(Client(), next="https://elsewhere.example/").url == reverse("home")


def test_capitals_in_the_address_do_not_matter(client, anna):
    sign_in(client, email="Anna@Police.Example")

    assert signed_in(client)


def test_after_signing_in_the_pages_are_in_the_persons_language(client, anna):
    client.cookies[django_settings.LANGUAGE_COOKIE_NAME] = "fr"
    sign_in(client)

    assert '<html lang="nl">' in html(client.get(reverse("help")))


@pytest.mark.parametrize(
    ("email", "password"), [("anna@police.example", "not it"), ("nobody@police.example", PASSWORD)]
)
def test_a_wrong_password_and_an_unknown_address_get_the_same_sentence(client, anna, email, password):
    response = sign_in(client, email, password)

    assert NOT_RIGHT in html(response)
    assert 'role="alert"' in html(response)
    assert f'value="{email}"' in html(response)
    assert not signed_in(client)


def test_somebody_who_may_no_longer_sign_in_is_told_so_after_the_right_password_only(client, anna):
    User.objects.update(is_active=False)

    assert NOT_RIGHT in html(sign_in(client, password="not it"))
    assert "This account is closed" in html(client.get(sign_in(client).url))
    assert not signed_in(client)


def test_after_five_wrong_passwords_even_the_right_one_has_to_wait(client, anna):
    for _attempt in range(5):
        sign_in(client, password="not it")

    assert "Too many attempts." in html(sign_in(client))
    assert not signed_in(client)
    sign_in(client, email="somebody.else@police.example", password="not it")
    with later(minutes=6):
        sign_in(client)
    assert signed_in(client)


def test_signing_out_takes_a_button_and_not_just_an_address(client, anna):
    sign_in(client)

    assert client.get(reverse("account_logout")).status_code == 200
    assert signed_in(client)
    response = client.post(reverse("account_logout"), follow=True)
    assert not signed_in(client)
    assert '<p class="notice success"' in html(response)


def test_one_stays_signed_in_for_twelve_hours_after_the_last_page(client, anna):
    start = datetime(2014, 6, 30, 9, tzinfo=ZoneInfo("Europe/Brussels"))
    with time_machine.travel(start, tick=False) as clock:
        sign_in(client)
        for _page in range(2):
            clock.shift(timedelta(hours=11))
            assert client.get(reverse("account_change_password")).status_code == 200
        clock.shift(timedelta(hours=13))
        assert client.get(reverse("account_change_password")).status_code == 302


def test_a_form_from_another_site_is_refused_with_advice(anna):
    response = Client(enforce_csrf_checks=True).post(
        reverse("account_login"), {"login": anna.email, "password": PASSWORD}
    )

    assert response.status_code == 403
    assert "This was not saved yet" in html(response)


# Signing up


@pytest.mark.django_db
@pytest.mark.urls(__name__)
@pytest.mark.parametrize("address", ["/sign-up/", "/allauths-own-sign-up/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_can_sign_up(client, address, method):
    data = {"email": "new@police.example", "password1": PASSWORD, "password2": PASSWORD}
    response = getattr(client, method)(address, data)

    assert "Nobody can make an account here themselves." in html(response)
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


# Passwords


def ask_for_link(client, email="anna@police.example"):
    return client.post(reverse("account_reset_password"), {"email": email}, follow=True)


def link_in(mail) -> str:
    return re.search(r"https?://\S+/password/reset/key/\S+/", mail.body)[0]


def choose(client, link, password=NEW_PASSWORD, again=NEW_PASSWORD):
    form = client.get(link, follow=True)
    return client.post(form.request["PATH_INFO"], {"password1": password, "password2": again}, follow=True)


def test_a_forgotten_password_is_replaced_through_a_link_by_mail(client, anna, mailoutbox):
    ask_for_link(client)
    choose(client, link_in(mailoutbox[0]))

    assert NOT_RIGHT in html(sign_in(client))
    sign_in(client, password=NEW_PASSWORD)
    assert signed_in(client)


def test_the_mail_is_in_the_receivers_language_as_text_and_as_html(client, anna, mailoutbox):
    client.cookies[django_settings.LANGUAGE_COOKIE_NAME] = "fr"
    response = ask_for_link(client)
    (mail,) = mailoutbox
    (as_html,) = mail.alternatives

    assert '<html lang="fr">' in html(response)
    assert mail.to == [anna.email]
    assert not mail.subject.startswith("[")
    assert "Anna O'Neil & Co" in mail.body
    assert as_html.mimetype == "text/html"
    assert '<html lang="nl">' in as_html.content
    assert "Anna O&#x27;Neil &amp; Co" in as_html.content
    assert link_in(mail) in as_html.content


def test_a_link_works_once_and_for_a_day(client, anna, mailoutbox):
    ask_for_link(client)
    ask_for_link(client)
    used, late = (link_in(mail) for mail in mailoutbox)
    with later(hours=25):
        assert "This link no longer works" in html(client.get(late, follow=True))
    choose(client, used)

    assert "This link no longer works" in html(client.get(used, follow=True))


def test_asking_for_a_link_tells_nobody_who_has_an_account(client, anna, mailoutbox):
    known, unknown = ask_for_link(client), ask_for_link(client, "nobody@police.example")

    assert known.redirect_chain == unknown.redirect_chain
    assert re.sub("csrf.*", "", html(known)) == re.sub("csrf.*", "", html(unknown))
    assert [mail.to for mail in mailoutbox] == [["anna@police.example"], ["nobody@police.example"]]
    assert "/password/reset/key/" not in mailoutbox[1].body


def test_nobody_can_flood_a_mailbox_with_links(client, anna, mailoutbox):
    answers = [ask_for_link(client).status_code for _ in range(7)]

    assert answers == [200] * 5 + [429] * 2
    assert len(mailoutbox) == 5


def test_a_new_password_ends_the_wait_after_wrong_attempts(client, anna, mailoutbox):
    for _attempt in range(5):
        sign_in(client, password="not it")
    ask_for_link(client)
    choose(client, link_in(mailoutbox[0]))
    sign_in(client, password=NEW_PASSWORD)

    assert signed_in(client)


def test_an_address_that_was_given_up_opens_nothing_anymore(client, anna, mailoutbox):
    ask_for_link(client)
    choose(client, link_in(mailoutbox[0]))
    User.objects.update(email="anna@justice.example")
    mailoutbox.clear()
    ask_for_link(client)

    assert "/password/reset/key/" not in mailoutbox[0].body
    assert NOT_RIGHT in html(sign_in(client, password=NEW_PASSWORD))
    sign_in(client, email="anna@justice.example", password=NEW_PASSWORD)
    assert signed_in(client)


@pytest.mark.parametrize(
    ("password", "again", "field"),
    [("short", "short", "password1"), (NEW_PASSWORD, "something else", "password2"), ("", "", "password1")],
)
def test_a_refused_password_is_explained_at_the_top_and_at_the_field(client, anna, mailoutbox, password, again, field):
    ask_for_link(client)
    page = html(choose(client, link_in(mailoutbox[0]), password, again))
    box = re.search(rf'<input[^>]*id="id_{field}"[^>]*>', page)[0]

    assert f'href="#id_{field}"' in page
    assert 'aria-invalid="true"' in box
    described_by = re.search('aria-describedby="([^"]*)"', box)[1].split()
    assert f"id_{field}_error" in described_by
    assert all(f'id="{part}"' in page for part in described_by)


def test_changing_the_password_keeps_one_signed_in(client, anna):
    sign_in(client)
    change = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    response = client.post(reverse("account_change_password"), change)

    assert response.url == reverse("home")
    anna.refresh_from_db()
    assert anna.check_password(NEW_PASSWORD)
    assert signed_in(client)


# Every page, in every language


class Inline(HTMLParser):
    """Collects what a strict Content-Security-Policy would block."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs):
        names = dict(attrs)
        if tag == "style" or (tag == "script" and "src" not in names):
            self.found.append(tag)
        self.found += [f"{tag} {name}" for name in names if name == "style" or name.startswith("on")]


def blocked(page: str) -> list[str]:
    parser = Inline()
    parser.feed(page)
    return parser.found


OPEN_PAGES = [
    "/sign-in/", "/sign-in/closed/", "/password/reset/", "/password/reset/sent/", "/password/reset/done/",
    "/password/reset/key/1-none/", "/help/", "/accessibility/", "/privacy/",
]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", OPEN_PAGES)
def test_the_open_pages_work_in_every_language(client, django_assert_max_num_queries, address, language):
    client.cookies[django_settings.LANGUAGE_COOKIE_NAME] = language
    with django_assert_max_num_queries(2):
        response = client.get(address)

    assert response.status_code == 200
    assert f'<html lang="{language}">' in html(response)
    assert re.search(rf'value="{language}" lang="{language}"[^>]*aria-current="true"', html(response))
    assert not blocked(html(response))
    assert "'unsafe-inline'" not in response["Content-Security-Policy"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", ["/sign-out/", "/password/change/", "/help/", "/no/such/page/"])
def test_the_pages_of_an_account_work_in_every_language(client, anna, django_assert_max_num_queries, address, language):
    User.objects.update(language=language)
    client.force_login(anna)
    with django_assert_max_num_queries(6):
        response = client.get(address)

    assert response.status_code == (404 if "such" in address else 200)
    assert f'<html lang="{language}">' in html(response)
    assert 'action="/sign-out/"' in html(response)
    assert not blocked(html(response))


# When something does not work


@pytest.mark.django_db
@pytest.mark.urls(__name__)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("address", "status"), [("/denied/", 403), ("/malformed/", 400), ("/no/such/page/", 404), ("/broken/", 500)]
)
def test_error_pages_say_what_to_do_in_every_language(address, status, language):
    client = Client(raise_request_exception=False, headers={"accept-language": language})
    response = client.get(address)

    assert response.status_code == status
    assert f'<html lang="{language}">' in html(response)
    assert 'class="btn btn-primary"' in html(response)
    assert not blocked(html(response))


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_a_refusal_gives_its_reason(client):
    assert "Only the focal point sends a report in." in html(client.get("/denied/"))


def test_a_page_that_does_not_exist_leads_on(client, anna):
    assert f'href="{reverse("account_login")}"' in html(client.get("/no/such/page/"))
    sign_in(client)
    assert f'href="{reverse("home")}"' in html(client.get("/no/such/page/"))


def test_the_page_of_a_broken_portal_needs_no_database(rf, caplog):
    """No mark for the database here: a query would fail the test."""
    page = html(errors.server_error(rf.get("/help/?page=2", headers={"accept-language": "fr"})))
    reference = re.search(r"\w{3}-\w{3}", caplog.text)[0]

    assert '<html lang="fr">' in page
    assert reference in page
    assert 'href="/help/?page=2"' in page
    assert django_settings.SECRETARIAT_EMAIL in page
