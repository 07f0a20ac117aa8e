"""The portal's use of django-allauth: nobody can sign up, and every message is translated by the portal."""

import time
from collections.abc import Callable
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib.auth.password_validation import MinimumLengthValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from reports.models import User
from reports.rules import unsent
from reports.signing_in import sessions

RENEW_AFTER = 5 * 60  # seconds
# Addresses that an open page requests by itself: they do not show that anybody still uses it.
REQUESTED_BY_SCRIPTS = {"now", "token"}

# By django-allauth's id.
WAYS_TO_SIGN_IN_AGAIN = {
    "reauthenticate": _("With your password"),
    "mfa_reauthenticate": _("With a code of your app, or a recovery code"),
    "mfa_reauthenticate:webauthn": _("With a passkey"),
}


class MinimumLength(MinimumLengthValidator):
    """Django's own validator, with a message that is in the portal's catalogues."""

    def get_error_message(self) -> str:
        return _("This password is too short: it needs at least %(length)s characters.") % {"length": self.min_length}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _(
            "The e-mail address or the password is not correct. Try again, or ask for a new password."
        ),
        "enter_current_password": _("This is not your current password."),
        "too_many_login_attempts": _("Too many attempts. Try again in five minutes, or ask for a new password."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send in the language of the reader, not of the page where the e-mail was requested."""
        user = context.get("user")
        with translation.override(user.language if user else translation.get_language()):
            super().send_mail(template_prefix, email, context)

    def set_password(self, user: User, password: str) -> None:
        """Set the password, and end the wait after wrong attempts: the new password works at once.

        The key of unsent text changes with it.
        """
        unsent.change_key(user)
        super().set_password(user, password)
        self._delete_login_attempts_cached_email(self.request, email=user.email)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Nobody is asked to sign in again who has just signed in."""
        just_now = sessions.age(self.request) < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        return not just_now and super().is_reauthentication_required(app=app, **kwargs)

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """Return the ways in which this person can sign in again, in the portal's words."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return [method | {"description": WAYS_TO_SIGN_IN_AGAIN[method["id"]]} for method in methods]

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return resolve_url("home")


def signup_closed(request: HttpRequest) -> HttpResponse:
    return render(request, "account/signup_closed.html", status=403)


def renew_session(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware that counts the age of a session from its last page or save.

    Storing the session at every request would turn every read into a write, so it is stored every RENEW_AFTER seconds.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        match = request.resolver_match
        by_script = match is not None and match.url_name in REQUESTED_BY_SCRIPTS
        is_old = request.user.is_authenticated and time.time() - request.session.get("renewed", 0) > RENEW_AFTER
        if is_old and not by_script:
            request.session["renewed"] = int(time.time())
            sessions.note_use(request)
        return response

    return middleware
