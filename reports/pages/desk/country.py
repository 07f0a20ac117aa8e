"""One country as the secretariat sees it: every form, and its focal points. Never the text of a draft."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet
from django.utils import timezone

from reports.models import Country, Remark, Report, ReportingForm, Role, Submission, User
from reports.pages.desk import rows as desk_rows
from reports.pages.desk import words
from reports.pages.desk.address import review_url
from reports.pages.desk.rows import CountryRow
from reports.rules import permissions


@dataclass(frozen=True)
class FormStatus:
    """One form and this country's report for it, if it was begun. `total` is the number of the form's questions.

    `submissions`: each with whether the secretariat can read it, which it cannot after the country took it back.
    """

    form: ReportingForm
    row: CountryRow
    state: str
    submissions: list[tuple[Submission, bool]]
    total: int

    @property
    def review_url(self) -> str:
        return review_url(self.row.code, self.form.year) if self.row.sent_in else ""

    @property
    def today(self) -> date:
        return desk_rows.today_of(self.form)

    @property
    def due_words(self) -> str:
        return words.due_words(self.row, self.form, self.today)

    @property
    def late(self) -> bool:
        return words.is_overdue(self.row, self.form, self.today)

    @property
    def is_announced(self) -> bool:
        """Not open yet, and not opened for this country either."""
        return not self.row.report and timezone.now() < self.form.opens_at


@dataclass(frozen=True)
class CountryPage:
    country: Country
    years: list[FormStatus]
    focal_points: QuerySet[User]
    administers: bool


def country_page(user: User, country: Country) -> CountryPage:
    return CountryPage(country, form_statuses(country), focal_points(country), permissions.may(user, "manage_forms"))


def form_statuses(country: Country) -> list[FormStatus]:
    """Return every form, the newest first, in five queries."""
    forms = ReportingForm.objects.order_by("-year").annotate(total=Count("questions"))
    reports = {report.form_id: report for report in Report.objects.filter(country=country).order_by()}
    submissions: dict[int, list[Submission]] = {}
    rows = Submission.objects.filter(report__country=country).select_related("record")
    for sent in rows.only("report", "number", "at", "record__id").order_by("number"):
        submissions.setdefault(sent.report_id, []).append(sent)
    questions = questions_by_report(country)  # one query for all forms, like everything here
    labels, found = words.state_labels(), []
    for form in forms:
        report = reports.get(form.pk)
        sent_in = submissions.get(report.pk, []) if report else []
        row = row_of(country, form, report, sent_in)
        row.questions = questions.get(report.pk, 0) if report else 0
        readable = [(sent, row.sent_in or hasattr(sent, "record")) for sent in sent_in]
        found.append(FormStatus(form, row, labels[row.state], readable, form.total))
    desk_rows.add_progress([status.row for status in found])
    return found


def questions_by_report(country: Country) -> dict[int, int]:
    """Return how many questions are not settled, by the key of the report. One query."""
    unsettled = Remark.objects.unsettled().filter(section__report__country=country).order_by()
    return dict(unsettled.values_list("section__report").annotate(Count("pk")))


def row_of(country: Country, form: ReportingForm, report: Report | None, sent_in: list[Submission]) -> CountryRow:
    row = CountryRow(country.code, str(country), form.due)
    if report:
        row.report, row.state = report.pk, report.state
        row.due, row.extended = report.extended_to or form.due, bool(report.extended_to)
        row.first = sent_in[0].at if sent_in else None
    return row


def focal_points(country: Country) -> QuerySet[User]:
    return User.objects.filter(
        memberships__country=country, memberships__role=Role.FOCAL_POINT, is_active=True
    ).order_by("name")
