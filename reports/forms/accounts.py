"""The forms of signing in and of passwords: django-allauth's, in the portal's words."""

from typing import Any

from allauth.account import forms as allauth
from django import forms
from django.utils.translation import gettext_lazy as _


def name_email(field: forms.Field, autocomplete: str) -> None:
    field.label = _("E-mail address")
    field.error_messages["required"] = _("Fill in your e-mail address.")
    field.error_messages["invalid"] = _("Enter a full e-mail address, like name@ministry.example.")
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs["autocomplete"] = autocomplete


def name_password(field: forms.Field, label: Any, help_text: Any = "") -> None:
    field.label, field.help_text = label, help_text
    field.error_messages["required"] = _("Fill in the password.")
    field.widget.attrs.pop("placeholder", None)


class SignInForm(allauth.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_email(self.fields["login"], "username")
        name_password(self.fields["password"], _("Password"))
        if not self.is_bound:  # else the summary of what was wrong takes the focus
            self.fields["login"].widget.attrs["autofocus"] = True


class ResetPasswordForm(allauth.ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_email(self.fields["email"], "username")


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
        again: str = self.cleaned_data["password2"]
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
