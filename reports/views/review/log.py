"""The road of a report: each step, by whom, when and why, as its country or the secretariat reads it."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from reports.models import Report, StepLog
from reports.pages.overview import allowed, state_for_country, state_for_secretariat
from reports.pages.threads import by_name
from reports.rules import chain, permissions
from reports.views.access import report_or_refuse

SHORT = 12  # characters of a hash that people compare by eye


@dataclass(frozen=True)
class Entry:
    """A step in words; `state_from` is "" where the report was begun, and equals `state_to` where it stayed."""

    row: StepLog
    who: str
    state_from: str
    state_to: str

    @property
    def hash(self) -> str:
        return self.row.hash[:SHORT]

    @property
    def stays(self) -> bool:
        return self.state_from == self.state_to


@login_required
def log(request: HttpRequest, code: str, year: int) -> HttpResponse:
    row = report_or_refuse(request, code, year, "see")
    to_country = permissions.in_country(request.user, row)
    label = state_for_country if to_country else state_for_secretariat
    entries = [
        Entry(
            step,
            who=by_name(step.by) if step.by else _("The portal"),
            state_from=label(Report(state=step.state_from)) if step.state_from else "",
            state_to=label(Report(state=step.state_to)),
        )
        for step in row.steps.select_related("by", "submission").defer("submission__document").order_by("-position")
    ]
    context = {
        "report": row,
        "entries": entries,
        "problems": list(chain.problems(row)),
        "may": allowed(request.user, row, "read_draft"),
    }
    return render(request, "review/log.html", context)
