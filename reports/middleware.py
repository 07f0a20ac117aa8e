"""An id for each request, and no large ones. For signed-in users: pages in their language, which no cache stores."""

from collections.abc import Callable

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, PermissionDenied, RequestDataTooBig
from django.core.validators import validate_ipv46_address
from django.forms import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from reports.request_id import answering

GetResponse = Callable[[HttpRequest], HttpResponse]
READ_AWAY = 100 * 1024 * 1024  # bytes of a refused request that are read for a browser to show the answer


def limit_size(get_response: GetResponse) -> GetResponse:
    """Refuse a request whose body is longer than it may be, before any of it is stored or parsed.

    The length is the one that the request declares: nothing after it is read, and without one nothing at all. Raise
    RequestDataTooBig, which Django makes into the page of reports/views/errors.py.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        length = declared_length(request)
        if length <= settings.LARGEST_REQUEST_OF_STRANGERS:
            return get_response(request)
        is_signed_in = request.user.is_authenticated
        if is_signed_in and length <= settings.LARGEST_REQUEST:
            return get_response(request)
        if is_signed_in:
            read_away(request, min(length, READ_AWAY))  # a browser shows no answer while it still sends
        # For the log; the page has words of its own.
        who = f"user {request.user.pk}" if is_signed_in else "somebody who is not signed in"
        raise RequestDataTooBig(f"Refused {request.method} {request.path!r}: {length} bytes from {who}")

    return middleware


def declared_length(request: HttpRequest) -> int:
    """Return the length that the request declares, as Django reads it: 0 for what is no number."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def read_away(request: HttpRequest, length: int) -> None:
    while length > 0 and (piece := request.read(min(length, 64 * 1024))):
        length -= len(piece)


def request_id(get_response: GetResponse) -> GetResponse:
    """Give the request an id, which the log, the audit trail and the error pages name, and send it as a header."""

    def middleware(request: HttpRequest) -> HttpResponse:
        with answering(network_address(request)) as origin:
            request.request_id = origin.id  # type: ignore[attr-defined]  # Django logs a refusal after the middleware
            response = get_response(request)
            response.headers["X-Request-ID"] = origin.id
            return response

    return middleware


def network_address(request: HttpRequest) -> str:
    """Return the address that the limits of sign-in count by; "" if the request comes without a readable one."""
    try:
        address: str = get_adapter().get_client_ip(request)
        validate_ipv46_address(address)
    except (ImproperlyConfigured, PermissionDenied, ValidationError):
        return ""
    return address


def user_language(get_response: GetResponse) -> GetResponse:
    """Activate the language of a signed-in user.

    This runs after LocaleMiddleware, whose choice by cookie and browser remains for anybody else.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and request.user.language != translation.get_language():
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
        return get_response(request)

    return middleware


def no_store(get_response: GetResponse) -> GetResponse:
    """Forbid storing the pages of signed-in users, unless the view sets its own Cache-Control.

    After sign-out, the back button then shows no draft; before it, the button shows each page as it is now.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return middleware
