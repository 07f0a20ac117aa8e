"""For signed-in users: pages in their own language, which no cache stores."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation

GetResponse = Callable[[HttpRequest], HttpResponse]


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
