"""Single sign-on: for people who were invited, by an address that the provider has verified."""

import pytest
from allauth.socialaccount.models import SocialAccount, SocialApp
from django.test import Client
from django.urls import reverse

from reports.document.problem import Problem
from reports.models import AuditEvent, Membership, Role, User
from reports.rules import invitations, people
from tests.accounts import html, later, signed_in
from tests.factors import add_app, code_of
from tests.provider import CLIENT, location_of, running_provider

pytestmark = pytest.mark.django_db
ID = "test-ministry"


@pytest.fixture(scope="module")
def ministry():
    with running_provider() as provider:
        yield provider


@pytest.fixture
def provider(ministry, settings, cast):
    """The provider of Belgium's ministry, set up as the environment would."""
    settings.OIDC_FOR, settings.OIDC_ORIGINS = ["BE"], [ministry.url.removesuffix("/realm")]
    app = {
        "provider_id": ID,
        "name": "Ministry of Justice",
        "client_id": CLIENT["id"],
        "secret": CLIENT["secret"],
        "settings": {"server_url": ministry.url},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
    ministry.claims = {"sub": "person-1", "email": cast.contributor.email, "email_verified": True}
    return ministry


def come_in(client, **posted):
    """Press the button, let the provider sign the person in, and come back; return the portal's answer."""
    asked = client.post(reverse("openid_connect_login", args=[ID]), posted)
    back = location_of(asked.url)
    return client.get(back.partition("testserver")[2])


def test_an_invited_person_comes_in(client, provider, cast, report):
    answer = come_in(client, next="/reports/BE/2014/")

    assert answer.url == "/reports/BE/2014/"
    assert client.get("/reports/BE/2014/").context["user"] == cast.contributor


def test_an_address_in_another_spelling_is_the_same(client, provider, cast):
    cast.contributor.email = "luc@münchen.example"
    cast.contributor.save()
    provider.claims["email"] = "Luc@XN--MNCHEN-3YA.example"
    come_in(client)

    assert SocialAccount.objects.get().user == cast.contributor


def test_whoever_came_in_without_a_password_has_accepted(client, provider, cast):
    user = cast.contributor
    user.set_unusable_password()
    user.save()
    client.force_login(cast.focal_point)
    before = html(client.get("/countries/BE/people/"))
    elsewhere = Client()
    come_in(elsewhere)
    after = html(client.get("/countries/BE/people/"))

    assert ("as not signed in yet" in before, "Invite again" in before) == (True, True)
    assert ("as not signed in yet" in after, "Invite again" in after) == (False, False)
    membership = user.memberships.get()
    user.refresh_from_db()
    Membership.objects.filter(pk=membership.pk).update(role=Role.FOCAL_POINT)
    membership.refresh_from_db()
    assert not people.may_end(cast.focal_point, membership)
    with pytest.raises(Problem, match="has already accepted the invitation"):
        people.resend_invitation(membership, by=cast.focal_point)


def test_an_identity_is_logged_when_it_is_connected(client, provider, cast):
    come_in(client)
    client.post(reverse("account_logout"))
    come_in(client)

    linked = AuditEvent.objects.filter(event="account_linked")
    assert [(row.person, row.detail) for row in linked] == [(cast.contributor, ID)]
    assert AuditEvent.objects.filter(event="signed_in", person=cast.contributor).count() == 2


def test_a_link_of_whoever_came_in_has_ended(client, provider, cast):
    user = cast.contributor
    user.set_unusable_password()
    user.save()
    token = invitations.make_link(user)
    assert invitations.read(token).user == user
    come_in(client)
    with pytest.raises(Problem, match="has been used or has expired"):
        invitations.read(token)


@pytest.mark.parametrize("verified", [False, None, "false", "true", 1])
def test_an_address_that_is_not_verified_opens_nothing(client, provider, verified):
    provider.claims["email_verified"] = verified

    assert come_in(client).status_code == 403
    assert not signed_in(client)
    assert not SocialAccount.objects.exists()


def test_a_stranger_gets_no_account(client, provider):
    provider.claims["email"] = "stranger@justice.example"
    known = User.objects.count()

    answer = come_in(client)
    assert answer.status_code == 403
    assert "You cannot sign in this way" in html(answer)
    assert User.objects.count() == known


@pytest.mark.parametrize("who", ["other_country", "reviewer", "administrator"])
def test_a_provider_speaks_only_for_its_own_people(client, provider, cast, who):
    provider.claims["email"] = cast[who].email

    assert come_in(client).status_code == 403
    assert not signed_in(client)


def test_a_closed_account_stays_closed(client, provider, cast):
    come_in(client)
    client.logout()
    User.objects.filter(pk=cast.contributor.pk).update(is_active=False)

    come_in(client)
    assert not signed_in(client)


def test_a_closed_account_is_not_connected(client, provider, cast):
    User.objects.filter(pk=cast.contributor.pk).update(is_active=False)

    assert come_in(client).status_code == 403
    assert not SocialAccount.objects.exists()


def test_afterwards_the_providers_id_counts_and_not_the_address(client, provider, cast):
    come_in(client)
    client.logout()
    provider.claims |= {"email": cast.focal_point.email, "email_verified": False}
    come_in(client)

    assert client.session["_auth_user_id"] == str(cast.contributor.pk)


def test_an_id_with_anothers_address_does_not_become_them(client, provider, cast):
    come_in(client)
    client.logout()
    provider.claims["sub"] = "person-2"
    provider.claims["email"] = "nobody@example.org"

    assert come_in(client).status_code == 403


def test_whoever_moves_to_another_country_is_no_longer_let_in(client, provider, cast):
    come_in(client)
    client.logout()
    cast.contributor.memberships.all().delete()

    assert come_in(client).status_code == 403


def test_a_second_factor_is_asked_for_too(client, provider, cast):
    secret = add_app(cast.contributor)

    assert come_in(client).url == "/sign-in/second-factor/"
    assert not signed_in(client)
    client.post("/sign-in/second-factor/", {"code": code_of(secret)})
    assert signed_in(client)


def test_nobody_connects_another_id_to_their_account(client, provider, cast):
    client.force_login(cast.contributor)
    asked = client.post(reverse("openid_connect_login", args=[ID]) + "?process=connect")
    answer = client.get(location_of(asked.url).partition("testserver")[2])

    assert answer.status_code == 403
    assert not SocialAccount.objects.exists()


def test_the_first_time_is_mailed(client, provider, cast, mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        come_in(client)
    (mail,) = mailoutbox

    assert mail.to == [cast.contributor.email]
    assert "through Ministry of Justice" in mail.body


def test_only_the_sign_in_page_may_lead_to_the_provider(client, provider):
    page = client.get("/sign-in/")

    assert "Sign in through Ministry of Justice" in html(page)
    assert f"form-action 'self' {provider.url.removesuffix('/realm')}" in page["Content-Security-Policy"]
    assert "form-action 'self';" in client.get("/help/")["Content-Security-Policy"] + ";"


def test_without_a_provider_there_is_no_button_and_no_address(client):
    page = client.get("/sign-in/")

    assert "/sign-in/through/" not in html(page)
    assert "form-action 'self';" in page["Content-Security-Policy"] + ";"
    assert client.post(reverse("openid_connect_login", args=[ID])).status_code == 404


def test_a_provider_in_the_database_is_not_used(client):
    SocialApp.objects.create(provider="openid_connect", provider_id=ID, client_id="x", settings={"server_url": "x"})

    assert client.post(reverse("openid_connect_login", args=[ID])).status_code == 404


def test_a_session_by_single_sign_on_is_listed_and_ends(client, provider):
    come_in(client)
    assert client.get("/account/sessions/").status_code == 200
    with later(days=8):
        assert client.get("/account/sessions/").status_code == 302
