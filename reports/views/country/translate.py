"""The page on which a report is translated: one section at a time, as rows of original and translation."""

from collections.abc import Mapping

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from reports.document.problem import Problem
from reports.forms.translation import TranslationForm
from reports.models import Report
from reports.pages.country.translate import TranslatePage, beside_page, first_place, places_of, translate_page
from reports.pages.wording import in_words
from reports.rules.translations import contributions_to_translate
from reports.views.access import or_show_text, report_or_refuse
from reports.views.country.translate_actions import act
from reports.views.http import SignedInRequest, found_or_404, show, switch_language, tell_saved


@login_required
def translate(request: SignedInRequest, code: str, year: int, language: str) -> HttpResponse:
    """Lead to the first section with something to do; say so if the report has no text yet."""
    row = report_or_refuse(request, code, year, "read_draft")
    first = first_place(places_of(row, contributions_to_translate(row), language))
    if first is None:
        messages.info(request, _("This report has no text to translate yet."))
        return redirect("report", code, year)
    return redirect(first.url)


@never_cache  # as on the page where one writes
@or_show_text
def translate_section(request: SignedInRequest, code: str, year: int, language: str, section: str) -> HttpResponse:
    """Show the translation of one section, as boxes where the user may translate; save it."""
    row = report_or_refuse(request, code, year, "read_draft")
    texts = contributions_to_translate(row)
    found_or_404(next((one for one in texts if one.section.code == section), None))
    page = translate_page(request.user, row, texts, language, section)
    if request.method == "POST":
        return save_section(request, page)
    return show_section(request, page, form_of(page))


@login_required
def translation_beside(request: SignedInRequest, code: str, year: int, section: str) -> HttpResponse:
    """Show the translations of one section to read, with their marks: a page of its own, or the tab of a panel."""
    row = report_or_refuse(request, code, year, "read_draft")
    here = get_object_or_404(row.sections.select_related("question"), question__code=section)
    here.report = row
    texts = [text for text in contributions_to_translate(row) if text.section_id == here.pk]
    return show(request, "country/translation_beside.html", beside_page(request.user, row, here, texts))


def form_of(page: TranslatePage, data: Mapping[str, str] | None = None) -> TranslationForm:
    views = [view for text in page.texts for view in text.rows]
    rows = [(page.contributions[view.of.number], view.shown, view.target) for view in views]
    return TranslationForm(rows, page.contributions, page.language, data)


def show_section(request: SignedInRequest, page: TranslatePage, form: TranslationForm) -> HttpResponse:
    return show(request, "country/translate.html", page, boxes=form.boxes, loose=form.loose)


def save_section(request: SignedInRequest, page: TranslatePage) -> HttpResponse:
    """Save the rows, then do what the pressed button asks. What could not be saved is shown again as typed."""
    form = form_of(page, request.POST)
    complete = form.save(by=request.user)
    target = page.url
    try:
        target = act(request, page, form, complete) or page.url
    except Problem as problem:
        messages.error(request, in_words(problem))
    response = switch_language(request, redirect(target))
    tell_saved(request, form, complete=complete)
    return response if complete else show_refused(request, page, form, response)


def show_refused(
    request: SignedInRequest, page: TranslatePage, before: TranslationForm, response: HttpResponse
) -> HttpResponse:
    """Show the page as the translation is now, with what was refused in its boxes."""
    row = Report.objects.select_related("form", "country").get(pk=page.report.pk)
    current = translate_page(request.user, row, contributions_to_translate(row), page.language, page.code)
    form = form_of(current)
    form.keep(before)
    shown = show_section(request, current, form)
    shown.cookies = response.cookies
    return shown
