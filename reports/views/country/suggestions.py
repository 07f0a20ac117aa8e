"""Suggesting a change to a text that one may not write, and the page of one suggestion."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from reports.forms.suggestions import SuggestForm
from reports.pages.country.suggestions import passages_of, suggest_page, suggestion_page, suggestions_of
from reports.pages.parts import section_url
from reports.rules import permissions
from reports.rules import suggestions as rules
from reports.views.access import or_show_text, report_or_refuse
from reports.views.arrivals import note_arrival
from reports.views.country.history import language_or_404
from reports.views.country.suggestion_actions import decide
from reports.views.http import SignedInRequest, posted, show


@never_cache  # going back must not show an older text with its older base
@or_show_text
def suggest(request: SignedInRequest, code: str, year: int, pk: int) -> HttpResponse:
    """Show a text in a box to change it, and send what was changed as a suggestion to those who write it.

    ?language=fr is for the translation. A text that was removed meanwhile is refused in words, with what was typed.
    """
    row = report_or_refuse(request, code, year, "read_draft")
    is_sent, language = request.method == "POST", language_or_404(request.GET.get("language", ""))
    contribution = get_object_or_404(passages_of(row, removed_too=is_sent), pk=pk)
    page, form = suggest_page(contribution, language, row), SuggestForm(contribution, language, posted(request))
    if not is_sent:
        if language and language not in contribution.translations():
            raise Http404
        if permissions.may(request.user, permissions.writing_of(language), contribution):
            return redirect(page.back_url)
        permissions.check(request.user, "suggest", contribution)
    elif sent := form.send(by=request.user):
        note_arrival(request, "note", form.text.add_prefix("body"))
        messages.success(request, _("Your suggestion has been sent to your colleagues who write this text."))
        return redirect("suggestion", code, year, sent.pk)
    return show(request, "country/suggest.html", page, form=form)


@or_show_text
def suggestion(request: SignedInRequest, code: str, year: int, pk: int) -> HttpResponse:
    """Show one suggestion to the person who made it and to those who write the text; decide about it, or take it back.

    Raise Http404 for everybody else.
    """
    row = report_or_refuse(request, code, year, "read_draft")
    found = get_object_or_404(suggestions_of(row), pk=pk)
    if not rules.may_read(request.user, found):
        raise Http404
    if request.method == "POST":
        done = decide(request, found)
        return redirect(section_url(found.contribution.section, row)) if done else redirect(request.path)
    return show(request, "country/suggestion.html", suggestion_page(request.user, found, row))
