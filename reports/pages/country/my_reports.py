"""The first page of somebody who writes for a country: every form, with the country's report for it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from reports.models import Country, Report, ReportingForm, User
from reports.pages.wording import state_for_country
from reports.rules import permissions


@dataclass(frozen=True)
class FormRow:
    """One form as a country sees it: its report, if begun, and whether the user may begin it."""

    form: ReportingForm
    report: Report | None
    state: str
    may_open: bool
    submission: int | None = None

    @property
    def is_late(self) -> bool:
        return self.report.is_late if self.report else self.form.is_past(timezone.now())


@dataclass(frozen=True)
class CountryBlock:
    """One country of the user, with every form, the newest first."""

    country: Country
    rows: tuple[FormRow, ...]
    may_invite: bool = False

    @property
    def current(self) -> FormRow | None:
        """The form to work on now: the newest that is open to this country and not sent in."""
        return next((row for row in self.rows if row.may_open or (row.report and row.report.is_open)), None)


def country_blocks(user: User, countries: Iterable[Country]) -> list[CountryBlock]:
    """Return every form of every country of this user, in three queries."""
    countries = list(countries)
    forms = list(ReportingForm.objects.order_by("-year"))
    reports = Report.objects.filter(country__in=countries).select_related("form").with_progress()
    # Few people write for more than one country, but everything is read for all of them at once.
    found = {(report.country_id, report.form_id): report for report in reports.prefetch_related("submissions")}
    return [
        CountryBlock(
            country,
            tuple(form_row(user, country, form, found.get((country.pk, form.pk))) for form in forms),
            may_invite=permissions.may(user, "open_report", country),
        )
        for country in countries
    ]


def form_row(user: User, country: Country, form: ReportingForm, report: Report | None) -> FormRow:
    is_open = timezone.now() >= form.opens_at
    numbers = [submission.number for submission in report.submissions.all()] if report else []
    return FormRow(
        form=form,
        report=report,
        state=state_for_country(report) if report or is_open else _("Not open yet"),
        may_open=report is None and is_open and permissions.may(user, "open_report", country),
        submission=max(numbers, default=None),
    )
