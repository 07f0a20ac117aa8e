"""What the pages about whole reports show."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from reports.document.tree import Document
from reports.forms.languages import language_within
from reports.models import Country, LooseLine, PolicyTarget, Report, ReportingForm, State, User
from reports.pages.parts import Part, parts_of
from reports.rules import permissions


@dataclass(frozen=True)
class FormRow:
    """One form as a country sees it: its report, if begun, and whether it can be."""

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
    country: Country
    rows: tuple[FormRow, ...]
    may_invite: bool = False

    @property
    def current(self) -> FormRow | None:
        """The form to work on now: the newest that is open to this country and not sent in."""
        return next((row for row in self.rows if row.may_open or (row.report and row.report.is_open)), None)


def state_for_country(report: Report | None) -> str:
    """A state has a label for each audience; this is the country's."""
    if report is None:
        return _("Not started")
    return {
        State.DRAFT: _("Draft"),
        State.SUBMITTED: pgettext("a report, to its country", "Sent in"),
        State.RETURNED: _("Returned to you"),
        State.ACCEPTED: _("Accepted"),
        State.PUBLISHED: _("Published"),
    }[State(report.state)]


def state_for_secretariat(report: Report | None) -> str:
    """The secretariat's label of the same state."""
    if report is None:
        return _("Not started")
    return {
        State.DRAFT: _("Draft"),
        State.SUBMITTED: _("To review"),
        State.RETURNED: _("Returned"),
        State.ACCEPTED: _("Accepted"),
        State.PUBLISHED: _("Published"),
    }[State(report.state)]


def of_countries(user: User, countries: Iterable[Country]) -> list[CountryBlock]:
    """Every form of every country of this person, in three queries."""
    countries = list(countries)
    forms = list(ReportingForm.objects.order_by("-year"))
    reports = Report.objects.filter(country__in=countries).select_related("form").with_progress()
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


def by_target(report: Report) -> list[tuple[PolicyTarget, list[Part]]]:
    """The parts under their policy targets, in the form's order."""
    return [(target, list(parts)) for target, parts in groupby(parts_of(report), lambda part: part.target)]


def allowed(user: User, report: Report, *actions: str) -> dict[str, bool]:
    """For templates: which of these this person may do now."""
    return {action: permissions.may(user, action, report) for action in actions}


def loose_lines(report: Report) -> list[int]:
    """Of every line of files in the report that nobody has placed or set aside yet, the upload that it belongs to."""
    waiting = LooseLine.objects.filter(upload__report=report, upload__applied_at__isnull=False, settled_how="")
    return list(waiting.filter(upload__undone_at__isnull=True).values_list("upload_id", flat=True))


def languages_in(document: Document) -> str:
    """The languages of a document's originals, by name."""
    codes = {contribution.language for section in document.sections() for contribution in section.contributions}
    return ", ".join(sorted(language_within(code) for code in codes))
