"""The forms of signing in and of passwords: django-allauth's, in the portal's words."""

from typing import Any

from allauth.account import forms as allauth
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from reports import after_response
from reports.models.people import AddressFormField, passwords_alike
from reports.rules import passwords


def own_address() -> AddressFormField:
    """Return a field for the address with which a person signs in."""
    return AddressFormField(
        label=_("E-mail address"),
        error_messages={"required": _("Fill in your e-mail address.")},
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )


def name_password(field: forms.Field, label: Any, help_text: Any = "") -> None:
    field.label, field.help_text = label, help_text
    field.error_messages["required"] = _("Fill in the password.")
    field.widget.attrs.pop("placeholder", None)


class SignInForm(allauth.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = own_address()
        self.order_fields(["login", "password"])
        name_password(self.fields["password"], _("Password"))
        if not self.is_bound:  # else the summary of what was wrong takes the focus
            self.fields["login"].widget.attrs["autofocus"] = True


class ResetPasswordForm(allauth.ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"] = own_address()

    def clean_email(self) -> str:
        """Return the address. Whether it has an account is looked up after the answer."""
        return str(self.cleaned_data["email"])

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Have the link sent after the answer, which is then the same in words and in time without an account."""
        address = self.clean_email()
        after_response.call_later(lambda: passwords.send_link(address))
        return address


class NewPassword:
    """Two boxes for one new password."""

    fields: dict[str, forms.Field]
    cleaned_data: dict[str, Any]

    def name_new_password(self) -> None:
        name_password(
            self.fields["password1"],
            _("New password"),
            _("At least 12 characters. A few words that you remember are better than one difficult word."),
        )
        name_password(self.fields["password2"], _("Repeat the new password"))

    def clean_password2(self) -> str:
        again = passwords_alike(self.cleaned_data["password2"])[0]
        if again != self.cleaned_data.get("password1", again):
            raise forms.ValidationError(_("The two passwords are not the same. Type the new one twice."))
        return again


class SetPasswordByLinkForm(NewPassword, allauth.ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name_new_password()


class ChangePasswordForm(NewPassword, allauth.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name_new_password()
        name_password(self.fields["oldpassword"], _("Current password"))
