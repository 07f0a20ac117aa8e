"""The secretariat's table of a form: every country, its state and how far it is; never a word of a draft."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from reports.forms.languages import sort_key
from reports.models import Country, Report, ReportingForm, State
from reports.rules import permissions
from reports.views.overview import state_for_secretariat


@dataclass(frozen=True)
class DeskRow:
    country: Country
    report: Report | None
    state: str
    submission: int | None
    late: bool

    @property
    def key(self) -> str:
        return self.report.state if self.report else "none"


@login_required
def desk(request: HttpRequest, year: int | None = None) -> HttpResponse:
    if not permissions.at_secretariat(request.user):
        raise PermissionDenied
    forms = list(ReportingForm.objects.order_by("-year"))
    begun = [form for form in forms if timezone.now() >= form.opens_at]
    form = get_object_or_404(ReportingForm, year=year) if year else (begun or forms or [None])[0]
    rows = rows_of(form) if form else []
    wanted = request.GET.get("state", "")
    context = {
        "form": form,
        "forms": forms,
        "total": form.questions.count() if form else 0,
        "rows": [row for row in rows if wanted in ("", row.key)],
        "tally": tally(rows),
        "wanted": wanted,
        "sent_in": sum(1 for row in rows if row.report and not row.report.is_open),
        "countries": len(rows),
    }
    return render(request, "secretariat/desk.html", context)


def rows_of(form: ReportingForm) -> list[DeskRow]:
    reports = form.reports.select_related("country", "form").with_progress().prefetch_related("submissions")
    found = {report.country_id: report for report in reports}
    rows = []
    for country in Country.objects.all():
        report = found.get(country.pk)
        numbers = [submission.number for submission in report.submissions.all()] if report else []
        late = report.is_late if report else form.is_past(timezone.now())
        rows.append(DeskRow(country, report, state_for_secretariat(report), max(numbers, default=None), late))
    return sorted(rows, key=lambda row: sort_key(str(row.country)))


def tally(rows: list[DeskRow]) -> list[tuple[str, str, int]]:
    """How many countries are in each state: key, label, count."""
    labels = {"none": state_for_secretariat(None)}
    labels |= {state.value: state_for_secretariat(Report(state=state)) for state in State}
    return [(key, label, sum(1 for row in rows if row.key == key)) for key, label in labels.items()]
