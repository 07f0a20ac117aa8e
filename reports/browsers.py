"""Browsers in which a person has signed in before: a stranger's wrong tries do not keep the person out of them.

A signed cookie holds an id of the browser, and for each of its last people a hash that changes with their password and
their address. So it ends with these, and it opens nothing: the password is still asked for.
"""

import secrets
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from reports.models import User

COOKIE = "known-browser"
SALT = "reports.known-browser"
VALID_FOR = 365 * 24 * 3600  # seconds
MOST_PEOPLE = 5  # of one browser


def read(request: HttpRequest) -> dict[str, Any]:
    """Return the cookie's content: `id`, and `people` with a hash for each primary key."""
    try:
        found: dict[str, Any] = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=VALID_FOR)
    except signing.BadSignature:
        return {"id": secrets.token_urlsafe(12), "people": {}}
    return found


def hash_of(user: User) -> str:
    return user.get_session_auth_hash()[:32]


def id_if_known(request: HttpRequest, user: User | None) -> str:
    """Return the id of the browser if this person has signed in with it, else ""."""
    if user is None or COOKIE not in request.COOKIES:
        return ""
    found = read(request)
    return str(found["id"]) if found["people"].get(str(user.pk)) == hash_of(user) else ""


def remember(request: HttpRequest, user: User) -> None:
    """Let the answer to this request make the browser known, although nobody is signed in: they used a mailed link."""
    request.known_to = user  # type: ignore[attr-defined]


def known_browser(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware that sets the cookie for whoever is signed in after the request."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        user = getattr(request, "known_to", None) or (request.user if request.user.is_authenticated else None)
        if user is not None and not id_if_known(request, user):
            set_cookie(response, read(request), user)
        return response

    return middleware


def set_cookie(response: HttpResponse, found: dict[str, Any], user: User) -> None:
    others = [(pk, value) for pk, value in found["people"].items() if pk != str(user.pk)]
    people = dict([*others[1 - MOST_PEOPLE :], (str(user.pk), hash_of(user))])
    response.set_cookie(
        COOKIE,
        signing.dumps({"id": found["id"], "people": people}, salt=SALT),
        max_age=VALID_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
