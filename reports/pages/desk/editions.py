"""The editions of the reporting form, for the administrator of the secretariat."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from reports.models import Country, ReportingForm
from reports.pages.desk import words
from reports.pages.desk.rows import CountryRow, rows_of, today_of
from reports.sorting import sort_key


@dataclass(frozen=True)
class Edition:
    """One form and every country, with its report for it if it has one."""

    form: ReportingForm
    rows: list[CountryRow]

    @property
    def without(self) -> dict[str, str]:
        """The countries without a report: name by code."""
        return {row.code: row.name for row in self.rows if not row.report}

    @property
    def writing(self) -> dict[str, str]:
        """The countries that an extension helps, without a report or with an open one: name by code."""
        return {row.code: row.name for row in self.rows if not row.report or row.is_open}

    @property
    def begun(self) -> list[tuple[str, str]]:
        """The countries that have a report: the name, and its state in words."""
        labels = words.state_labels()
        return [(row.name, f"{labels[row.state]}{words.extension_words(row)}") for row in self.rows if row.report]


@dataclass(frozen=True)
class EditionPage:
    form: ReportingForm
    edition: Edition
    begun: list[tuple[str, str]]
    since: str
    today: date


@dataclass(frozen=True)
class EditionsPage:
    """Each form has `reports_begun`, the number of countries with a report for it, of `countries`."""

    forms: QuerySet[ReportingForm]
    countries: int


def edition_of(form: ReportingForm) -> Edition:
    """Return the form with the countries by name. Two queries."""
    return Edition(form, sorted(rows_of(form), key=lambda row: sort_key(row.name)))


def edition_page(edition: Edition) -> EditionPage:
    return EditionPage(edition.form, edition, edition.begun, words.since_words(edition.form), today_of(edition.form))


def editions_page() -> EditionsPage:
    forms = ReportingForm.objects.order_by("-year").annotate(reports_begun=Count("reports"))
    return EditionsPage(forms, Country.objects.count())
