"""Single sign-on by OpenID Connect, for people who were invited and whose ministry has it."""

from typing import Any

from allauth.account import views as account
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, _build_apps_from_settings
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from reports.models import User

SECRETARIAT = "secretariat"


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def list_apps(self, request: HttpRequest, provider: str | None = None, client_id: str | None = None) -> Any:
        """Return the providers of the settings. Those of the database are not used: nobody adds one there."""
        found = _build_apps_from_settings(provider=provider, client_id=client_id)
        return [app for apps in found.values() for app in apps]

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Let in whom the provider may speak for: by its own id of the person, the first time by a verified address.

        Side effect the first time: the id is connected to the person. Refuse everybody else.
        """
        person = sociallogin.user if sociallogin.is_existing else invited_person(sociallogin)
        signs_in = sociallogin.state.get("process", AuthProcess.LOGIN) == AuthProcess.LOGIN
        if person is None or not signs_in or not may_vouch_for(person):
            raise ImmediateHttpResponse(render(request, "socialaccount/refused.html", status=403))
        if not sociallogin.is_existing:
            sociallogin.connect(request, person)


def invited_person(login: SocialLogin) -> User | None:
    """Return the person with an address that the provider has verified, or None."""
    # `is True`: the claim is passed on as the provider wrote it, and the text "false" would count as true.
    addresses = [address.email for address in login.email_addresses if address.verified is True]
    return User.objects.filter(email__in=addresses, is_active=True).first()


def may_vouch_for(person: User) -> bool:
    """Whether the provider speaks for this person: all their roles must be on its list, so that it gives no other."""
    codes = [
        role.country.code if role.country else SECRETARIAT for role in person.memberships.select_related("country")
    ]
    return bool(codes) and set(codes) <= set(settings.OIDC_FOR) and not person.is_staff


def sign_in(request: HttpRequest) -> HttpResponse:
    """Show the sign-in page, with a button for each provider of the settings."""
    apps = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    response: HttpResponse = account.LoginView.as_view(extra_context={"providers": apps})(request)
    if apps:
        response._csp_update = {"form-action": settings.OIDC_ORIGINS}  # type: ignore[attr-defined]
    return response
