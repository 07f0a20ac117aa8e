"""The page for forgotten passwords: django-allauth's, with the portal's limits."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.views import PasswordResetView
from allauth.core.ratelimit import respond_429
from django.http import HttpResponse

from reports.rules import attempts


class ForgottenPassword(PasswordResetView):
    def form_valid(self, form: Any) -> HttpResponse:
        """Have the link sent, unless this address or network has asked too often, with or without an account."""
        if not attempts.may_reset(form.cleaned_data["email"], get_adapter().get_client_ip(self.request)):
            return respond_429(self.request)  # type: ignore[no-any-return]
        return super().form_valid(form)  # type: ignore[no-any-return]
