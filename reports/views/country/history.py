"""The history of a text: its versions, a comparison of any two, and bringing one back."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from reports.dates import date_format
from reports.document.problem import Problem
from reports.models import Contribution, Report, Revision
from reports.pages.country.history import (
    contributions_with_history,
    history_page,
    merged_saves,
    section_history_page,
)
from reports.pages.parts import section_url
from reports.pages.wording import in_words
from reports.rules import permissions, writing
from reports.rules.writing import Saved
from reports.views.access import report_or_refuse
from reports.views.http import SignedInRequest, number_in, show


@login_required
def history(request: SignedInRequest, code: str, year: int, pk: int) -> HttpResponse:
    """Show the versions of the original, or of a translation with ?language=en; ?from=2&to=5 compares two of them.

    ?sent=7 also shows the text of that save as its writer sent it, before it was merged.
    """
    row = report_or_refuse(request, code, year, "read_draft")
    contribution = get_object_or_404(contributions_with_history(row), pk=pk)
    language = language_or_404(request.GET.get("language", ""))
    sent = None
    if request.GET.get("sent"):
        sent = get_object_or_404(merged_saves(contribution, language), number=number_in(request.GET, "sent"))
    old, new, until = (number_in(request.GET, name) for name in ("from", "to", "until"))
    page = history_page(request.user, contribution, language, old=old, new=new, until=until)
    return show(request, "country/history.html", page, sent=sent)


@login_required
def section_history(request: SignedInRequest, code: str, year: int, section: str) -> HttpResponse:
    """Show the contributions of a section, removed ones too, and what was changed beside their texts."""
    row = report_or_refuse(request, code, year, "read_draft")
    sections = row.sections.select_related("question__goal__target", "question__target")
    found = get_object_or_404(sections, question__code=section)
    return show(request, "country/section_history.html", section_history_page(found, row))


def language_or_404(language: str) -> str:
    """Return which text an address asks for: "" for the original, or the code of a translation."""
    if language not in ("", *dict(settings.LANGUAGES)):
        raise Http404
    return language


@login_required
@require_POST
def bring_back(request: SignedInRequest, code: str, year: int, pk: int) -> HttpResponse:
    """Write an old version as a new one. What a colleague saved meanwhile is merged, not overwritten."""
    row = report_or_refuse(request, code, year, "read_draft")
    contribution = get_object_or_404(contributions_with_history(row), pk=pk)
    language = language_or_404(request.POST.get("language", ""))
    check_may_edit(request, row, contribution, language)
    wanted = get_object_or_404(
        contribution.revisions.filter(language=language), number=number_in(request.POST, "number")
    )
    try:
        saved = writing.restore_version(contribution, wanted, base=number_in(request.POST, "base"), by=request.user)
    except Problem as problem:
        messages.error(request, in_words(problem))
        return redirect(f"{reverse('history', args=[code, year, pk])}?language={wanted.language}")
    tell(request, wanted, saved, was_removed=contribution.removed_at is not None)
    return redirect(section_url(contribution.section, row))


def check_may_edit(request: SignedInRequest, row: Report, contribution: Contribution, language: str) -> None:
    """Raise PermissionDenied unless the user may write this text, now or in another state of the report.

    In a report that was closed meanwhile, the rule itself refuses in words.
    """
    action = permissions.writing_of(language)
    is_translator = bool(language) and permissions.has_right(request.user, action, contribution)
    if not is_translator and not permissions.has_right(request.user, "write", row):
        raise PermissionDenied
    if row.is_open and not permissions.may(request.user, action, contribution):
        raise PermissionDenied


def tell(request: SignedInRequest, wanted: Revision, saved: Saved, *, was_removed: bool) -> None:
    """Say what became of bringing a version back."""
    when = {"time": date_format(timezone.localtime(wanted.at), "DATETIME_FORMAT")}
    if saved.outcome == "unchanged" and saved.revision.body != wanted.body:
        messages.warning(request, _("A colleague saved this text meanwhile, so nothing was changed. Look at it first."))
    elif saved.outcome == "unchanged" and was_removed:
        messages.success(request, _("The contribution is in its section again."))
    elif saved.outcome == "unchanged":
        messages.info(request, _("Nothing was changed: the text is already the same as that of %(time)s.") % when)
    elif saved.conflicts:
        messages.warning(
            request, _("You and a colleague changed the same paragraph. Both versions are safe: see below.")
        )
    elif saved.is_merged:
        messages.warning(
            request, _("A colleague saved this text meanwhile. Both changes are in it: please read it through.")
        )
    else:
        messages.success(
            request, _("The text of %(time)s is in the report again, as a new version. Nothing was deleted.") % when
        )
