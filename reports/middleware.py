"""What every answer to a person who is signed in has: the person's language, and that no browser keeps it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation


def persons_language(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """After LocaleMiddleware, which goes by cookie and browser and so serves those who are not signed in."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and request.user.language != translation.get_language():
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
        return get_response(request)

    return middleware


def kept_nowhere(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """After sign-out nobody reads a draft by going back, and going back shows a page as it is now.

    A view that says itself how its answer may be kept has the last word.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return middleware
