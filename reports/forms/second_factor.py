"""The forms of second factors and of signing in again: django-allauth's, in the portal's words."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ReauthenticateForm
from allauth.core import context
from allauth.mfa.base import forms as codes
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

from reports import browsers
from reports.forms.accounts import name_password
from reports.models import User
from reports.rules import attempts

LONGEST_NAME = 60


def name_code(form: forms.Form, label: Any, help_text: Any) -> None:
    field = form.fields["code"]
    field.label, field.help_text = label, help_text
    field.error_messages["required"] = _("Fill in the code.")
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs |= {"inputmode": "numeric", "autocomplete": "one-time-code"}
    if not form.is_bound:  # else the summary of what was wrong takes the focus
        field.widget.attrs["autofocus"] = True


def name_the_name(field: forms.Field) -> None:
    assert isinstance(field, forms.CharField)
    field.label, field.max_length = _("Name of the passkey"), LONGEST_NAME
    field.widget.attrs["maxlength"] = str(LONGEST_NAME)
    field.help_text = _("For example the device on which it is: you see the name on the page about your security.")
    field.error_messages["required"] = _("Give the passkey a name.")


class PasswordAgainForm(ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_password(self.fields["password"], _("Password"))
        self.fields["password"].widget.attrs["autocomplete"] = "current-password"


class CountedCode:
    """Count a try before the code is looked at. django-allauth's own count, in the cache, is not used."""

    user: User

    def clean_code(self) -> str:
        counted = attempts.of_code(self.user, browsers.id_if_known(context.request, self.user))
        if attempts.first_full(counted) is not None:
            raise get_adapter().validation_error("too_many_codes")
        code: str = super().clean_code()  # type: ignore[misc]  # of the form beside this class
        attempts.give_back(counted)
        return code


class CodeForm(CountedCode, codes.AuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_code(self, _("Code"), _("The six digits that your app shows now, or one of your recovery codes."))


class CodeAgainForm(CountedCode, codes.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_code(self, _("Code"), _("The six digits that your app shows now, or one of your recovery codes."))


class AddAppForm(CountedCode, ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_code(self, _("Code of the app"), _("The six digits that the app shows for this portal."))
        self.fields["code"].widget.attrs.pop("autofocus", None)  # first the app has to read the image above


class AddPasskeyForm(AddWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_the_name(self.fields["name"])
        passwordless = self.fields["passwordless"]
        passwordless.label = _("Sign in with this passkey alone, without the password")
        passwordless.help_text = _(
            "The device then asks for its PIN, your fingerprint or your face. Leave this blank for a security key "
            "without a PIN."
        )
        self.fields["credential"].error_messages["required"] = _(
            "Your browser sent no passkey. Press “Add a passkey”, and follow what the browser asks."
        )


class RenamePasskeyForm(EditWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_the_name(self.fields["name"])
