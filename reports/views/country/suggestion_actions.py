"""What the buttons of a suggestion do, on the page of its text and on its own page."""

from django.contrib import messages
from django.utils.translation import gettext as _

from reports.document.problem import Problem
from reports.forms.suggestions import DeclineForm, chosen_changes
from reports.models import Suggestion
from reports.pages.wording import in_words
from reports.rules import suggestions
from reports.views.http import SignedInRequest


def decide(request: SignedInRequest, suggestion: Suggestion) -> bool:
    """Do what the pressed button asks, and say so. If it is refused, say why and return False."""
    try:
        for name, action in BUTTONS.items():
            if request.POST.get(name):
                action(request, suggestion)
                return True
    except Problem as problem:
        messages.error(request, in_words(problem))
    return False


def accept(request: SignedInRequest, suggestion: Suggestion) -> None:
    saved = suggestions.accept(suggestion, by=request.user, chosen=chosen_changes(request.POST, suggestion))
    if saved.conflicts:
        messages.warning(
            request,
            _("A paragraph was changed after the suggestion was made. Both versions are safe: see the text."),
        )
    else:
        messages.success(request, _("What %(who)s suggested is in the text now.") % {"who": suggestion.by})


def decline(request: SignedInRequest, suggestion: Suggestion) -> None:
    suggestions.decline(suggestion, by=request.user, comment=DeclineForm(suggestion, request.POST).said())
    messages.success(request, _("The suggestion was declined. The text did not change."))


def withdraw(request: SignedInRequest, suggestion: Suggestion) -> None:
    suggestions.withdraw(suggestion, by=request.user)
    messages.success(request, _("You have withdrawn your suggestion."))


BUTTONS = {"accept": accept, "decline": decline, "withdraw": withdraw}
