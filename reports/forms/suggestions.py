"""What is typed on the page for a suggestion, and what is decided about one. The limits are in rules/suggestions.py."""

from collections.abc import Mapping

from django import forms
from django.utils.datastructures import MultiValueDict

from reports.document.problem import Problem
from reports.forms.answers import ContributionForm, TextForm
from reports.models import Contribution, Suggestion, User
from reports.rules import suggestions
from reports.rules.writing.save import NOT_UNDERSTOOD

Posted = Mapping[str, str] | None


class NoteForm(forms.Form):
    note = forms.CharField(required=False)


class SuggestForm:
    """The box with a text of a contribution, its original or a translation, and a note.

    After `send`, `refusal` says why it was not taken.
    """

    def __init__(self, contribution: Contribution, language: str, data: Posted = None) -> None:
        self.contribution = contribution
        self.text = TextForm(ContributionForm(contribution.section, contribution), language, data)
        self.said = NoteForm(data)
        self.note = data.get("note", "") if data else ""

    @property
    def refusal(self) -> Problem | None:
        return self.text.refusal

    def send(self, *, by: User) -> Suggestion | None:
        """Send the suggestion; return None if it is refused."""
        text = self.text
        try:
            text.full_clean()
            if not text.is_posted or text.errors or not self.said.is_valid():
                raise Problem(NOT_UNDERSTOOD)
            return suggestions.suggest(
                self.contribution,
                text.typed(),
                base=text.cleaned_data["base"] or 0,
                by=by,
                is_html=text.came_as_html,
                note=self.said.cleaned_data["note"],
                language=text.language,
            )
        except Problem as problem:
            text.refusal = problem
            return None


def chosen_changes(posted: MultiValueDict[str, str], suggestion: Suggestion) -> set[int]:
    """Return the changes that were ticked: fields "change-12", where 12 is the suggestion."""
    return {
        int(number) for number in posted.getlist(f"change-{suggestion.pk}") if number.isdecimal() and len(number) < 6
    }


class DeclineForm(forms.Form):
    """What is said when a suggestion is declined; its field is "comment-12", where 12 is the suggestion."""

    comment = forms.CharField(required=False)

    def __init__(self, suggestion: Suggestion, data: Posted) -> None:
        super().__init__({"comment": (data or {}).get(f"comment-{suggestion.pk}", "")})

    def said(self) -> str:
        """Return the comment. Raise Problem for one that no column takes."""
        if not self.is_valid():
            raise Problem(NOT_UNDERSTOOD)
        return str(self.cleaned_data["comment"])
