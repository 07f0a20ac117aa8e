"""Second factors: adding one, signing in with it, and the demand for it."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from reports.models import AuditEvent, Membership, Role
from tests.accounts import PASSWORD, html, later, make_anna, sign_in, signed_in
from tests.factors import add_app, code_of, secret_on

PROJECT = Path(__file__).resolve().parent.parent
SECURITY = "/account/security/"
SECOND = "/sign-in/second-factor/"


@pytest.fixture
def anna(db):
    return make_anna()


@pytest.fixture
def told(mailoutbox, django_capture_on_commit_callbacks):
    """Run what happens after the commit, and return the texts of the e-mails."""

    def run(act):
        with django_capture_on_commit_callbacks(execute=True):
            answer = act()
        return answer, [mail.body for mail in mailoutbox]

    return run


def add_app_by_page(client):
    form = client.get(reverse("mfa_activate_totp"))
    secret = secret_on(form)
    return secret, client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)}, follow=True)


def test_an_app_is_added_and_its_code_then_signs_in(client, anna):
    sign_in(client)
    secret, page = add_app_by_page(client)
    codes = re.findall(r"<code[^>]*>(\d{8})</code>", html(page))
    elsewhere = Client()

    assert len(codes) == 10
    assert sign_in(elsewhere).url == SECOND
    assert not signed_in(elsewhere)
    with later(minutes=1):
        elsewhere.post(SECOND, {"code": code_of(secret)})
    assert signed_in(elsewhere)


def test_recovery_codes_are_shown_once_and_work_once(client, anna):
    sign_in(client)
    _secret, page = add_app_by_page(client)
    code = re.search(r"<code[^>]*>(\d{8})</code>", html(page))[1]
    one, two = Client(), Client()

    assert code not in html(client.get(reverse("mfa_view_recovery_codes")))
    for browser in (one, two):
        sign_in(browser)
        browser.post(SECOND, {"code": code})
    assert signed_in(one)
    assert not signed_in(two)


def test_a_wrong_code_is_explained_and_opens_nothing(client, anna):
    add_app(anna)
    sign_in(client)
    page = html(client.post(SECOND, {"code": "000000"}))

    assert 'role="alert"' in page
    assert "Dit is niet" in page or "This is not the right code" in page
    assert not signed_in(client)


def test_half_signed_in_opens_no_page(client, cast, report):
    add_app(cast.focal_point)
    sign_in(client, cast.focal_point.email, "correct horse battery")

    assert client.get("/reports/BE/2014/").status_code == 302
    assert client.get("/token/").status_code == 401


def test_tries_of_codes_are_limited(client, anna):
    secret = add_app(anna)
    sign_in(client)
    for _attempt in range(5):
        client.post(SECOND, {"code": "000000"})
    cache.clear()  # the count stands in a table of its own
    answer = client.post(SECOND, {"code": code_of(secret)})

    assert not signed_in(client)
    assert "Too many wrong codes. Wait five minutes" in html(answer)
    with later(minutes=6):
        sign_in(client)
        client.post(SECOND, {"code": code_of(secret)})
    assert signed_in(client)


def test_anothers_wrong_codes_stop_no_known_browser(client, anna):
    secret = add_app(anna)
    sign_in(client)
    client.post(SECOND, {"code": code_of(secret)})
    client.post(reverse("account_logout"))
    stranger = Client()
    sign_in(stranger)
    for _attempt in range(6):
        stranger.post(SECOND, {"code": "000000"})

    with later(minutes=1):
        sign_in(client)
        client.post(SECOND, {"code": code_of(secret)})
    assert signed_in(client)


def test_tries_to_add_an_app_are_limited(client, anna):
    sign_in(client)
    client.get(reverse("mfa_activate_totp"))
    answers = [client.post(reverse("mfa_activate_totp"), {"code": "000000"}) for _attempt in range(6)]

    assert ["Te veel verkeerde codes" in html(answer) for answer in answers] == [False] * 5 + [True]


def test_secrets_do_not_stand_in_clear_in_the_database(client, anna):
    secret = add_app(anna)

    assert secret not in str(Authenticator.objects.get().data)


def test_another_key_lets_no_code_through_and_fails_nowhere(client, anna, settings):
    secret = add_app(anna)
    settings.SECRET_KEY, settings.SECOND_FACTOR_KEY = "another", "one more"
    sign_in(client)
    page = client.post(SECOND, {"code": code_of(secret)})

    assert page.status_code == 200
    assert not signed_in(client)


def test_an_earlier_key_still_reads_secrets(client, anna, settings):
    secret = add_app(anna)
    settings.SECOND_FACTOR_KEY = "a key of its own, from now on"
    sign_in(client)
    client.post(SECOND, {"code": code_of(secret)})

    assert signed_in(client)


def test_adding_and_removing_is_mailed_in_the_persons_language(client, anna, told):
    sign_in(client)
    _answer, added = told(lambda: add_app_by_page(client))
    _answer, removed = told(lambda: client.post(reverse("mfa_deactivate_totp")))

    assert len(added) == 1
    assert SECURITY in added[0]
    assert len(removed) == 3  # the app, and the recovery codes with it


def test_without_the_setting_nothing_is_demanded(client, cast, report):
    client.force_login(cast.focal_point)

    assert client.get("/reports/BE/2014/").status_code == 200
    assert "Your role needs a second factor" not in html(client.get(SECURITY))


def test_the_demand_ends_when_the_factor_is_added(client, cast, report, settings):
    settings.SECOND_FACTOR = True
    client.force_login(cast.focal_point)
    before = client.get("/reports/BE/2014/", follow=True)
    add_app_by_page(client)

    assert "Your role needs a second factor" in html(before)
    assert client.get("/reports/BE/2014/").status_code == 200


def test_recovery_codes_alone_are_no_second_factor(client, cast, report, settings):
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    settings.SECOND_FACTOR = True
    RecoveryCodes.activate(cast.focal_point)
    client.force_login(cast.focal_point)

    assert client.get("/reports/BE/2014/").url == SECURITY


def test_the_administration_demands_a_second_factor_too(client, anna, settings):
    settings.SECOND_FACTOR = True
    anna.is_staff = anna.is_superuser = True
    anna.save()
    client.force_login(anna)

    assert client.get("/administration/").url == SECURITY
    assert client.get("/administration/logout/").url == SECURITY


def test_text_of_a_writer_who_becomes_focal_point_is_shown_again(client, cast, written, settings):
    settings.SECOND_FACTOR = True
    client.force_login(cast.contributor)
    Membership.objects.filter(user=cast.contributor).update(role=Role.FOCAL_POINT)
    answer = client.post("/reports/BE/2014/2.1/", {"c1-body": "<p>Typed for an hour.</p>", "c1-text_format": "html"})

    assert answer.status_code == 403
    assert "Typed for an hour." in html(answer)
    assert f'href="{SECURITY}"' in html(answer)


def test_a_factor_is_added_only_after_signing_in_lately(client, anna):
    sign_in(client)
    with later(minutes=16):
        asked = client.get(reverse("mfa_activate_totp"))
        page = client.post("/sign-in/again/", {"password": PASSWORD, "next": reverse("mfa_activate_totp")})

    assert asked.url.startswith("/sign-in/again/")
    assert page.url == reverse("mfa_activate_totp")


def test_one_cannot_touch_anothers_passkey(client, cast):
    passkey = Authenticator.objects.create(user=cast.reviewer, type="webauthn", data={"name": "Key", "credential": {}})
    client.force_login(cast.administrator)

    for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        assert client.post(reverse(name, args=[passkey.pk]), {"name": "Mine"}).status_code == 404


@pytest.mark.parametrize("model", ["mfa/authenticator", "usersessions/usersession", "socialaccount/socialapp"])
def test_the_administration_edits_no_factors(client, cast, model):
    cast.administrator.is_staff = cast.administrator.is_superuser = True
    cast.administrator.save()
    client.force_login(cast.administrator)

    assert client.get(f"/administration/{model}/").status_code == 404


def test_passkeys_belong_to_the_portals_address_whatever_name_was_used(client, anna, settings):
    settings.HTTPS, settings.SITE_URL = True, "https://reports.example.org"
    settings.ALLOWED_HOSTS = ["old-name.example.org"]
    client.force_login(anna)
    page = client.get(reverse("mfa_add_webauthn"), headers={"host": "old-name.example.org"})

    assert page.context["js_data"]["creation_options"]["publicKey"]["rp"]["id"] == "reports.example.org"


def settings_with(**environment):
    """Load the settings in a process of their own; return what they say about second factors, or the refusal."""
    code = "from alliance import settings; print(settings.SECOND_FACTOR, settings.OIDC_ORIGINS)"
    command = [sys.executable, "-W", "ignore", "-c", code]
    ran = subprocess.run(command, cwd=PROJECT, env=os.environ | environment, capture_output=True, text=True)
    return (ran.stdout or ran.stderr.splitlines()[-1]).strip()


def test_a_public_host_demands_second_factors_unless_told_otherwise():
    public = {"ALLOWED_HOSTS": "reports.example.org", "SITE_URL": "https://reports.example.org"}
    public["EMAIL_URL"] = "consolemail://"

    assert settings_with() == "False []"
    assert settings_with(**public) == "True []"
    assert settings_with(**public, SECOND_FACTOR="off") == "False []"


def test_single_sign_on_has_to_say_whose_people_it_signs_in():
    oidc = {"OIDC_URL": "https://id.example.org/realm", "OIDC_CLIENT_ID": "portal", "OIDC_CLIENT_SECRET": "secret"}

    assert "Set OIDC_FOR" in settings_with(**oidc)
    assert settings_with(**oidc, OIDC_FOR="BE") == "False ['https://id.example.org']"


def events():
    return [(row.event, row.person, row.about, row.detail) for row in AuditEvent.objects.order_by("pk")]


def test_factors_added_removed_and_mistyped_are_logged(client, anna):
    sign_in(client)
    add_app_by_page(client)
    elsewhere = Client()
    sign_in(elsewhere)
    elsewhere.post(SECOND, {"code": "000000"})
    client.post(reverse("mfa_deactivate_totp"))

    found = events()
    assert ("factor_added", anna, None, "totp") in found
    assert ("factor_added", anna, None, "recovery_codes") in found
    assert ("factor_failed", None, anna, "") in found
    assert ("factor_removed", None, anna, "totp") in found
