"""Changing one's own address: confirmed at the old and at the new one."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from reports.models import AddressChange, Mail, User
from reports.notifications import outbox
from tests.accounts import PASSWORD, html, later, make_anna, sign_in, signed_in
from tests.views.html import parse, text

pytestmark = pytest.mark.django_db
OLD, NEW = "anna@police.example", "anna@justice.example"
PAGE = "/address/"


@pytest.fixture
def anna(client):
    person = make_anna()
    User.objects.filter(pk=person.pk).update(language="en")
    sign_in(client)
    return person


def sent(mailoutbox):
    """Send what is pending; return the newest e-mail to each address."""
    outbox.send_pending(timezone.now())
    return {mail.to[0]: mail for mail in mailoutbox}


def link_in(mail):
    return re.search(r"https?://[^/]+(/address/[^/\s]+/)", mail.body)[1]


def links(client, mailoutbox, new=NEW):
    """Ask for a change; return the link to the old and the one to the new address."""
    assert client.post(PAGE, {"email": new}).status_code == 302
    mails = sent(mailoutbox)
    return link_in(mails[OLD]), link_in(mails[new])


def now():
    return User.objects.get().email


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
@pytest.mark.parametrize("where", ["here", "elsewhere"])
def test_an_address_changes_when_both_are_confirmed(client, anna, mailoutbox, order, where):
    both = links(client, mailoutbox)
    first, second = (both[number] for number in order)
    browser = client if where == "here" else Client()
    assert "One more link to confirm" in text(browser.post(first))
    assert now() == OLD
    assert "From now on you sign in with anna@justice.example" in text(browser.post(second))
    assert now() == NEW
    assert client.get(PAGE).status_code == (200 if where == "here" else 302)
    for address, may in ((NEW, True), (OLD, False)):
        fresh = Client()
        sign_in(fresh, address)
        assert signed_in(fresh) == may


def test_the_session_that_stays_is_listed_elsewhere(client, anna, mailoutbox):
    """Only what is listed can be ended there, and with a lost device."""
    for link in links(client, mailoutbox):
        client.post(link)
    elsewhere = Client()
    sign_in(elsewhere, NEW)
    ends = re.findall(r'action="(/account/sessions/\d+/end/)"', html(elsewhere.get("/account/sessions/")))
    assert len(ends) == 1
    elsewhere.post(ends[0])
    assert client.get(PAGE).status_code == 302


def test_sessions_elsewhere_end_with_the_address(client, anna, mailoutbox):
    elsewhere = Client()
    sign_in(elsewhere)
    for link in links(client, mailoutbox):
        assert elsewhere.get(PAGE).status_code == 200
        client.post(link)
    assert elsewhere.get(PAGE).status_code == 302
    assert client.get(PAGE).status_code == 200


def test_one_link_twice_is_not_both(client, anna, mailoutbox):
    for link in links(client, mailoutbox):
        client.post(link)
        client.post(link)
        if now() == OLD:
            assert client.get(link).status_code == 200
    assert now() == NEW


@pytest.mark.parametrize("side", [0, 1])
def test_one_side_alone_changes_nothing(client, anna, mailoutbox, side):
    link = links(client, mailoutbox)[side]
    client.post(link)
    client.post(link)
    assert now() == OLD


def test_opening_a_link_confirms_nothing(client, anna, mailoutbox):
    for link in links(client, mailoutbox):
        page = client.get(link)
        assert "no-store" in page["Cache-Control"]
        assert OLD in text(page)
        assert NEW in text(page)
    assert now() == OLD


def test_the_old_address_is_told_at_once_and_both_afterwards(client, anna, mailoutbox):
    both = links(client, mailoutbox)
    told = sent(mailoutbox)
    assert set(told) == {OLD, NEW}
    assert NEW in told[OLD].body
    assert anna.name in told[OLD].body
    assert anna.name not in told[NEW].body
    mailoutbox.clear()
    for link in both:
        client.post(link)
    assert {to: mail.subject for to, mail in sent(mailoutbox).items()} == dict.fromkeys(
        (OLD, NEW), "Your e-mail address has been changed"
    )
    assert set(Mail.objects.values_list("text", "html")) == {("", "")}


def test_links_work_for_a_day_and_not_after_a_newer_change(client, anna, mailoutbox):
    old, new = links(client, mailoutbox)
    client.post(old)
    with later(hours=25):
        assert Client().post(new).status_code == 410
    links(client, mailoutbox, "anna@treasury.example")
    page = Client().post(new)
    assert page.status_code == 410
    assert "was replaced by a newer one" in text(page)
    assert now() == OLD


def test_used_links_are_refused(client, anna, mailoutbox):
    both = links(client, mailoutbox)
    for link in both:
        client.post(link)
    assert [client.get(link).status_code for link in both] == [410, 410]
    assert client.get("/address/never-sent/").status_code == 410


def test_an_address_of_somebody_else_is_neither_told_nor_taken(client, anna, mailoutbox):
    User.objects.create_user("luc@police.example", PASSWORD)
    known = client.post(PAGE, {"email": "luc@police.example"}, follow=True)
    assert set(sent(mailoutbox)) == {OLD}
    unknown = client.post(PAGE, {"email": "noor@police.example"}, follow=True)
    pages = {re.sub("csrf.*", "", html(page)).replace("noor@", "luc@") for page in (known, unknown)}
    assert len(pages) == 1


def test_an_address_that_was_taken_meanwhile_is_refused(client, anna, mailoutbox):
    old, new = links(client, mailoutbox)
    client.post(old)
    User.objects.create_user(NEW.upper(), PASSWORD)
    page = client.post(new)
    assert page.status_code == 410
    assert "cannot be used for your account" in text(page)
    assert User.objects.get(pk=anna.pk).email == OLD


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Fill in your new e-mail address."),
        ("anna", "Enter a full e-mail address"),
        ("Anna@Police.example\u200b", "This is your present address already."),
    ],
)
def test_a_refused_address_is_explained(client, anna, typed, said):
    page = client.post(PAGE, {"email": typed})
    assert said in text(page)
    assert 'href="#id_email"' in html(page)
    assert not Mail.objects.exists()


def test_changes_are_limited(client, anna, mailoutbox):
    answers = [client.post(PAGE, {"email": f"{number}@police.example"}).status_code for number in range(6)]
    assert answers == [302] * 5 + [200]
    assert Mail.objects.count() == 10


def test_the_page_says_what_to_do_without_the_old_mailbox(client, anna):
    page = client.get(PAGE)
    assert "end your role and invite you anew" in text(page)
    assert reverse("help") in html(page)


def test_the_administration_keeps_names_to_names(client, cast):
    User.objects.filter(pk=cast.administrator.pk).update(is_staff=True, is_superuser=True)
    client.force_login(cast.administrator)
    url = f"/administration/reports/user/{cast.reader.pk}/change/"
    (form,) = parse(client.get(url)).xpath("//form[@id='user_form']")
    for name, said in (("http://evil.example", "A name cannot contain"), ("Noor  Peeters", "")):
        page = client.post(url, dict(form.form_values()) | {"name": name}, follow=True)
        assert said in text(page)
    assert User.objects.get(pk=cast.reader.pk).name == "Noor Peeters"


def test_a_closed_account_is_not_changed(client, anna, mailoutbox):
    both = links(client, mailoutbox)
    User.objects.update(is_active=False)
    assert [Client().post(link).status_code for link in both] == [410, 410]


def test_an_address_changes_only_after_signing_in_lately(client, anna, mailoutbox):
    with later(minutes=16):
        answer = client.post("/address/", {"email": NEW})

    assert answer.url.startswith("/sign-in/again/")
    assert not AddressChange.objects.exists()
    assert mailoutbox == []
