"""Pages for everybody: the front door and the switch of language."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from reports.rules import permissions


def home(request: HttpRequest) -> HttpResponse:
    """Leads each person to their own first page."""
    if not request.user.is_authenticated:
        return redirect("account_login")
    if permissions.may(request.user, "use_desk"):
        return redirect("desk")
    has_role = bool(request.user.roles)
    return redirect("admin:index" if request.user.is_staff and not has_role else "my_reports")


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Switches the language and shows the same place again."""
    following = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(following, {request.get_host()}, request.is_secure()):
        following = "/"
    return switch_language(request, redirect(following))


def switch_language(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Keeps the language that a page's form asked for, on the person and in a cookie; returns the response."""
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
