"""Small helpers about requests and responses that views of several audiences share."""

from collections.abc import Mapping

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import translation

from reports.models import Rendering, RenderingState
from reports.rules import renderings

ASK_AGAIN_AFTER = 2  # seconds


def number_in(data: Mapping[str, str], name: str) -> int:
    """Return the number that the query or form names; 0 for anything else."""
    value = data.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else 0


def switch_language(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Store the language that the form posted, on the user and in a cookie; return the response."""
    code = request.POST.get("language", "")
    if code not in dict(settings.LANGUAGES):
        return response
    translation.activate(code)
    if request.user.is_authenticated and request.user.language != code:
        request.user.language = code
        request.user.save(update_fields=["language"])
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
    )
    return response


def inline_file(response: HttpResponseBase, name: str) -> HttpResponseBase:
    """Let the browser show the file under this name, and keep shared caches from storing it."""
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def pdf_or_wait(request: HttpRequest, rendering: Rendering, name: str) -> HttpResponseBase:
    """Return the PDF, or, while it is being made, a page that says so and reloads itself."""
    if renderings.is_ready(rendering):
        file = renderings.path_of(rendering).open("rb")
        return inline_file(FileResponse(file, content_type="application/pdf"), name)
    failed = rendering.state == RenderingState.FAILED and rendering.attempts >= renderings.TRIES
    page = render(request, "public/pdf_waiting.html", {"failed": failed, "name": name}, status=503 if failed else 202)
    if not failed:
        page["Refresh"] = str(ASK_AGAIN_AFTER)
    return page
