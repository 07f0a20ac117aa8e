"""Password reset and change, and what they do not tell strangers."""

import re

import pytest
from django.conf import settings as django_settings
from django.urls import reverse

from reports.models import User
from tests.accounts import NOT_RIGHT, PASSWORD, html, later, make_anna, sign_in, signed_in

NEW_PASSWORD = "four other words, just as sober"


@pytest.fixture
def anna(db):
    return make_anna()


def ask_for_link(client, email="anna@police.example"):
    return client.post(reverse("account_reset_password"), {"email": email}, follow=True)


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
    assert [mail.to for mail in mailoutbox] == [["anna@police.example"], ["nobody@police.example"]]
    assert "/password/reset/key/" not in mailoutbox[1].body


def test_reset_links_are_limited(client, anna, mailoutbox):
    answers = [ask_for_link(client).status_code for _ in range(7)]

    assert answers == [200] * 5 + [429] * 2
    assert len(mailoutbox) == 5


def test_a_new_password_ends_the_block_after_wrong_ones(client, anna, mailoutbox):
    for _attempt in range(5):
        sign_in(client, password="not it")
    ask_for_link(client)
    choose(client, link_in(mailoutbox[0]))
    sign_in(client, password=NEW_PASSWORD)

    assert signed_in(client)


def test_a_former_address_no_longer_signs_in(client, anna, mailoutbox):
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
