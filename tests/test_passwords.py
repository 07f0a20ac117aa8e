"""Password reset and change, and what they do not tell strangers."""

import re
import unicodedata
from typing import ClassVar

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.hashers import MD5PasswordHasher, check_password, make_password
from django.core.signals import request_finished
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from reports import after_response
from reports.models import Mail, User
from reports.notifications import outbox
from tests.accounts import NOT_RIGHT, PASSWORD, html, later, make_anna, sign_in, signed_in

NEW_PASSWORD = "four other words, just as sober"


@pytest.fixture
def anna(db):
    return make_anna()


def ask_for_link(client, email="anna@police.example"):
    """Ask for a link, and send what the portal has written: a test's transaction never commits."""
    response = client.post(reverse("account_reset_password"), {"email": email}, follow=True)
    outbox.send_pending(timezone.now())
    return response


def link_in(mail) -> str:
    return re.search(r"https?://\S+/password/reset/key/\S+/", mail.body)[0]


def choose(client, link, password=NEW_PASSWORD, again=NEW_PASSWORD):
    form = client.get(link, follow=True)
    return client.post(form.request["PATH_INFO"], {"password1": password, "password2": again}, follow=True)


def test_a_forgotten_password_is_reset_by_a_mailed_link(client, anna, mailoutbox):
    ask_for_link(client)
    choose(client, link_in(mailoutbox[0]))

    assert NOT_RIGHT in html(sign_in(client))
    sign_in(client, password=NEW_PASSWORD)
    assert signed_in(client)


def test_the_mail_is_in_the_users_language_as_text_and_html(client, anna, mailoutbox):
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


def test_a_password_reset_does_not_reveal_accounts(client, anna, mailoutbox):
    known, unknown = ask_for_link(client), ask_for_link(client, "nobody@police.example")

    assert known.redirect_chain == unknown.redirect_chain
    assert re.sub("csrf.*", "", html(known)) == re.sub("csrf.*", "", html(unknown))
    assert [mail.to for mail in mailoutbox] == [["anna@police.example"]]


def test_no_account_is_looked_up_before_the_answer(client, anna, mailoutbox):
    request_finished.disconnect(after_response.call_waiting)  # now the request ends and its client has the answer
    try:
        with CaptureQueriesContext(connection) as queries:
            ask_for_link(client)
        assert not [query["sql"] for query in queries if "reports_user" in query["sql"] and "mail" not in query["sql"]]
        assert mailoutbox == []
    finally:
        request_finished.connect(after_response.call_waiting)
    after_response.call_waiting()
    outbox.send_pending(timezone.now())
    assert link_in(mailoutbox[0])


@pytest.mark.parametrize("email", ["anna@police.example", "nobody@police.example"])
def test_links_to_an_address_are_limited_with_or_without_account(client, anna, mailoutbox, email):
    answers = [ask_for_link(client, email).status_code for _ in range(7)]

    assert answers == [200] * 5 + [429] * 2
    assert len(mailoutbox) == (5 if email == anna.email else 0)


def test_links_from_a_network_are_limited(anna, mailoutbox):
    network = [Client(REMOTE_ADDR=f"2001:db8::{number}") for number in range(25)]
    answers = [ask_for_link(client, f"{number}@police.example").status_code for number, client in enumerate(network)]

    assert answers == [200] * 20 + [429] * 5
    assert ask_for_link(Client(REMOTE_ADDR="2001:db8:0:1::1")).status_code == 200
    assert len(mailoutbox) == 1


def test_a_sent_link_is_kept_nowhere(client, anna, mailoutbox):
    ask_for_link(client)
    assert link_in(mailoutbox[0])
    assert [(mail.text, mail.html) for mail in Mail.objects.all()] == [("", "")]


@pytest.mark.parametrize("way", ["changed", "by a link"])
def test_a_new_password_is_mailed_to_the_person(client, anna, mailoutbox, way):
    if way == "changed":
        sign_in(client)
        change = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
        client.post(reverse("account_change_password"), change)
    else:
        ask_for_link(client)
        choose(client, link_in(mailoutbox[0]))
    outbox.send_pending(timezone.now())
    assert mailoutbox[-1].subject == "Uw wachtwoord is gewijzigd"
    assert mailoutbox[-1].to == [anna.email]
    assert NEW_PASSWORD not in mailoutbox[-1].body


def test_a_new_password_ends_the_block_after_wrong_ones(client, anna, mailoutbox):
    for number in range(40):
        sign_in(Client(REMOTE_ADDR=f"192.0.2.{number}"), password="not it")
    assert "Too many attempts" in html(sign_in(client))
    ask_for_link(client)
    choose(client, link_in(mailoutbox[0]))
    sign_in(client, password=NEW_PASSWORD)

    assert signed_in(client)


def test_a_former_address_no_longer_signs_in(client, anna, mailoutbox):
    ask_for_link(client)
    choose(client, link_in(mailoutbox[0]))
    User.objects.update(email="anna@justice.example")
    outbox.send_pending(timezone.now())
    mailoutbox.clear()
    ask_for_link(client)

    assert mailoutbox == []
    assert NOT_RIGHT in html(sign_in(client, password=NEW_PASSWORD))
    sign_in(client, email="anna@justice.example", password=NEW_PASSWORD)
    assert signed_in(client)


@pytest.mark.parametrize(
    ("password", "again", "field"),
    [("short", "short", "password1"), (NEW_PASSWORD, "something else", "password2"), ("", "", "password1")],
)
def test_a_refused_password_is_explained_at_top_and_field(client, anna, mailoutbox, password, again, field):
    ask_for_link(client)
    page = html(choose(client, link_in(mailoutbox[0]), password, again))
    box = re.search(rf'<input[^>]*id="id_{field}"[^>]*>', page)[0]

    assert f'href="#id_{field}"' in page
    assert 'aria-invalid="true"' in box
    described_by = re.search('aria-describedby="([^"]*)"', box)[1].split()
    assert f"id_{field}_error" in described_by
    assert all(f'id="{part}"' in page for part in described_by)


def test_changing_the_password_keeps_the_session(client, anna):
    sign_in(client)
    change = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    response = client.post(reverse("account_change_password"), change)

    assert response.url == reverse("home")
    anna.refresh_from_db()
    assert anna.check_password(NEW_PASSWORD)
    assert signed_in(client)


ACCENTED = "garçon, théâtre, forêt et île"  # as NFC here


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_password_is_the_same_from_every_keyboard(client, anna, mailoutbox, form):
    ask_for_link(client)
    other = {"NFC": "NFD", "NFD": "NFC"}[form]
    composed, apart = (unicodedata.normalize(name, ACCENTED) for name in (form, other))
    choose(client, link_in(mailoutbox[0]), composed, apart)
    sign_in(client, password=apart)
    assert signed_in(client)


def test_a_hash_of_another_form_is_accepted_and_replaced(client, anna):
    apart = unicodedata.normalize("NFD", ACCENTED)
    User.objects.update(password=make_password(apart))
    sign_in(client, password=unicodedata.normalize("NFC", ACCENTED))
    assert signed_in(client)
    kept = User.objects.get().password
    assert check_password(unicodedata.normalize("NFC", ACCENTED), kept)
    assert not check_password(apart, kept)


class Counting(MD5PasswordHasher):
    """Notes each hash that is computed."""

    computed: ClassVar[list[str]] = []

    def encode(self, password, salt):
        self.computed.append(password)
        return super().encode(password, salt)


def test_an_address_without_account_costs_as_many_hashes(client, anna, settings):
    settings.PASSWORD_HASHERS = [f"{__name__}.Counting"]
    anna.set_password(PASSWORD)
    anna.save()
    costs = []
    for email in (anna.email, "nobody@police.example"):
        Counting.computed.clear()
        sign_in(client, email, ACCENTED)
        costs.append(len(Counting.computed))
    assert costs[0] == costs[1] > 1


def test_password_managers_find_the_address(client, anna, mailoutbox):
    ask_for_link(client)
    by_link = html(client.get(link_in(mailoutbox[0]), follow=True))
    sign_in(client)
    changing = html(client.get(reverse("account_change_password")))
    for page, wanted in ((by_link, []), (changing, ["current-password"])):
        boxes = re.findall(r"<input[^>]*>", page)
        assert [box for box in boxes if 'autocomplete="username"' in box and f'value="{anna.email}"' in box]
        kinds = [re.search('autocomplete="([^"]*)"', box)[1] for box in boxes if 'type="password"' in box]
        assert kinds == [*wanted, "new-password", "new-password"]
