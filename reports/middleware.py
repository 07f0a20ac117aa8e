"""The interface's language of a person who is signed in is the one kept with the person."""

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
