"""Opening a reporting form for countries, and an extension for one of them."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.forms.layout import Data, fields_only, set_choices


class AnyChoiceField(forms.MultipleChoiceField):
    """Countries by their codes. Unknown ones are no error: somebody may have opened the form for one meanwhile."""

    def valid_value(self, value: object) -> bool:
        return True


class OpenFormForm(forms.Form):
    """The countries to open a form for: those that are ticked, or all that have no report yet."""

    countries = AnyChoiceField(required=False)
    everyone = forms.BooleanField(required=False)

    def __init__(self, countries: Mapping[str, str], data: Data = None) -> None:
        super().__init__(data)
        self.offered = countries

    def clean(self) -> dict[str, object]:
        super().clean()
        data = self.cleaned_data
        if not data.get("everyone") and not data.get("countries"):
            self.add_error("countries", _("Choose at least one country."))
        return data

    @property
    def chosen(self) -> list[str]:
        """The codes of the countries to open it for."""
        codes = self.offered if self.cleaned_data["everyone"] else self.cleaned_data["countries"]
        return [code for code in codes if code in self.offered]


class ExtensionForm(forms.Form):
    """A later day for one country, and why."""

    country = forms.ChoiceField(
        label=_("Country"),
        help_text=_("Countries that can still write. A country without a report gets one with the extension."),
        error_messages={
            "required": _("Choose the country."),
            "invalid_choice": _("This country can no longer write in its report, so it needs no extension."),
        },
    )
    due = forms.DateField(
        label=_("New due date"),
        help_text=_("The whole day, in the time zone of the form."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"],
        error_messages={
            "required": _("Enter the new due date."),
            "invalid": _("Enter a date, like 2031-07-15."),
        },
    )
    comment = forms.CharField(
        label=_("Reason"),
        help_text=_("The country reads it, and it stays in the log."),
        widget=forms.Textarea(attrs={"rows": 3, "data-keep": "extension"}),
        max_length=2000,
        error_messages={"required": _("Say why: the country reads this comment, and it stays in the log.")},
    )

    def __init__(self, countries: Mapping[str, str], data: Data = None, *, country: str = "") -> None:
        super().__init__(data, initial={"country": country})
        set_choices(self, "country", [("", _("Choose a country")), *countries.items()])
        self.helper = fields_only()
