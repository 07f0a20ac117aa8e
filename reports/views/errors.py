"""The pages that open when something did not work. Each says what to do next."""

import logging
import secrets
from contextlib import suppress

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseServerError, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone, translation

from reports.document import richtext
from reports.document.problem import Problem
from reports.rules import permissions

logger = logging.getLogger(__name__)
REFERENCE_LETTERS = "234679CDFGHJKMNPQRTVWXYZ"  # none that is easily taken for another on the telephone


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, "400.html", 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    user = getattr(request, "user", None)
    at_desk = user is not None and user.is_authenticated and permissions.may(user, "use_desk")
    return page(request, "403.html", 403, reason=str(exception or ""), at_desk=at_desk)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A page, or one word for the requests of a page that saves while one types: it fetches a new token."""
    if request.content_type == "application/json":
        return JsonResponse({"outcome": "token"}, status=403)
    return page(request, "403_csrf.html", 403)


def signed_out(request: HttpRequest) -> HttpResponse:
    """For a text that came without JavaScript after its writer's session had ended."""
    return page(request, "403_csrf.html", 401, sign_in=True)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, "404.html", 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Asks neither the database nor a context processor: either may be what broke.

    The reference is written to the log right after the traceback, so that a letter to the secretariat leads there.
    """
    reference = "-".join("".join(secrets.choice(REFERENCE_LETTERS) for _ in range(3)) for _ in range(2))
    logger.error("Reference %s: %s %s", reference, request.method, request.path)
    with translation.override(readers_language(request)):
        context = {
            "language": translation.get_language(),
            "path": request.get_full_path() if request.method == "GET" else "/",
            "reference": reference,
            "now": timezone.localtime(),
            "secretariat": settings.SECRETARIAT_EMAIL,
            "typed": typed(request),
        }
        return HttpResponseServerError(render_to_string("500.html", context))


def page(request: HttpRequest, template: str, status: int, **context: object) -> HttpResponse:
    """After a switch of language one lands on a page that opens: the address of a refused POST need not."""
    if request.method != "GET":
        context |= {"language_next": "/", "typed": typed(request)}
    with translation.override(readers_language(request)):
        return render(request, template, context, status=status)


def typed(request: HttpRequest) -> list[str]:
    """The texts of a report that were posted, in plain text: its boxes do not come back filled in."""
    texts = []
    with suppress(Exception):  # whatever was wrong with the request was said already
        for name in request.POST:
            text = request.POST.get(name, "")
            if name.endswith("-body") and text.strip():
                texts.append(text)
                if request.POST.get(f"{name.removesuffix('body')}text_format") == "html":
                    with suppress(Problem):  # better with its tags than not at all
                        texts[-1] = richtext.to_plain(richtext.normalise(text))
    return texts


def readers_language(request: HttpRequest) -> str:
    """The person's, when the request came as far as finding it out; else that of the cookie or the browser."""
    return getattr(request, "LANGUAGE_CODE", "") or translation.get_language_from_request(request)
