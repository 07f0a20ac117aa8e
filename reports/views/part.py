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
from reports.rules import conflicts, delegations, saving
from reports.rules.delegations import Pen
from reports.views import errors, overview, questions
from reports.views.access import report_or_refuse
from reports.views.announced import announcements
from reports.views.history import number_in
from reports.views.parts import Part, parts_of, section_url
from reports.views.public import switch_language
from reports.views.wording import in_words


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
    pen = delegations.pen(request.user, row)
    adding = request.GET.get("add", "")
    form = PartForm(here.sections, pen=pen, adding=adding, emptied=conflicts.emptied(found))
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
    form = PartForm(here.sections, request.POST, pen=delegations.pen(request.user, row))
    try:
        complete = form.save(by=request.user)
        target = act(request, here, form.pen, complete)
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
    now = PartForm(here.sections, pen=delegations.pen(request.user, row), emptied=conflicts.emptied(found))
    page = render_part(request, row, here, now.kept(form), found)
    page.cookies = response.cookies
    return page


VERBS = {
    "remove": saving.remove,
    "bring_back": saving.bring_back,
    "up": partial(saving.move, places=-1),
    "down": partial(saving.move, places=1),
}


def act(request: HttpRequest, here: Part, pen: Pen, complete: bool) -> str:
    """The wish of the pressed button; returns where to go. Raises Problem."""
    post = request.POST
    if post.get("settle"):
        return settle(request, here, pen)
    for name, verb in VERBS.items():
        if pk := number_in(post, name):
            row = get_object_or_404(contributions_of(here.sections).select_related("section__question"), pk=pk)
            is_own = name in ("remove", "bring_back") and pen.edits(row, row.section)
            delegations.check(is_own or pen.writes(row.section), row.section)
            verb(row, by=request.user)
            return section_url(row.section, here.report)
    wanted: Section | None = next((s for s in here.sections if s.code in (post.get("add"), post.get("nothing"))), None)
    if wanted and post.get("nothing"):
        delegations.check(pen.writes(wanted), wanted)
        saving.set_nothing(wanted, True, by=request.user)
        return section_url(wanted, here.report)
    if wanted:
        url, _hash, place = section_url(wanted, here.report).partition("#")
        return f"{url}?add={wanted.code}#{place}"
    return next((p.url for p in parts_of(here.report) if p.code == post.get("go")), "") if complete else ""


def settle(request: HttpRequest, here: Part, pen: Pen) -> str:
    """The button of one version of a paragraph that two people changed: "12:mine:5", 5 the save it was shown with."""
    pk, keep, number = (*request.POST["settle"].split(":"), "", "")[:3]
    found = next((c for c in conflicts.unsettled(contributions_of(here.sections)) if str(c.pk) == pk), None)
    if found and keep in ("mine", "theirs"):
        check_may_settle(found, pen)
        shown = number_in({"number": number}, "number") or None
        saved = saving.settle(found, keep, by=request.user, number=shown)
        if saved.outcome == "unchanged" and saved.conflicts:
            messages.warning(
                request, _("One of the versions has been added to meanwhile. Read both again: nothing was chosen yet.")
            )
    return here.url


def check_may_settle(found: Conflict, pen: Pen) -> None:
    contribution = found.revision.contribution
    delegations.check(pen.edits(contribution, contribution.section), contribution.section)


def contributions_of(sections: Iterable[Section]) -> QuerySet[Contribution]:
    return Contribution.objects.filter(section__in=sections)
