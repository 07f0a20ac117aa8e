"""Changing one's own address."""

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.forms.layout import Data, fields_only
from reports.models.people import AddressFormField


class AddressForm(forms.Form):
    email = AddressFormField(
        label=_("New e-mail address"),
        error_messages={"required": _("Fill in your new e-mail address.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, data: Data = None) -> None:
        super().__init__(data)
        self.helper = fields_only()
