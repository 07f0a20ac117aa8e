"""When a session began: it ends for good after SESSION_LONGEST, and counts as recent for a while."""

import time
from collections.abc import Callable
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from reports.models import User

BEGAN = "began"  # seconds since 1970


def note_beginning(request: HttpRequest, **kwargs: Any) -> None:
    """Receiver of Django's `user_logged_in`: however somebody signed in, the session says when."""
    request.session[BEGAN] = int(time.time())


def register(request: HttpRequest) -> None:
    """Put this session on the page of sessions, with its browser and network. django-allauth's sign-in does it too."""
    UserSession.objects.create_from_request(request)


def note_use(request: HttpRequest) -> None:
    UserSession.objects.filter(session_key=request.session.session_key).update(last_seen_at=timezone.now())


def age(request: HttpRequest) -> float:
    """Return the seconds since the user signed in. A session of an earlier version of the portal begins now."""
    if BEGAN not in request.session:
        note_beginning(request)
        register(request)
    began: int = request.session[BEGAN]
    return time.time() - began


def end_old_session(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware that signs out whoever signed in longer than SESSION_LONGEST ago, whatever they did meanwhile."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and age(request) > settings.SESSION_LONGEST:
            logout(request)
        return get_response(request)

    return middleware


def sessions_of(user: User) -> list[UserSession]:
    """Return the sessions in which the person is signed in now, the latest used first."""
    found = UserSession.objects.purge_and_list(user)
    return sorted(found, key=lambda session: session.last_seen_at, reverse=True)
