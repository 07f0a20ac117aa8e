"""What the views that answer a page's scripts in JSON share: every outcome is a status and a word."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import formats, timezone
from django.views.decorators.cache import never_cache

from reports.document.lengths import too_long
from reports.document.problem import Problem, gettext_noop
from reports.pages.wording import in_words
from reports.rules.writing.locks import Closed
from reports.rules.writing.save import Sent, from_json
from reports.views.http import SignedInRequest

View = Callable[..., HttpResponse]
NOT_ANY_MORE = gettext_noop(
    "You can no longer write here, so this text was not saved. Copy it, and ask your focal point or the secretariat."
)


class OtherUser(Exception):
    """The page that sent something was made for another user than the one of this session."""


def answers_in_json(view: View) -> View:
    """Answer 401 without a signed-in user, 409 to the page of another user, 410 for a closed report, and 422 with the
    reason for everything refused.

    A user who lost the right to write gets a reason too: the page still shows the text, which can be copied.
    """

    @never_cache
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return JsonResponse({"outcome": "signed-out"}, status=401)
        try:
            return view(request, *args, **kwargs)
        except OtherUser:
            return JsonResponse({"outcome": "other-user"}, status=409)
        except Problem as problem:
            return refused(problem)
        except (Http404, PermissionDenied):
            if request.method != "POST":
                raise
            return refused(Problem(NOT_ANY_MORE))

    return wrapped


def refused(problem: Problem, **more: Any) -> JsonResponse:
    """Say why something was not saved, or that the report is closed."""
    outcome, status = ("closed", 410) if isinstance(problem, Closed) else ("refused", 422)
    return JsonResponse({"outcome": outcome, "message": in_words(problem)} | more, status=status)


AnySent = TypeVar("AnySent", bound=Sent)


def sent_by(request: SignedInRequest, model: type[AnySent]) -> AnySent:
    """Return what a page sent. Raise OtherUser, or Problem for what cannot be read."""
    wanted = from_json(model, body_of(request))
    if wanted.user != request.user.pk:
        raise OtherUser
    return wanted


def body_of(request: HttpRequest) -> bytes:
    """Return what was posted. Raise Problem if it is longer than any request may be."""
    try:
        return request.body
    except RequestDataTooBig as error:
        raise too_long(int(request.META["CONTENT_LENGTH"])) from error


def clock(moment: Any) -> str:
    """The time of day as the page says it: "14:03"."""
    return formats.date_format(timezone.localtime(moment), "TIME_FORMAT")
