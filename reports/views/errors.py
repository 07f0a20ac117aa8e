"""The error pages. Each says what to do next, and shows a text that was posted again, to be copied."""

import logging
from contextlib import suppress

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseServerError, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone, translation

from reports.document import richtext
from reports.document.lengths import LONGEST_REPORT
from reports.request_id import current, new_id
from reports.rules import permissions

logger = logging.getLogger(__name__)
BOXES = {"text", "note", "question", "comment", "message"}  # the names of those that a button sends


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):  # nothing of it is read for this page either
        return page(request, "413.html", 413, typed=[], limit=settings.LARGEST_REQUEST // 1_000_000)
    return page(request, "400.html", 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    user = getattr(request, "user", None)
    at_desk = user is not None and user.is_authenticated and permissions.may(user, "use_desk")
    return page(request, "403.html", 403, reason=str(exception or ""), at_desk=at_desk)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Show the error page, or answer the page's own requests with one word: they then fetch a new token."""
    if request.content_type == "application/json":
        return JsonResponse({"outcome": "token"}, status=403)
    return page(request, "403_csrf.html", 403)


def signed_out(request: HttpRequest) -> HttpResponse:
    """Show the error page for a text that was posted without JavaScript after its writer's session had ended."""
    # The token was checked before: no other site can make this page show its own text.
    return page(request, "403_csrf.html", 401, sign_in=True, typed=posted_texts(request, of_anybody=True))


def second_factor_missing(request: HttpRequest) -> HttpResponse:
    """Show the error page for a text that was posted by somebody who first has to add a second factor."""
    return page(request, "403_csrf.html", 403, add_second_factor=True)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, "404.html", 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Show the error page for an exception, with a reference by which the traceback is found in the server's log."""
    reference = current().id or new_id()  # without the middleware there is none, as in a test of this view
    logger.error("Reference %s: %s %s", reference, request.method, request.path)
    # No database and no context processor from here on: either may be what failed.
    with translation.override(language_of(request)):
        context = {
            "language": translation.get_language(),
            "path": request.get_full_path() if request.method == "GET" else "/",
            "reference": reference,
            "now": timezone.localtime(),
            "secretariat": settings.SECRETARIAT_EMAIL,
            "typed": posted_texts(request),
        }
        return HttpResponseServerError(render_to_string("500.html", context))


def page(request: HttpRequest, template: str, status: int, **context: object) -> HttpResponse:
    # Whoever is refused, perhaps a thousand times, does not make the database count their tasks.
    context |= {"reference": current().id, "is_refusal": True}
    if request.method != "GET":
        # The switch of language must not redirect to the address of a POST, which may not answer a GET.
        context.setdefault("language_next", "/")
        if "typed" not in context:
            context["typed"] = posted_texts(request)
    with translation.override(language_of(request)):
        return render(request, template, context, status=status)


def posted_texts(request: HttpRequest, *, of_anybody: bool = False) -> list[str]:
    """Return what a signed-in user typed into boxes and posted, without markup; nothing for anybody else.

    Nothing is parsed, and what goes beyond a report's length is cut, so that no request keeps the server busy.
    `of_anybody` is for a page that only a request with a valid token reaches.
    """
    texts: list[str] = []
    room = LONGEST_REPORT
    with suppress(Exception):  # a request may be so broken that neither its user nor its data can be read
        may_see = of_anybody or request.user.is_authenticated
        names = request.POST if may_see else ()
        for name in (name for name in names if name.endswith("-body") or name.partition("-")[0] in BOXES):
            text = request.POST.get(name, "")[:room]
            room -= len(text)
            is_html = request.POST.get(f"{name.removesuffix('body')}text_format") == "html"
            if text.strip():
                texts.append(richtext.text_only(text) if is_html else text)
    return texts


def language_of(request: HttpRequest) -> str:
    """Return the user's language if the middleware has found it, else that of the cookie or the browser."""
    return getattr(request, "LANGUAGE_CODE", "") or translation.get_language_from_request(request)
