"""Signing in again before people, roles, publication and second factors are touched."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core.exceptions import ReauthenticationRequired
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

View = Callable[..., HttpResponse]


def recently_signed_in(when: Callable[[HttpRequest], bool] = lambda request: True) -> Callable[[View], View]:
    """Take a POST `when` this is true only from somebody who has lately signed in; else let them sign in again.

    django-allauth keeps what was posted and passes it to the view afterwards. Raise PermissionDenied for somebody who
    has neither a password nor a second factor: they came by single sign-on, which the portal cannot ask again.
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method == "POST" and when(request) and must_sign_in_again(request):
                if not get_adapter().get_reauthentication_methods(request.user):
                    raise PermissionDenied(_("For this you must have signed in a moment ago. Sign out and in again."))
                raise ReauthenticationRequired
            return view(request, *args, **kwargs)

        return wrapped

    return wrap


def must_sign_in_again(request: HttpRequest) -> bool:
    from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate

    required: bool = get_adapter().is_reauthentication_required(app="reports")
    if not required:
        return False
    has_way = bool(get_adapter().get_reauthentication_methods(request.user))
    return not (has_way and did_recently_reauthenticate(request))


def recently_signed_in_for(admin_view: Callable[..., View]) -> Callable[..., View]:
    """Return the `admin_view` of an administration whose changes need a recent sign-in. Signing out does not."""

    def wrapped(view: View, cacheable: bool = False) -> View:
        signs_out = getattr(view, "__name__", "") == "logout"
        return admin_view(view if signs_out else recently_signed_in()(view), cacheable)

    return wrapped
