"""One country as the secretariat sees it: every form, and who its focal points are. Never a word of a draft."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.decorators import login_required
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from reports.models import Country, Remark, Report, ReportingForm, Role, Submission, User
from reports.pages.desk import lines as desk_lines
from reports.pages.desk import rows as desk_rows
from reports.pages.desk.rows import Row
from reports.rules import permissions


@dataclass(frozen=True)
class Year:
    """One form and this country's report for it, if it was begun."""

    form: ReportingForm
    row: Row
    state: str
    submissions: list[Submission]

    @property
    def review_url(self) -> str:
        return desk_lines.review_url(self.row.code, self.form.year) if self.row.sent_in else ""

    @property
    def total(self) -> int:
        return self.form.total  # type: ignore[attr-defined]

    @property
    def today(self) -> date:
        return desk_rows.today_of(self.form)

    @property
    def due_words(self) -> str:
        return desk_lines.due_words(self.row, self.form, self.today)

    @property
    def late(self) -> bool:
        return not self.row.sent_in and self.row.days_late(self.form, self.today) > 0

    @property
    def is_announced(self) -> bool:
        """Not open yet, and not opened for this country either."""
        return not self.row.report and timezone.now() < self.form.opens_at


@login_required
def desk_country(request: HttpRequest, code: str) -> HttpResponse:
    permissions.check(request.user, "use_desk")
    country = get_object_or_404(Country, code=code)
    context = {
        "country": country,
        "years": years_of(country),
        "focal_points": focal_points(country),
        "administers": permissions.may(request.user, "manage_forms"),
    }
    return render(request, "desk/country.html", context)


def years_of(country: Country) -> list[Year]:
    """Every form, newest first, in five queries."""
    forms = ReportingForm.objects.order_by("-year").annotate(total=Count("questions"))
    reports = {report.form_id: report for report in Report.objects.filter(country=country).order_by()}
    submissions: dict[int, list[Submission]] = {}
    for sent in Submission.objects.filter(report__country=country).only("report", "number", "at").order_by("number"):
        submissions.setdefault(sent.report_id, []).append(sent)
    unsettled = Remark.objects.unsettled().filter(section__report__country=country).order_by()
    questions = dict(unsettled.values_list("section__report").annotate(Count("pk")))
    labels, years = desk_lines.state_labels(), []
    for form in forms:
        report = reports.get(form.pk)
        sent_in = submissions.get(report.pk, []) if report else []
        row = Row(country.code, str(country), form.due)
        if report:
            row.report, row.state = report.pk, report.state
            row.due, row.extended = report.extended_to or form.due, bool(report.extended_to)
            row.first = sent_in[0].at if sent_in else None
            row.questions = questions.get(report.pk, 0)
        years.append(Year(form, row, labels[row.state], sent_in))
    desk_rows.add_progress([year.row for year in years])
    return years


def focal_points(country: Country) -> QuerySet[User]:
    return User.objects.filter(
        memberships__country=country, memberships__role=Role.FOCAL_POINT, is_active=True
    ).order_by("name")
