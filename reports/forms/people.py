"""Inviting a person, and accepting an invitation."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from reports.forms.layout import Data, fields_only, set_choices
from reports.models import COUNTRY_ROLES, SECRETARIAT_ROLES, Country, Role, User
from reports.models.people import AddressFormField, passwords_alike
from reports.names import LONGEST, plain_name
from reports.rules import invitations
from reports.sorting import sort_key

ANY, GIVEN = "any", "given"
NO_COUNTRY = "none"


if TYPE_CHECKING:
    CountryChoice = forms.ModelChoiceField[Country]
else:
    CountryChoice = forms.ModelChoiceField  # takes no type arguments at run time


class CountryField(CountryChoice):
    """A choice of a country, or explicitly of none."""

    def clean(self, value: Any) -> Country | None:
        return None if value == NO_COUNTRY else super().clean(value)


class NameField(forms.CharField):
    """A person's name: see reports/names.py."""

    def to_python(self, value: Any) -> str:
        return plain_name(super().to_python(value) or "")

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"maxlength": str(LONGEST)}


class MessageField(forms.CharField):
    """What an inviter writes to a person: see rules/invitations.py."""

    def to_python(self, value: Any) -> str:
        return invitations.plain_message(super().to_python(value) or "")

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"maxlength": str(invitations.LONGEST_MESSAGE)}


class InviteForm(forms.Form):
    """An invitation. On a country's own page `country` is given."""

    name = NameField(
        label=_("Name"),
        help_text=_("As colleagues will see it."),
        error_messages={"required": _("Fill in the name of the person.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    email = AddressFormField(
        label=_("E-mail address"),
        error_messages={
            "required": _("Fill in the e-mail address. The invitation is sent there."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=settings.LANGUAGES,
        help_text=_("For the e-mails and the pages. It can be changed later."),
    )
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    country = CountryField(
        Country.objects.all(),
        label=_("Country"),
        error_messages={"required": _("Choose a country, or “None: the secretariat”.")},
    )
    writes = forms.ChoiceField(
        label=_("Writing rights"),
        widget=forms.RadioSelect,
        choices=[(ANY, _("May write in all sections")), (GIVEN, _("Only the sections that a focal point chooses"))],
        initial=ANY,
        help_text=_("This applies to contributors and can be changed for each report: “Who writes what”."),
    )

    sections = forms.MultipleChoiceField(
        label=_("Sections to write"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only for “Only the sections that a focal point chooses”. The invitation names them."),
    )
    message = MessageField(
        label=_("Message to this person"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "data-keep": "invitation"}),
        help_text=_("Optional. It is in the e-mail, under your name, as plain text without links."),
    )

    def __init__(self, data: Data = None, *, country: Country | None = None, may_give: bool = False) -> None:
        super().__init__(data, initial={"language": get_language(), "role": Role.FOCAL_POINT})
        self.of_country = country
        report = invitations.current_report(country) if may_give else None
        if report:
            rows = report.sections.select_related("question").order_by("question__position")
            set_choices(self, "sections", [(row.code, f"{row.code} {row.question.label}") for row in rows])
        else:
            del self.fields["sections"]
        if country:
            del self.fields["country"]
            set_choices(self, "role", [(role.value, role.label) for role in COUNTRY_ROLES])
            self.initial["role"] = Role.CONTRIBUTOR
        else:
            del self.fields["writes"]
            countries = sorted(Country.objects.all(), key=lambda row: sort_key(str(row)))
            first = [("", _("Choose a country")), (NO_COUNTRY, _("None: the secretariat"))]
            set_choices(self, "country", [*first, *((row.pk, str(row)) for row in countries)])
        self.helper = fields_only()

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        role, country = data.get("role"), data.get("country") or self.of_country
        if role in COUNTRY_ROLES and country is None and "country" not in self.errors:
            self.add_error("country", _("Choose a country: this role belongs to a country."))
        if role in SECRETARIAT_ROLES and country is not None:
            self.add_error("country", _("Do not choose a country: this role is at the secretariat."))
        if data.get("sections") and data.get("writes") != GIVEN:
            self.add_error(
                "writes", _("You chose sections below. Choose “Only the sections that a focal point chooses”.")
            )
        return data

    @property
    def invitation(self) -> dict[str, Any]:
        """The arguments of `rules.people.invite`."""
        data = self.cleaned_data
        return {
            "email": data["email"],
            "name": data["name"],
            "language": data["language"],
            "role": Role(data["role"]),
            "country": self.of_country or data.get("country"),
            "only_given": data.get("writes") == GIVEN and data["role"] == Role.CONTRIBUTOR,
            "message": data["message"],
            "sections": data.get("sections", []),
        }


class ComeInForm(forms.Form):
    """The name and the password of somebody who was invited."""

    name = NameField(
        label=_("Your name"),
        help_text=_("Colleagues and the secretariat see your name beside what you do."),
        error_messages={"required": _("Fill in your name.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label=_("New password"),
        strip=False,
        help_text=_("At least 12 characters. A few words that you remember are better than one difficult word."),
        error_messages={"required": _("Fill in the password.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, user: User, data: Data = None) -> None:
        super().__init__(data, initial={"name": user.name})
        self.user = user
        self.helper = fields_only()

    def clean_password(self) -> str:
        return passwords_alike(self.cleaned_data["password"])[0]

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        if data.get("password"):
            try:
                validate_password(data["password"], User(email=self.user.email, name=data.get("name", "")))
            except forms.ValidationError as refusal:
                self.add_error("password", refusal)
        return data
