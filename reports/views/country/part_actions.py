"""What the buttons of a part's page do, beside saving: remove, move, settle and so on."""

from collections.abc import Callable
from functools import partial
from typing import Literal, cast

from django.contrib import messages
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from reports.models import Contribution, Section
from reports.pages.country.suggestions import suggestions_of
from reports.pages.parts import ReportPart, anchor, contributions_of, page_of
from reports.rules import writing
from reports.rules.writing import conflicts
from reports.views.country.suggestion_actions import decide
from reports.views.http import SignedInRequest, found_or_404, number_in

SAVE_BAR = "save"  # the id of the bar at the foot of the page
VERBS: dict[str, Callable[..., None]] = {
    "remove": writing.remove,
    "bring_back": writing.restore,
    "up": partial(writing.move, places=-1),
    "down": partial(writing.move, places=1),
}


def act(request: SignedInRequest, here: ReportPart, complete: bool) -> str:
    """Do what the pressed button asks; return where to go, "" for the same page. Raise Problem.

    `complete` says whether the page was saved completely: if not, no button leads to another page.
    """
    for name, action in ACTIONS.items():
        if request.POST.get(name):
            return action(request, here)
    for name, verb in VERBS.items():
        if pk := number_in(request.POST, name):
            row = one_of(here, pk)
            verb(row, by=request.user)
            return f"{here.url}#{anchor(row.section.code)}"
    if at := anchor_in(request, here):
        return f"{here.url}#{at}"
    going = request.POST.get("go") if complete else None
    to = page_of(here.report, going) if going else None
    return to.url if to else ""


def anchor_in(request: SignedInRequest, here: ReportPart) -> str:
    """Return the part of the page whose "Save" was pressed, "" for another button: people stay where they were."""
    at = request.POST.get("at", "")
    return at if at == SAVE_BAR or at in [anchor(section.code) for section in here.sections] else ""


def one_of(here: ReportPart, pk: int) -> Contribution:
    """Return a contribution of this page. Raise Http404."""
    return get_object_or_404(contributions_of(here.sections).select_related("section__question"), pk=pk)


def split(request: SignedInRequest, here: ReportPart) -> str:
    """Split a contribution where the page cut it. The page sends both parts, and the revision that it cut."""
    posted = request.POST
    row = one_of(here, number_in(posted, "split"))
    first, second = posted.get("split-first", ""), posted.get("split-second", "")
    made = writing.split(row, first, second, base=number_in(posted, "split-base"), by=request.user)
    return f"{here.url}#c{made.pk}"


def take_over(request: SignedInRequest, here: ReportPart) -> str:
    """Copy an earlier passage into a section. The button sends "2.1.A:12"; 12 is the earlier contribution."""
    code, _colon, pk = request.POST["copy"].partition(":")
    section = section_with(here, code)
    of_country = Contribution.objects.live().filter(section__report__country=here.report.country)
    rows = of_country.select_related("section__report")
    source = get_object_or_404(rows, pk=number_in({"pk": pk}, "pk"))
    made = writing.take_over(section, source, by=request.user)
    return f"{here.url}#c{made.pk}"


def join(request: SignedInRequest, here: ReportPart) -> str:
    above = writing.join(one_of(here, number_in(request.POST, "join")), by=request.user)
    return f"{here.url}#c{above.pk}"


def add(request: SignedInRequest, here: ReportPart) -> str:
    """Show another empty box in a section. The button sends the section's code."""
    wanted = section_with(here, request.POST["add"])
    return f"{here.url}?add={wanted.code}#{anchor(wanted.code)}"


def say_nothing(request: SignedInRequest, here: ReportPart) -> str:
    wanted = section_with(here, request.POST["nothing"])
    writing.set_nothing(wanted, True, by=request.user)
    return f"{here.url}#{anchor(wanted.code)}"


def section_with(here: ReportPart, code: str) -> Section:
    """Return the section of this page with this code. Raise Http404."""
    return found_or_404(next((one for one in here.sections if one.code == code), None))


def settle(request: SignedInRequest, here: ReportPart) -> str:
    settle_posted(request, contributions_of(here.sections))
    return here.url


def settle_posted(request: SignedInRequest, contributions: QuerySet[Contribution]) -> None:
    """Choose a version of a paragraph in conflict. The button sends "12:mine:5"; 5 is the save that the page showed."""
    pk, keep, number = (*request.POST["settle"].split(":"), "", "")[:3]
    found = next((one for one in conflicts.unsettled(contributions) if str(one.pk) == pk), None)
    if found and keep in ("mine", "theirs"):
        shown = number_in({"number": number}, "number") or None
        saved = writing.settle_conflict(found, cast(Literal["mine", "theirs"], keep), by=request.user, number=shown)
        if saved.outcome == "unchanged" and saved.conflicts:
            messages.warning(
                request, _("One of the versions has been added to meanwhile. Read both again: nothing was chosen yet.")
            )


def decide_suggestion(request: SignedInRequest, here: ReportPart) -> str:
    """Accept or decline a suggestion for a text of this page. The button sends its key."""
    pk = number_in(request.POST, "accept") or number_in(request.POST, "decline")
    found = get_object_or_404(suggestions_of(here.report), pk=pk, contribution__section__in=here.sections)
    decide(request, found)
    return f"{here.url}#c{found.contribution_id}"


ACTIONS: dict[str, Callable[[SignedInRequest, ReportPart], str]] = {
    "settle": settle,
    "split": split,
    "join": join,
    "copy": take_over,
    "add": add,
    "nothing": say_nothing,
    "accept": decide_suggestion,
    "decline": decide_suggestion,
}
