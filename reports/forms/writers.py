"""Who writes what: one contributor's sections in one report."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from reports.forms.layout import Data, fields_only
from reports.models import Membership, Section
from reports.rules.delegations import Given

ANY, GIVEN = "any", "given"
CHOICES = [("", _("Does not write")), ("whole", _("Whole section")), ("own", _("Only their own contribution"))]


class WriterForm(forms.Form):
    """What one contributor writes. `goals`: the sections of the report's parts, by the part's code.

    A goal that is given whole overrides the choices for its sections. The names of the fields begin with the
    person's key, since a page has the forms of all contributors.
    """

    reach = forms.ChoiceField(
        label=_("Writing rights"),
        widget=forms.RadioSelect,
        choices=[(ANY, _("May write in all sections")), (GIVEN, _("Only the sections chosen here"))],
    )

    def __init__(
        self,
        membership: Membership,
        goals: Mapping[str, Iterable[Section]],
        given: Mapping[str, Given],
        data: Data = None,
    ) -> None:
        self.membership, self.given = membership, given
        initial = {"reach": GIVEN if membership.only_given else ANY} | {
            f"s-{code}": what for code, what in given.items()
        }
        super().__init__(data, prefix=f"p{membership.user_id}", initial=initial)
        self.goals = {code: list(sections) for code, sections in goals.items()}
        for code, sections in self.goals.items():
            self.fields[f"g-{code}"] = forms.BooleanField(label=_("All sections"), required=False)
            for section in sections:
                self.fields[f"s-{section.code}"] = forms.ChoiceField(
                    label=f"{section.code} {section.question.label}", choices=CHOICES, required=False
                )
        self.helper = fields_only()
        self.helper.layout = Layout("reach")

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        if data.get("reach") == ANY and any(not name.startswith("reach") for name in self.changed_data):
            self.add_error(
                "reach",
                _("You chose sections below, and “May write in all sections” here. Choose one of the two."),
            )
        return data

    @property
    def rows(self) -> list[dict[str, Any]]:
        """For the page: each goal with its own box and those of its sections."""
        return [
            {
                "code": code,
                "part": sections[0].question.goal or sections[0].question.target,
                "whole": self[f"g-{code}"],
                "sections": [self[f"s-{section.code}"] for section in sections],
            }
            for code, sections in self.goals.items()
        ]

    @property
    def chosen(self) -> dict[str, Given] | None:
        """The sections to give, by code; None for any section."""
        if self.cleaned_data["reach"] == ANY:
            return None
        given: dict[str, Given] = {}
        for code, sections in self.goals.items():
            for section in sections:
                what = "whole" if self.cleaned_data[f"g-{code}"] else self.cleaned_data[f"s-{section.code}"]
                if what in ("whole", "own"):
                    given[section.code] = cast(Given, what)
        return given

    @property
    def written(self) -> list[str]:
        """The codes of the sections that are given whole, in the form's order; likewise `contributed`."""
        return self.codes("whole")

    @property
    def contributed(self) -> list[str]:
        return self.codes("own")

    def codes(self, what: Given) -> list[str]:
        order = [section.code for sections in self.goals.values() for section in sections]
        return [code for code in order if self.given.get(code) == what]
