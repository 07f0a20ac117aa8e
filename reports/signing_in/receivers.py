"""What happens when somebody signs in, or changes how they sign in."""

from typing import Any

from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.signals import social_account_added
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest

from reports import notifications
from reports.models import User
from reports.signing_in import sessions


def connect() -> None:
    user_logged_in.connect(sessions.note_beginning)
    mfa.authenticator_added.connect(factor_added)
    mfa.authenticator_reset.connect(factor_added)
    mfa.authenticator_removed.connect(factor_removed)
    social_account_added.connect(account_connected)


def factor_added(user: User, authenticator: Authenticator, signal: object, **kwargs: Any) -> None:
    """Tell the person. The first recovery codes come with another factor and need no e-mail of their own."""
    is_first = signal is mfa.authenticator_added and authenticator.type == Authenticator.Type.RECOVERY_CODES
    if not is_first:
        notifications.notify_factor_added(user, authenticator.type)


def factor_removed(user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    notifications.notify_factor_removed(user, authenticator.type)


def account_connected(request: HttpRequest, sociallogin: SocialLogin, **kwargs: Any) -> None:
    provider = sociallogin.account.get_provider(request)
    notifications.notify_connected(sociallogin.user, provider.name)
