"""The portal's use of django-allauth: nobody can sign up, wrong tries are counted by the portal, in its own words."""

import time
from collections.abc import Callable
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import MinimumLengthValidator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils.translation import gettext_lazy as _

from reports import browsers, notifications
from reports.addresses import comparable
from reports.models import Event, User
from reports.models.people import passwords_alike
from reports.rules import attempts, audit, unsent
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
        "too_many_codes": _("Too many wrong codes. Wait five minutes, then type the code that your app shows then."),
        "too_many_from_elsewhere": _(
            "Too many attempts to sign in with this address. Try again in an hour, or ask for a new password, with "
            "which you can sign in at once."
        ),
    }
    # What allauth mails itself, and the portal words in reports/notifications/.
    mailed_by_the_portal = ("account/email/password_changed", "account/email/password_reset")

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the try before the password is looked at. allauth's own count, in the cache, is not used."""
        account = comparable(str(credentials.get("email") or getattr(request.user, "email", "")))
        # Without the cookie no account is looked up, so the answer to a stranger takes the same time for each.
        asked = User.objects.filter(email=account).first() if browsers.COOKIE in request.COOKIES else None
        browser = browsers.id_if_known(request, asked)
        self.counted = attempts.of_sign_in(account, self.get_client_ip(request), browser)
        full = attempts.first_full(self.counted)
        if full is not None:
            if attempts.is_news(full, self.counted):
                about = User.objects.filter(email=account).first()
                audit.record(Event.TRIES_STOPPED, about=about, detail=full.name)
            raise self.validation_error(
                "too_many_from_elsewhere" if full == attempts.TO_ACCOUNT else "too_many_login_attempts"
            )

    def _rollback_login_failed_rl_usage(self) -> None:
        """allauth calls this after the right password."""
        attempts.give_back(self.counted)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Compute as many hashes for an address without an account as User.check_password does for a wrong password."""
        if not User.objects.filter(email=credentials.get("email") or "").exists():
            for other in passwords_alike(credentials.get("password") or "")[1:]:
                make_password(other)

    def clean_password(self, password: str, user: Any = None) -> str:
        """Check a new password in the form in which it is kept, and return that."""
        kept = passwords_alike(password)[0]
        super().clean_password(kept, user)
        return kept

    def send_notification_mail(self, template_prefix: str, user: Any, *args: Any, **more: Any) -> None:
        if template_prefix not in self.mailed_by_the_portal:
            super().send_notification_mail(template_prefix, user, *args, **more)

    @transaction.atomic
    def set_password(self, user: User, password: str) -> None:
        """Set the password and tell the person. In this browser they sign in with it at once, after any wrong tries.

        The key of unsent text changes with it.
        """
        unsent.change_key(user)
        super().set_password(user, password)
        browsers.remember(self.request, user)
        notifications.notify_password(user)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Nobody is asked to sign in again who has just signed in."""
        just_now = sessions.age(self.request) < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        return not just_now and super().is_reauthentication_required(app=app, **kwargs)

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """Return the ways in which this person can sign in again, in the portal's words."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return [method | {"description": WAYS_TO_SIGN_IN_AGAIN[method["id"]]} for method in methods]

    def is_safe_url(self, url: str | None) -> bool:
        """Return whether `url` leads to this portal. allauth's own raises ValueError for what is no address."""
        try:
            return bool(super().is_safe_url(url))
        except ValueError:
            return False

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
