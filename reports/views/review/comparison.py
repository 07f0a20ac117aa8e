"""Any two submissions of a report side by side: which sections differ, and how."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from reports.document.tree import Document
from reports.models import Submission
from reports.pages.overview import allowed
from reports.pages.review.differences import SectionChange, between
from reports.views.access import report_or_refuse
from reports.views.http import number_in


@dataclass(frozen=True)
class Compared:
    old: Submission
    new: Submission
    changes: tuple[SectionChange, ...]
    total: int

    @property
    def both(self) -> tuple[Submission, Submission]:
        return self.old, self.new

    @property
    def is_same(self) -> bool:
        return self.old.sha256 == self.new.sha256


@login_required
def compare_submissions(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """?from=1&to=2 says which two; without it, the newest and the one before it."""
    row = report_or_refuse(request, code, year, "read_submission")
    numbers = list(row.submissions.order_by("number").values_list("number", flat=True))
    context = {"report": row, "numbers": numbers, "may": allowed(request.user, row, "read_draft")}
    if len(numbers) > 1:
        wanted = {
            "from": number_in(request.GET, "from") or numbers[-2],
            "to": number_in(request.GET, "to") or numbers[-1],
        }
        if not set(wanted.values()) <= set(numbers):
            raise Http404
        found = {one.number: one for one in row.submissions.filter(number__in=wanted.values()).select_related("by")}
        context["compared"] = compared(found[wanted["from"]], found[wanted["to"]])
    return render(request, "review/comparison.html", context)


def compared(old: Submission, new: Submission) -> Compared:
    before, after = (Document.from_json(one.document) for one in (old, new))
    known = {section.code: section for section in before.sections()}
    changes = [between(known.get(section.code), section, old, new) for section in after.sections()]
    return Compared(
        old,
        new,
        changes=tuple(change for change in changes if not change.is_same or change.is_reworded),
        total=len(changes),
    )
