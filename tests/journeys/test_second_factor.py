"""Passkeys with Chromium's own virtual authenticator, and the pages about the security of an account."""

import re
from dataclasses import replace

import pytest

from tests.browser import check_axe, sign_in, use_session
from tests.factors import code_of
from tests.journeys.page_checks import check_languages, check_pages

FOCAL_POINT = "focalpoint.be@example.org"
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
LOST = """
from allauth.mfa.totp.internal.auth import TOTP
from reports.models import User
from reports.rules import second_factor
ada, luc = (User.objects.get(email=f"{name}@example.org") for name in ("administrator", "police.be"))
TOTP.activate(luc, "JBSWY3DPEHPK3PXP")
second_factor.ask_reset(luc, by=ada)
print("membership", luc.memberships.get().pk, "of", luc.pk)
"""


@pytest.fixture
def server(server):
    """The portal under a name: for an address in numbers, browsers keep no passkeys."""
    return replace(server, url=server.url.replace("127.0.0.1", "localhost"))


def add_device(page):
    """Give the page a passkey device; it belongs to the page and ends with it. Return its DevTools and its id."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    return devtools, devtools.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})["authenticatorId"]


def test_a_passkey_signs_in_with_and_without_the_password(server, page):
    server.set_language("en")
    devtools, device = add_device(page)
    sign_in(page, FOCAL_POINT, server.password)
    page.get_by_role("link", name="Account security").click()
    check_axe(page)
    page.get_by_role("link", name="Add a passkey").click()
    check_axe(page)
    page.get_by_label("Name of the passkey").fill("Laptop at the ministry")
    page.get_by_label("Sign in with this passkey alone").check()
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_role("heading", name="Recovery codes").wait_for()
    check_axe(page)
    assert page.locator("#recovery-codes li").count() == 10
    (kept,) = devtools.send("WebAuthn.getCredentials", {"authenticatorId": device})["credentials"]
    assert kept["rpId"] == "localhost"

    page.context.clear_cookies()
    sign_in(page, FOCAL_POINT, server.password)
    page.get_by_role("heading", name="Second factor").wait_for()
    check_axe(page)
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/tasks/")

    page.context.clear_cookies()
    page.goto("/sign-in/?next=/account/sessions/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_role("heading", name="Where you are signed in").wait_for()
    check_axe(page)

    page.goto("/account/security/")
    page.get_by_role("link", name=re.compile("Remove.*Laptop")).click()
    check_axe(page)
    page.get_by_role("button", name="Remove the passkey").click()
    page.get_by_text("The passkey was removed.").wait_for()
    assert page.get_by_text("Laptop at the ministry").count() == 0


def test_a_browser_without_a_passkey_says_so_and_an_app_works(server, page):
    server.set_language("en")
    devtools, device = add_device(page)
    devtools.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    sign_in(page, FOCAL_POINT, server.password)
    page.goto("/account/security/passkeys/add/")
    page.get_by_label("Sign in with this passkey alone").check()
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_role("alert").get_by_text("The browser gave no passkey").wait_for()
    check_axe(page)
    page.get_by_role("link", name="Cancel").click()

    page.get_by_role("link", name="Add an app").click()
    check_axe(page)
    secret = page.locator("main code").inner_text()
    page.get_by_label("Code of the app").fill("000000")
    page.keyboard.press("Enter")
    page.get_by_role("alert").get_by_text("This is not the right code").wait_for()
    check_axe(page)
    page.get_by_label("Code of the app").fill(code_of(secret))
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Recovery codes").wait_for()
    recovery = page.locator("#recovery-codes code").first.inner_text()

    page.context.clear_cookies()
    sign_in(page, FOCAL_POINT, server.password)
    page.get_by_label("Code", exact=True).fill(recovery)
    page.keyboard.press("Enter")
    page.wait_for_url("**/tasks/")


def test_the_pages_about_security_are_accessible_and_translated(server, page):
    membership, person = re.search(r"^membership (\d+) of (\d+)", server.run(LOST), re.MULTILINE).groups()
    own = ["/account/", "/account/delete/", "/account/security/", "/account/sessions/", "/password/change/"]
    adding = [f"/account/security/{place}/add/" for place in ("app", "passkeys")]
    pages = {
        FOCAL_POINT: [*own, *adding, "/people/lost-devices/", "/sign-in/again/"],
        "police.be@example.org": [*own, "/people/lost-devices/"],
        "administrator@example.org": [
            f"/people/{membership}/lost-device/",
            f"/people/accounts/{person}/delete/",
            *("/people/lost-devices/", "/people/events/", "/people/events/?event=role_given", "/account/"),
        ],
    }
    check_pages(server, page, pages)
    page.context.clear_cookies()
    page.goto("/sign-in/through/cancelled/")
    check_axe(page)
    use_session(server, page, FOCAL_POINT)
    check_languages(server, page, ["/sign-in/through/cancelled/"])
