"""The demand for a second factor: without one, a person who must have one can only add it, or sign out."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect

from reports.rules import second_factor
from reports.views import errors

# Addresses that stay open: the way to a second factor, and what is open to everybody.
OPEN = {
    "account_reauthenticate",
    "account_logout",
    "account_login",
    "mfa_index",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_activate_totp",
    "mfa_view_recovery_codes",
    "language",
    "help",
    "accessibility",
    "privacy",
    "verify",
    "verdict",
    "invitation",
}


class DemandSecondFactor:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: Any, kwargs: Any) -> HttpResponse | None:
        match = request.resolver_match
        is_open = match is not None and match.view_name in OPEN
        if is_open or not request.user.is_authenticated or not second_factor.is_missing(request.user):
            return None
        return refusal(request)


def refusal(request: HttpRequest) -> HttpResponse:
    """Lead to the page where a second factor is added. Answer a page's script with one word: it keeps its text.

    A text that was posted without JavaScript is shown again, to be copied.
    """
    if "application/json" in (request.content_type, request.headers.get("Accept")):
        return JsonResponse({"outcome": "second-factor"}, status=403)
    return redirect("mfa_index") if request.method == "GET" else errors.second_factor_missing(request)
