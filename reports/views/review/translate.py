"""The secretariat translates what was sent in, for its reading: one section of the newest submission at a time."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from reports.document.problem import Problem
from reports.forms.own_translation import NOT_NOW, OwnRowForm, OwnTranslationForm
from reports.forms.part import NOT_ALL_SAVED
from reports.models import OpeningKind
from reports.pages.review.review import review_of
from reports.pages.review.translate import OwnPage, own_page
from reports.pages.wording import in_words
from reports.rules import openings
from reports.rules.own_translations import OwnText, confirm_own_row, want_own_row
from reports.views.access import or_show_text, report_or_refuse
from reports.views.arrivals import note_arrival
from reports.views.http import SignedInRequest, found_or_404, show, switch_language
from reports.views.review.review import section_or_404


@never_cache
@or_show_text
def own_translation(request: SignedInRequest, code: str, year: int, section: str, language: str) -> HttpResponse:
    """Show the secretariat's translation of a section as boxes; save it. The country's is untouched."""
    row = report_or_refuse(request, code, year, "translate_for_reading")
    page = own_page(section_or_404(review_of(row), section, ""), language)
    if request.method == "POST" and page.texts:
        return save(request, page)
    return show_boxes(request, page, OwnTranslationForm(rows_of(page)))


def rows_of(page: OwnPage) -> list[tuple[OwnText, int, int, str]]:
    return [(row.text, row.row.places[0], row.base, row.target) for text in page.texts for row in text.rows]


def show_boxes(request: SignedInRequest, page: OwnPage, form: OwnTranslationForm, *, status: int = 200) -> HttpResponse:
    openings.record_openings([page.review.submission], by=request.user, kind=OpeningKind.PAGE)
    more = {"boxes": form.boxes, "loose": form.loose, "language_next": page.url}
    return show(request, "review/translate.html", page, status=status, **more)


def save(request: SignedInRequest, page: OwnPage) -> HttpResponse:
    """Save the rows, then do what the pressed button asks. What could not be saved is shown again as typed."""
    form = OwnTranslationForm(rows_of(page), request.POST)
    complete = form.save(page.texts[0].rows[0].text, by=request.user)
    note_arrival(request, *form.arrived)
    target = page.url
    if complete:
        if form.saved:
            messages.success(request, _("Saved."))
        target = act(request, page, form)
        return switch_language(request, redirect(target))
    messages.error(request, str(NOT_ALL_SAVED))
    now = own_page(page.reading, page.language)
    again = OwnTranslationForm(rows_of(now))
    again.keep(form)
    return show_boxes(request, now, again, status=422)


def act(request: SignedInRequest, page: OwnPage, form: OwnTranslationForm) -> str:
    """Do what the pressed button asks; return where to go. Raise Http404."""
    name, _colon, key = request.POST.get("act", "").partition(":")
    if name:
        box = found_or_404(form.boxes.get(key))
        try:
            mark(request, name, box)
        except Problem as problem:
            messages.error(request, in_words(problem))
        except PermissionDenied:
            messages.error(request, in_words(Problem(NOT_NOW)))
        return f"{page.url}#{box.prefix}"
    if request.POST.get("go") == "next" and page.after:
        return page.after.url
    return page.url


def mark(request: SignedInRequest, name: str, box: OwnRowForm) -> None:
    """Say what a button beside a row says, of the row as it is after its save. Raise Problem, PermissionDenied."""
    newest = box.text.saves.order_by("-number").values_list("number", flat=True).first() or 0
    base = newest if box.is_saved else box.shown_base
    if name == "confirm":
        confirm_own_row(box.text, place=box.place, base=base, by=request.user)
    elif name in ("wanted", "unwanted"):
        want_own_row(box.text, place=box.place, base=base, wanted=name == "wanted", by=request.user)
