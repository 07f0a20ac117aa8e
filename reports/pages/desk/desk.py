"""What every tab of the desk shows: the form, the other forms, and the countries."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from django.core.paginator import Page, Paginator
from django.utils import timezone

from reports.models import ReportingForm
from reports.pages.desk import words
from reports.pages.desk.rows import CountryRow, rows_of

A_PAGE = 60  # countries; the alliance has fewer
Item = TypeVar("Item")


@dataclass(frozen=True)
class Desk:
    form: ReportingForm
    forms: list[ReportingForm]
    rows: list[CountryRow] = field(default_factory=list)

    @property
    def since(self) -> str:
        return words.since_words(self.form)

    @property
    def sent_in(self) -> int:
        return sum(row.sent_in for row in self.rows)


def desk_of(year: int | None) -> Desk | None:
    """Return the desk of that year's form, or, without a year, of the newest form that has opened.

    None if there is no such form; without a year, if there is no form at all.
    """
    forms = list(ReportingForm.objects.order_by("-year"))
    # A form that opens next year is already there, so that it can be prepared; the desk begins with the current one.
    opened = [form for form in forms if timezone.now() >= form.opens_at]
    wanted = [form for form in forms if form.year == year] if year else (opened or forms)[:1]
    return Desk(wanted[0], forms, rows_of(wanted[0])) if wanted else None


def page_of(items: Sequence[Item], number: str, size: int = A_PAGE) -> Page[Item]:
    """Return that page of the items; the nearest one for a number that is no page."""
    return Paginator(items, size).get_page(number)
