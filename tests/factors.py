"""Helpers for the tests of second factors: an app that makes codes, and its recovery codes."""

import time

from tests.accounts import html


def add_app(user) -> str:
    """Give the person an authenticator app; return its secret."""
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def code_of(secret: str) -> str:
    """Return the code that the app shows now; near the end of its half minute, wait for the next one."""
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    while time.time() % 30 > 25:
        time.sleep(0.2)
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def secret_on(response) -> str:
    return html(response).partition("<code>")[2].partition("</code>")[0]
