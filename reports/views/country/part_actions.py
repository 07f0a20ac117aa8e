"""What the buttons of a part's page do, beside saving: remove, move, settle and so on."""

from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from reports.models import Conflict, Section
from reports.pages.parts import ReportPart, contributions_of, parts_of, section_url
from reports.rules import conflicts, delegations, saving
from reports.rules.delegations import Pen
from reports.views.http import SignedInRequest, number_in

VERBS = {
    "remove": saving.remove,
    "bring_back": saving.bring_back,
    "up": partial(saving.move, places=-1),
    "down": partial(saving.move, places=1),
}


def act(request: SignedInRequest, here: ReportPart, pen: Pen, complete: bool) -> str:
    """Do what the pressed button asks; return where to go, "" for the same page. Raises Problem.

    A page that was not saved completely is left by no button that only leads elsewhere.
    """
    if request.POST.get("settle"):
        return settle(request, here, pen)
    for name in VERBS:
        if pk := number_in(request.POST, name):
            return change(request, here, pen, name, pk)
    codes = (request.POST.get("add"), request.POST.get("nothing"))
    wanted = next((section for section in here.sections if section.code in codes), None)
    if wanted and request.POST.get("nothing"):
        return set_nothing(request, here, pen, wanted)
    if wanted:
        url, _hash, place = section_url(wanted, here.report).partition("#")
        return f"{url}?add={wanted.code}#{place}"
    going = request.POST.get("go") if complete else None
    return next((part.url for part in parts_of(here.report) if part.code == going), "")


def change(request: SignedInRequest, here: ReportPart, pen: Pen, name: str, pk: int) -> str:
    """Remove a contribution, bring it back, or move it."""
    row = get_object_or_404(contributions_of(here.sections).select_related("section__question"), pk=pk)
    is_own = name in ("remove", "bring_back") and pen.edits(row, row.section)
    delegations.check(is_own or pen.writes(row.section), row.section)
    VERBS[name](row, by=request.user)
    return section_url(row.section, here.report)


def set_nothing(request: SignedInRequest, here: ReportPart, pen: Pen, section: Section) -> str:
    delegations.check(pen.writes(section), section)
    saving.set_nothing(section, True, by=request.user)
    return section_url(section, here.report)


def settle(request: SignedInRequest, here: ReportPart, pen: Pen) -> str:
    """Choose a version of a paragraph in conflict. The button sends "12:mine:5"; 5 is the save that the page showed."""
    pk, keep, number = (*request.POST["settle"].split(":"), "", "")[:3]
    found = next((one for one in conflicts.unsettled(contributions_of(here.sections)) if str(one.pk) == pk), None)
    if found and keep in ("mine", "theirs"):
        check_may_settle(found, pen)
        shown = number_in({"number": number}, "number") or None
        saved = saving.settle(found, keep, by=request.user, number=shown)
        if saved.outcome == "unchanged" and saved.conflicts:
            messages.warning(request, _("A version has grown meanwhile. Read both again: nothing was chosen yet."))
    return here.url


def check_may_settle(found: Conflict, pen: Pen) -> None:
    contribution = found.revision.contribution
    delegations.check(pen.edits(contribution, contribution.section), contribution.section)
