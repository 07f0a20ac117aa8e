"""The page on which sections are filled in: one goal, or one target where the form is by target."""

from collections.abc import Callable, Iterable
from functools import partial, wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from reports.document.problem import Problem
from reports.forms.part import NOT_ALL_SAVED, PartForm
from reports.models import Conflict, Contribution, Report, Section
from reports.pages import overview
from reports.pages.announced import announcements
from reports.pages.parts import Part, parts_of, section_url
from reports.pages.wording import in_words
from reports.rules import writing
from reports.rules.writing import conflicts
from reports.views import errors
from reports.views.access import report_or_refuse
from reports.views.country import questions
from reports.views.http import number_in, switch_language


def or_show_text(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Like `login_required`; but a text that was posted is shown again, to be copied."""
    guarded = login_required(view)

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and not request.user.is_authenticated:
            return errors.signed_out(request)
        return guarded(request, *args, **kwargs)

    return wrapped


@never_cache  # going back must not show the text from before the save, nor a draft to whoever sits here next
@or_show_text
def part(request: HttpRequest, code: str, year: int, part: str) -> HttpResponse:
    """The sections of one goal or target as forms, or as text when the country may not write in them now."""
    row = report_or_refuse(request, code, year, "read_draft", with_sections=True)
    here = part_or_404(row, part)
    if request.method == "POST":
        return save_part(request, row, here)
    found = conflicts.unsettled(contributions_of(here.sections))
    adding = request.GET.get("add", "")
    form = PartForm(here.sections, user=request.user, adding=adding, emptied=conflicts.emptied(found))
    return render_part(request, row, here, form, found)


def part_or_404(row: Report, code: str) -> Part:
    here = next((p for p in parts_of(row) if p.code == code), None)
    if here is None:
        raise Http404
    return here


def render_part(
    request: HttpRequest, row: Report, here: Part, form: PartForm, found: Iterable[Conflict]
) -> HttpResponse:
    parts = parts_of(row)
    at = [p.code for p in parts].index(here.code)
    shown = any(block.is_open for block in form.blocks) or form.has_trouble
    context = {
        "report": row,
        "part": here,
        "parts": parts,
        "previous": parts[at - 1] if at else None,
        "next": parts[at + 1] if at + 1 < len(parts) else None,
        "form": form,
        "by_target": here.goal is None,
        "goals": here.target.goals.all() if here.goal is None else (),
        "language_form": "part-form" if shown else "",
        "conflicts": by_text(found),
        "announced": announcements(row, here.sections),
        "questions": questions.by_section(here.sections),
        "may": overview.allowed(request.user, row, "write"),
        "show_form": shown,
    }
    return render(request, "country/part.html", context)


def by_text(found: Iterable[Conflict]) -> dict[str, list[Conflict]]:
    """Open conflicts by the name of their text's box on the page."""
    texts: dict[str, list[Conflict]] = {}
    for conflict in found:
        language = conflict.revision.language
        name = f"c{conflict.revision.contribution_id}" + (f"-{language}" if language else "")
        texts.setdefault(name, []).append(conflict)
    return texts


def save_part(request: HttpRequest, row: Report, here: Part) -> HttpResponse:
    """Saves the page, then does what the pressed button asks. What could not be saved is shown again as typed."""
    form = PartForm(here.sections, request.POST, user=request.user)
    try:
        complete = form.save()
        target = act(request, here, complete)
    except Problem as problem:
        messages.error(request, in_words(problem))
        complete, target = False, ""
    if form.in_conflict:
        target = here.url  # where both versions are
    response = switch_language(request, redirect(target or here.url))
    if complete:
        if form.in_conflict:
            messages.warning(
                request, _("You and a colleague changed the same paragraph. Both versions are safe: see below.")
            )
        elif form.saved:
            messages.success(request, _("Saved."))
        return response
    if form.has_trouble:
        messages.error(request, str(NOT_ALL_SAVED))
    row = Report.objects.with_sections().get(pk=row.pk)
    here = part_or_404(row, here.code)
    found = conflicts.unsettled(contributions_of(here.sections))
    now = PartForm(here.sections, user=request.user, emptied=conflicts.emptied(found))
    page = render_part(request, row, here, now.kept(form), found)
    page.cookies = response.cookies
    return page


VERBS = {
    "remove": writing.remove,
    "bring_back": writing.restore,
    "up": partial(writing.move, places=-1),
    "down": partial(writing.move, places=1),
}


def act(request: HttpRequest, here: Part, complete: bool) -> str:
    """Do what the pressed button asks; return where to go. Raise Problem."""
    post = request.POST
    if post.get("settle"):
        return settle(request, here)
    for name, verb in VERBS.items():
        if pk := number_in(post, name):
            row = get_object_or_404(contributions_of(here.sections).select_related("section__question"), pk=pk)
            verb(row, by=request.user)
            return section_url(row.section, here.report)
    wanted: Section | None = next((s for s in here.sections if s.code in (post.get("add"), post.get("nothing"))), None)
    if wanted and post.get("nothing"):
        writing.set_nothing(wanted, True, by=request.user)
        return section_url(wanted, here.report)
    if wanted:
        url, _hash, place = section_url(wanted, here.report).partition("#")
        return f"{url}?add={wanted.code}#{place}"
    return next((p.url for p in parts_of(here.report) if p.code == post.get("go")), "") if complete else ""


def settle(request: HttpRequest, here: Part) -> str:
    """Take the button of one version of a disputed paragraph: "12:mine:5", 5 the save that the page showed."""
    pk, keep, number = (*request.POST["settle"].split(":"), "", "")[:3]
    found = next((c for c in conflicts.unsettled(contributions_of(here.sections)) if str(c.pk) == pk), None)
    if found and keep in ("mine", "theirs"):
        shown = number_in({"number": number}, "number") or None
        saved = writing.settle_conflict(found, keep, by=request.user, number=shown)
        if saved.outcome == "unchanged" and saved.conflicts:
            messages.warning(
                request, _("One of the versions has been added to meanwhile. Read both again: nothing was chosen yet.")
            )
    return here.url


def contributions_of(sections: Iterable[Section]) -> QuerySet[Contribution]:
    return Contribution.objects.filter(section__in=sections)
