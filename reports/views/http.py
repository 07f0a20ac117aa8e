"""Small helpers about requests and responses that views of several audiences share."""

from collections.abc import Mapping
from dataclasses import fields
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext

from reports.apart import PRINTING
from reports.document.problem import Problem
from reports.forms.part import NOT_ALL_SAVED
from reports.models import Rendering, RenderingState, User
from reports.pages.wording import in_words
from reports.request_id import current
from reports.rules import renderings

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

ASK_AGAIN_AFTER = 2  # seconds
Found = TypeVar("Found")


class SignedInRequest(HttpRequest):
    """A request behind `login_required`: its user has an account."""

    user: User


def posted(request: HttpRequest) -> Mapping[str, str] | None:
    """Return what a form posted, or None for a request that posts nothing: a form is then not bound."""
    return request.POST if request.method == "POST" else None


def number_in(data: Mapping[str, str], name: str) -> int:
    """Return the number that the query or form names; 0 for anything else."""
    value = data.get(name, "")
    # isascii: int() also reads digits of other scripts. Ten digits could be more than an integer column takes.
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else 0


def found_or_404(value: Found | None) -> Found:
    """Return the value. Raise Http404 for None."""
    if value is None:
        raise Http404
    return value


def show(
    request: HttpRequest, template: str, page: "DataclassInstance", *, status: int = 200, **more: Any
) -> HttpResponse:
    """Render a page: the template gets each field of the dataclass under its own name, and `more`, such as forms."""
    # dataclasses.asdict would copy every value inside the page, model instances too.
    context = {field.name: getattr(page, field.name) for field in fields(page)} | more
    return render(request, template, context, status=status)


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
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,  # type: ignore[arg-type]  # any text in the stubs
        secure=settings.LANGUAGE_COOKIE_SECURE,
    )
    return response


class TextsForm(Protocol):
    """A form of several texts, after they were saved."""

    @property
    def has_trouble(self) -> bool: ...
    @property
    def in_conflict(self) -> int: ...
    @property
    def saved(self) -> int: ...


def tell_saved(request: HttpRequest, form: TextsForm, *, complete: bool) -> None:
    """Say what became of the save of a page. What was refused says why itself, and is no success."""
    if form.has_trouble:
        messages.error(request, str(NOT_ALL_SAVED))
    elif form.in_conflict:
        messages.warning(
            request, gettext("You and a colleague changed the same paragraph. Both versions are safe: see below.")
        )
    elif complete and form.saved:
        messages.success(request, gettext("Saved."))


def inline_file(response: HttpResponseBase, name: str) -> HttpResponseBase:
    """Let the browser show the file under this name, and keep shared caches from storing it."""
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def refused_file(request: HttpRequest, problem: Problem) -> HttpResponse:
    """Say that a stored file is missing or changed and is therefore not sent."""
    context = {"reason": in_words(problem), "reference": current().id}
    return render(request, "public/file_refused.html", context, status=409)


def attachment(data: bytes, content_type: str, name: str) -> HttpResponse:
    """Return a file that the browser saves under this name."""
    return HttpResponse(data, content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def pdf_or_wait(request: HttpRequest, rendering: Rendering, name: str) -> HttpResponseBase:
    """Return the PDF, or, while it is being made, a page that says so and reloads itself."""
    if renderings.is_ready(rendering):
        file = renderings.path_of(rendering).open("rb")
        return inline_file(FileResponse(file, content_type="application/pdf"), name)
    failed = rendering.state == RenderingState.FAILED and rendering.attempts >= renderings.TRIES
    reason = gettext(rendering.trouble) if rendering.trouble in PRINTING.reasons.values() else ""
    context = {"failed": failed, "name": name, "reason": reason}
    page = render(request, "public/pdf_waiting.html", context, status=503 if failed else 202)
    if not failed:
        page["Refresh"] = str(ASK_AGAIN_AFTER)
    return page
