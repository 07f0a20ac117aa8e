"""The history of a text: its versions, a comparison of any two, and bringing one back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from reports.dates import date_format
from reports.document.problem import Problem
from reports.models import Contribution, Report, Revision
from reports.pages.country import changes
from reports.pages.markup import shown_comparison
from reports.pages.parts import section_url
from reports.pages.wording import in_words
from reports.rules import history as rules
from reports.rules import permissions, writing
from reports.rules.history import Version
from reports.rules.writing import Saved
from reports.views.access import report_or_refuse
from reports.views.http import number_in

AT_ONCE = 50  # versions listed on one page


@dataclass(frozen=True)
class Comparison:
    """What the page shows beside the list: a version, compared with `old` where that is another one."""

    new: Version
    old: Version | None = None
    html: str = ""

    @property
    def added(self) -> int:
        return self.html.count("<ins>")

    @property
    def removed(self) -> int:
        return self.html.count("<del>")

    @property
    def is_same(self) -> bool:
        return self.old is not None and self.old.revision.body == self.new.revision.body


@login_required
def history(request: HttpRequest, code: str, year: int, pk: int) -> HttpResponse:
    """The versions of the original, or of a translation with ?language=en; ?from=2&to=5 says which two to compare."""
    row = report_or_refuse(request, code, year, "read_draft")
    contribution = contribution_or_404(row, pk)
    language = language_or_404(request.GET)
    found = rules.versions(contribution, language)
    new = asked(request.GET, "to", found) or (found[-1] if found else None)
    old = asked(request.GET, "from", found) or (found[new.number - 2] if new and new.number > 1 else None)
    list_of_versions = listed(request.GET, found, {old, new})
    context = {
        "report": row,
        "contribution": contribution,
        "section": contribution.section,
        "language": language,
        "lang": language or contribution.language,
        "texts": rules.languages(contribution),
        "standing": found[-1] if found else None,
        "same": same_as_now(found, list_of_versions["versions"]),
        "comparison": compared(old, new) if new else None,
        "listed": list_of_versions,
        "sent": sent_or_404(request.GET, contribution, language),
        "conflicts": rules.conflicts_of(new) if new else [],
        "changes": changes.of_contribution(contribution, row),
        "may": {"write": permissions.may(request.user, "write_contribution", contribution)},
    }
    return render(request, "country/history.html", context)


@login_required
def section_history(request: HttpRequest, code: str, year: int, section: str) -> HttpResponse:
    """The contributions of a section, removed ones too, and what was changed beside their texts."""
    row = report_or_refuse(request, code, year, "read_draft")
    sections = row.sections.select_related("question__goal__target", "question__target")
    found = get_object_or_404(sections, question__code=section)
    context = {
        "report": row,
        "section": found,
        "contributions": found.contributions.all(),
        "changes": changes.of_section(found, row),
    }
    return render(request, "country/section_history.html", context)


def same_as_now(found: list[Version], shown: list[Version]) -> set[int]:
    """Of the saves shown, the numbers of those whose text is the one that stands now: to bring it back would change
    nothing. One query, however long the history is."""
    if not found:
        return set()
    now = found[-1].revision
    saves = Revision.objects.filter(pk__in=[version.revision.pk for version in shown], body=now.body)
    return set(saves.values_list("number", flat=True))


def contribution_or_404(row: Report, pk: int) -> Contribution:
    """A contribution of this report, one that was removed too."""
    found = Contribution.objects.filter(section__report=row).select_related(
        "section__report__form",
        "section__report__country",
        "section__question__goal__target",
        "section__question__target",
    )
    return get_object_or_404(found, pk=pk)


def language_or_404(data: Mapping[str, str]) -> str:
    """Which text: "" for the original, or the code of a translation."""
    language = data.get("language", "")
    if language not in ("", *dict(settings.LANGUAGES)):
        raise Http404
    return language


def asked(data: Mapping[str, str], name: str, found: list[Version]) -> Version | None:
    number = number_in(data, name)
    return found[number - 1] if 0 < number <= len(found) else None


def compared(old: Version | None, new: Version) -> Comparison:
    """Compares two versions. The texts of these two, and of no others, are loaded here."""
    if old is None or old.number == new.number:
        return Comparison(new)
    return Comparison(new, old, shown_comparison(old.revision.body, new.revision.body))


def listed(data: Mapping[str, str], found: list[Version], chosen: set[Version | None]) -> dict[str, Any]:
    """A page's worth of versions, the newest first; those that are compared stay in the list wherever it stands."""
    last = number_in(data, "until")
    last = last if 0 < last < len(found) else len(found)
    first = max(1, last - AT_ONCE + 1)
    numbers = {version.number for version in chosen if version} | set(range(first, last + 1))
    return {
        "versions": [found[number - 1] for number in sorted(numbers, reverse=True)],
        "until": last if last < len(found) else "",
        "older": first - 1,
        "newer": min(last + AT_ONCE, len(found)) if last < len(found) else 0,
        "all": len(found),
    }


def sent_or_404(data: Mapping[str, str], contribution: Contribution, language: str) -> Revision | None:
    """The save whose text, as it was sent, the page is asked to show."""
    if not data.get("sent"):
        return None
    saves = contribution.revisions.filter(language=language).exclude(sent="").select_related("by").defer("body")
    return get_object_or_404(saves, number=number_in(data, "sent"))


@login_required
@require_POST
def bring_back(request: HttpRequest, code: str, year: int, pk: int) -> HttpResponse:
    """Writes an old version as a new one. What a colleague saved meanwhile is merged, not overwritten."""
    row = report_or_refuse(request, code, year, "read_draft")
    if not permissions.has_right(request.user, "write", row):
        raise PermissionDenied
    contribution = contribution_or_404(row, pk)
    if row.is_open and not permissions.may(request.user, "write_contribution", contribution):
        raise PermissionDenied
    saves = contribution.revisions.filter(language=language_or_404(request.POST))
    wanted = get_object_or_404(saves, number=number_in(request.POST, "number"))
    try:
        saved = writing.restore_version(contribution, wanted, base=number_in(request.POST, "base"), by=request.user)
    except Problem as problem:
        messages.error(request, in_words(problem))
        return redirect(f"{reverse('history', args=[code, year, pk])}?language={wanted.language}")
    tell(request, wanted, saved, was_removed=contribution.removed_at is not None)
    return redirect(section_url(contribution.section, row))


def tell(request: HttpRequest, wanted: Revision, saved: Saved, *, was_removed: bool) -> None:
    """Says what became of bringing a version back."""
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
