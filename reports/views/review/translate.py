"""The secretariat translates what was sent in, for its reading: one section of the newest submission at a time."""

from collections.abc import Mapping
from typing import cast, get_args

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from reports.document.problem import Problem
from reports.forms.own_translation import OwnTranslationForm
from reports.models import OpeningKind
from reports.pages.review.review import review_of
from reports.pages.review.translate import OwnPage, own_page
from reports.pages.translation_rows import offered, row_to_show
from reports.pages.wording import in_words
from reports.rules import openings
from reports.rules.own_rows import NOT_NOW, mark_own_row
from reports.rules.own_translations import save_own_row
from reports.rules.writing.row_marks import Act
from reports.views.access import or_show_text, report_or_refuse
from reports.views.http import SignedInRequest, found_or_404, show, switch_language, tell_saved
from reports.views.review.review import section_or_404


@never_cache
@or_show_text
def own_translation(request: SignedInRequest, code: str, year: int, section: str, language: str) -> HttpResponse:
    """Show the secretariat's translation of a section as boxes; save it. The country's is untouched."""
    row = report_or_refuse(request, code, year, "translate_for_reading")
    page = own_page(section_or_404(review_of(row), section, ""), language)
    if request.method == "POST" and page.texts:
        return save(request, page)
    return show_boxes(request, page, form_of(page))


def form_of(page: OwnPage, data: Mapping[str, str] | None = None) -> OwnTranslationForm:
    rows = [(view.of.number, view.shown, view.target) for text in page.texts for view in text.rows]
    return OwnTranslationForm(page.review.submission, page.code, page.language, rows, data)


def show_boxes(request: SignedInRequest, page: OwnPage, form: OwnTranslationForm, *, status: int = 200) -> HttpResponse:
    openings.record_openings([page.review.submission], by=request.user, kind=OpeningKind.PAGE)
    more = {"boxes": form.boxes, "loose": form.loose, "language_next": page.url}
    return show(request, "review/translate.html", page, status=status, **more)


def save(request: SignedInRequest, page: OwnPage) -> HttpResponse:
    """Save the rows, then do what the pressed button asks. What could not be saved is shown again as typed."""
    form = form_of(page, request.POST)
    complete = form.save(by=request.user)
    response = switch_language(request, redirect(act(request, page, form) if complete else page.url))
    tell_saved(request, form, complete=complete)
    if complete:
        return response
    current = own_page(page.reading, page.language)
    again = form_of(current)
    again.keep(form)
    shown = show_boxes(request, current, again, status=422)
    shown.cookies = response.cookies
    return shown


def act(request: SignedInRequest, page: OwnPage, form: OwnTranslationForm) -> str:
    """Do what the pressed button asks; return where to go. Raise Http404."""
    posted = request.POST
    name, key, more = (*posted.get("act", "").split(":", 2), "", "")[:3]
    try:
        if name in get_args(Act):
            mark(request, form, cast(Act, name), key, more)
        elif posted.get("take"):
            return take_over(request, page, form)
    except Problem as problem:
        messages.error(request, in_words(problem))
    except PermissionDenied:
        messages.error(request, in_words(Problem(NOT_NOW)))
    if name:
        return f"{page.url}#{row_to_show(page.texts, name, found_or_404(form.boxes.get(key)).key)}"
    if posted.get("go") == "next" and page.after:
        return page.after.url
    return f"{page.url}#save" if posted.get("at") else page.url


def mark(request: SignedInRequest, form: OwnTranslationForm, name: Act, key: str, question: str) -> None:
    """Say what a button beside a row says, of the row as it is after its save. Raise Problem, PermissionDenied."""
    box = found_or_404(form.posted_box(key))
    mark_own_row(box.own, name, place=box.shown.place, base=box.base_after, by=request.user, key=question)


def take_over(request: SignedInRequest, page: OwnPage, form: OwnTranslationForm) -> str:
    """Put an earlier translation into a row; return where it is. Raise Problem, PermissionDenied, Http404."""
    view, offer = found_or_404(offered(page.texts, request.POST["take"]))
    box = found_or_404(form.posted_box(view.key))
    save_own_row(box.own, offer.html, place=box.shown.place, base=box.base_after, by=request.user)
    return f"{page.url}#{box.prefix}"
