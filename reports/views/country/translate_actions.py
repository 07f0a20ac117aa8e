"""What the buttons of a translation's page do without scripts, beside saving: mark a row, take over, settle."""

import time
from typing import cast, get_args

from django.contrib import messages

from reports.forms.translation import TranslationForm
from reports.models import Contribution
from reports.pages.country.translate import TranslatePage
from reports.pages.translation_rows import offered, row_to_show
from reports.pages.translation_words import drafted_in_words
from reports.rules import permissions, writing
from reports.rules.translation_counts import languages_of
from reports.rules.translations import contributions_to_translate
from reports.rules.writing.row_marks import Act, mark_row
from reports.views.country.part_actions import settle_posted
from reports.views.http import SignedInRequest, found_or_404

MOST_SECONDS = 15  # after which no other text of a section is sent to a service: the button is there again


def act(request: SignedInRequest, page: TranslatePage, form: TranslationForm, complete: bool) -> str:
    """Do what the pressed button asks; return where to go, "" for the same page. Raise Problem, Http404."""
    posted = request.POST
    if posted.get("settle"):
        settle_posted(request, Contribution.objects.filter(pk__in=page.contributions))
        return ""
    if posted.get("act"):
        return mark(request, page, form)
    if posted.get("take"):
        return take_over(request, page, form)
    if complete and posted.get("draft"):
        let_draft(request, page)
        return ""
    if complete and posted.get("go") == "next":
        return page.after.url if page.after else ""
    return f"{page.url}#save" if posted.get("at") else ""


def let_draft(request: SignedInRequest, page: TranslatePage) -> None:
    """Let the machine draft what is not translated in this section, and say what came of it. Raise Problem."""
    landed = later = 0
    until = time.monotonic() + MOST_SECONDS
    for contribution in contributions_to_translate(page.report):  # as they are after this page was saved
        is_here = contribution.section.code == page.section.code and page.language in languages_of(contribution)
        may_write = permissions.may(request.user, "translate_contribution", contribution)
        if is_here and may_write and time.monotonic() < until:
            found = writing.draft_by_machine(contribution, page.language, by=request.user)
            landed, later = landed + found.landed, later + found.later
    messages.success(request, drafted_in_words(landed, later, page.machine))


def mark(request: SignedInRequest, page: TranslatePage, form: TranslationForm) -> str:
    """Mark a row. The button sends "confirm:12-0", or "dismiss:12-0:" and the key of a question."""
    name, key, question = (*request.POST["act"].split(":", 2), "", "")[:3]
    box = found_or_404(form.posted_box(key))
    if name not in get_args(Act):
        return ""
    mark_row(box.contribution, box.as_shown, cast(Act, name), by=request.user, key=question)
    return f"{page.url}#{row_to_show(page.texts, name, key)}"


def take_over(request: SignedInRequest, page: TranslatePage, form: TranslationForm) -> str:
    """Put an earlier translation into a row. The button sends "12-0:1": the row, and the number of the offer."""
    view, offer = found_or_404(offered(page.texts, request.POST["take"]))
    box = found_or_404(form.posted_box(view.key))
    writing.save_row(box.contribution, offer.html, box.as_shown, by=request.user)
    return f"{page.url}#{box.prefix}"
