"""What the secretariat decides about a report that was sent in."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.models import Step

# Each decision: its step, and the field that names the sections it opens again, "" for all of them.
DECISIONS: dict[str, tuple[Step, str]] = {
    "return_asked": (Step.RETURN, "asked"),
    "return_chosen": (Step.RETURN, "sections"),
    "return": (Step.RETURN, ""),
    "accept": (Step.ACCEPT, ""),
    "publish": (Step.PUBLISH, ""),
    "reopen_chosen": (Step.REOPEN, "sections"),
    "reopen": (Step.REOPEN, ""),
}


class DecisionForm(forms.Form):
    """`asked` are the sections that the page named as those with open questions: what was read is what is done."""

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
    comment = forms.CharField(label=_("Comment"), required=False, widget=forms.Textarea)

    def __init__(self, data: object = None, *, codes: Sequence[str]) -> None:
        super().__init__(data, auto_id="decide-%s")
        for name in ("asked", "sections"):
            self.fields[name].choices = [(code, code) for code in codes]

    def clean(self) -> None:
        """An empty choice must never mean "all sections"."""
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
