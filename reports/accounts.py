"""How the portal uses django-allauth: nobody can sign up, and every sentence is ours."""

import time
from collections.abc import Callable
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.password_validation import MinimumLengthValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from reports.models import User

RENEW_AFTER = 5 * 60  # seconds
ASKED_BY_THE_PAGE = {"now", "token"}  # by itself, whether or not anybody sits there


class MinimumLength(MinimumLengthValidator):
    """Django's own, with a sentence that all our languages have."""

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
        """In the language of the person who reads it, not of the page where it was asked for."""
        user = context.get("user")
        with translation.override(user.language if user else translation.get_language()):
            super().send_mail(template_prefix, email, context)

    def set_password(self, user: User, password: str) -> None:
        """Also ends the waiting time after wrong attempts: who was locked out may use the new password at once."""
        super().set_password(user, password)
        self._delete_login_attempts_cached_email(self.request, email=user.email)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return resolve_url("home")


def signup_closed(request: HttpRequest) -> HttpResponse:
    return render(request, "account/signup_closed.html", status=403)


def stay_signed_in(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Lets the session last from the last page or save on. Saving it at every request would make every read a write."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        by_itself = request.resolver_match is not None and request.resolver_match.url_name in ASKED_BY_THE_PAGE
        is_old = request.user.is_authenticated and time.time() - request.session.get("renewed", 0) > RENEW_AFTER
        if is_old and not by_itself:
            request.session["renewed"] = int(time.time())
        return response

    return middleware
