"""The secretariat's decision about a report that was sent in."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.forms.layout import Data, set_choices
from reports.models import Step
from reports.rules.decisions import DECISIONS


class DecisionForm(forms.Form):
    """A decision. `asked` are the sections with open questions that the page named: only these are returned, even
    if a question was added meanwhile.
    """

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[(key, key) for key in DECISIONS],
        widget=forms.RadioSelect,
        error_messages={"required": _("First choose what to do with the report.")},
    )
    asked = forms.MultipleChoiceField(required=False, widget=forms.MultipleHiddenInput)
    sections = forms.MultipleChoiceField(
        label=_("Sections to reopen"), required=False, widget=forms.CheckboxSelectMultiple
    )
    comment = forms.CharField(label=_("Comment"), required=False)

    def __init__(self, data: Data = None, *, codes: Sequence[str]) -> None:
        super().__init__(data, auto_id="decide-%s")
        for name in ("asked", "sections"):
            set_choices(self, name, [(code, code) for code in codes])

    def clean(self) -> None:
        """Refuse an empty choice of sections: the step would take it as "all sections"."""
        _step, field = DECISIONS.get(self.cleaned_data.get("decision", ""), (None, ""))
        if field and not self.cleaned_data.get(field):
            self.add_error("sections", _("Choose at least one section."))

    @property
    def step(self) -> Step:
        return DECISIONS[self.cleaned_data["decision"]][0]

    @property
    def codes(self) -> tuple[str, ...]:
        """The sections to open again; empty for all of them."""
        field = DECISIONS[self.cleaned_data["decision"]][1]
        return tuple(self.cleaned_data[field]) if field else ()
