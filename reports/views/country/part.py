"""The page on which sections are filled in: one goal, or one target where the form is by target."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from reports.document.problem import Problem
from reports.forms.part import PartForm
from reports.models import Conflict, Report, User
from reports.pages.country.part import part_page
from reports.pages.parts import ReportPart, contributions_of, page_of
from reports.pages.wording import in_words
from reports.rules.writing import conflicts
from reports.views.access import or_show_text, report_or_refuse
from reports.views.country.part_actions import act
from reports.views.http import SignedInRequest, found_or_404, show, switch_language, tell_saved

VISITED = "visited"  # the cookie that names the pages that this browser has opened: the goal's text is folded there
MOST_VISITED = 60
A_YEAR = 365 * 24 * 3600  # seconds


@never_cache  # going back must not show the text from before the save, nor a draft to the computer's next user
@or_show_text
def part(request: SignedInRequest, code: str, year: int, part: str) -> HttpResponse:
    """Show the sections of one goal or target as forms, or as text where the user may not write now; save them."""
    row = report_or_refuse(request, code, year, "read_draft", with_sections=True)
    here = part_or_404(row, part)
    if request.method == "POST":
        return save_part(request, row, here)
    return show_part(request, here, *unbound_form(request.user, here, adding=request.GET.get("add", "")))


def part_or_404(row: Report, code: str) -> ReportPart:
    return found_or_404(page_of(row, code))


def unbound_form(user: User, here: ReportPart, *, adding: str = "") -> tuple[PartForm, list[Conflict]]:
    """Return the form with the report's current texts, and the conflicts that it shows."""
    found = conflicts.unsettled(contributions_of(here.sections))
    return PartForm(here.sections, user=user, adding=adding, emptied=conflicts.emptied(found)), found


def show_part(request: SignedInRequest, here: ReportPart, form: PartForm, found: Iterable[Conflict]) -> HttpResponse:
    shown = any(block.is_open for block in form.blocks) or form.has_trouble
    visited = request.COOKIES.get(VISITED, "").split(".")
    place = f"{here.report.form.year}-{here.code.replace('.', '-')}"
    response = show(
        request,
        "country/whole.html" if here.is_whole else "country/part.html",
        part_page(request.user, here, found, is_first_visit=place not in visited),
        form=form,
        show_form=shown,
        adding_to=[block.section.code for block in form.blocks if block.adds],
        language_form="part-form" if shown else "",
    )
    if place not in visited:
        response.set_cookie(VISITED, ".".join([*visited, place][-MOST_VISITED:]), max_age=A_YEAR, samesite="Lax")
    return response


def save_part(request: SignedInRequest, row: Report, here: ReportPart) -> HttpResponse:
    """Save the page, then do what the pressed button asks. What could not be saved is shown again as typed."""
    form = PartForm(here.sections, request.POST, user=request.user)
    try:
        complete = form.save()
        target = act(request, here, complete)
    except Problem as problem:
        messages.error(request, in_words(problem))
        complete, target = False, ""
    if form.in_conflict:
        target = here.url  # where both versions are
    # The language switch of this page posts its form: what was typed is saved before the language changes.
    response = switch_language(request, redirect(target or here.url))
    tell_saved(request, form, complete=complete)
    return response if complete else show_refused(request, row, here, form, response)


def show_refused(
    request: SignedInRequest, row: Report, here: ReportPart, form: PartForm, response: HttpResponse
) -> HttpResponse:
    """Show the page as the report is now, with what was refused in its boxes and the cookies of the `response`."""
    here = part_or_404(Report.objects.with_sections().get(pk=row.pk), here.code)
    current, found = unbound_form(request.user, here)
    page = show_part(request, here, current.kept(form), found)
    page.cookies = response.cookies
    return page
