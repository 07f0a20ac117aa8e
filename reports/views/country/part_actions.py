"""What the buttons of a part's page do, beside saving: remove, move, settle and so on."""

from collections.abc import Callable
from functools import partial
from typing import Literal, cast

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from reports.pages.parts import ReportPart, anchor, contributions_of, page_of
from reports.rules import writing
from reports.rules.writing import conflicts
from reports.views.http import SignedInRequest, number_in

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
    if request.POST.get("settle"):
        return settle(request, here)
    for name, verb in VERBS.items():
        if pk := number_in(request.POST, name):
            row = get_object_or_404(contributions_of(here.sections).select_related("section__question"), pk=pk)
            verb(row, by=request.user)
            return f"{here.url}#{anchor(row.section.code)}"
    codes = (request.POST.get("add"), request.POST.get("nothing"))
    wanted = next((section for section in here.sections if section.code in codes), None)
    if wanted and request.POST.get("nothing"):
        writing.set_nothing(wanted, True, by=request.user)
        return f"{here.url}#{anchor(wanted.code)}"
    if wanted:
        return f"{here.url}?add={wanted.code}#{anchor(wanted.code)}"
    going = request.POST.get("go") if complete else None
    to = page_of(here.report, going) if going else None
    return to.url if to else ""


def settle(request: SignedInRequest, here: ReportPart) -> str:
    """Choose a version of a paragraph in conflict. The button sends "12:mine:5"; 5 is the save that the page showed."""
    pk, keep, number = (*request.POST["settle"].split(":"), "", "")[:3]
    found = next((one for one in conflicts.unsettled(contributions_of(here.sections)) if str(one.pk) == pk), None)
    if found and keep in ("mine", "theirs"):
        shown = number_in({"number": number}, "number") or None
        saved = writing.settle_conflict(found, cast(Literal["mine", "theirs"], keep), by=request.user, number=shown)
        if saved.outcome == "unchanged" and saved.conflicts:
            messages.warning(
                request, _("One of the versions has been added to meanwhile. Read both again: nothing was chosen yet.")
            )
    return here.url
