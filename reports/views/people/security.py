"""How somebody signs in: one page with the password, passkeys, the app, recovery codes and sessions."""

from typing import Any

from allauth.mfa.base.views import IndexView
from django.contrib.auth.decorators import login_required

from reports.models import User
from reports.rules import second_factor


class SecurityView(IndexView):
    """django-allauth's page, with whether the person must have a second factor and has none."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        assert isinstance(user, User)
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"is_missing": second_factor.is_missing(user)}


security = login_required(SecurityView.as_view())
