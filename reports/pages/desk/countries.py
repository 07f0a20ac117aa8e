"""The first tab of the desk: the countries of a form, filtered and sorted."""

from collections.abc import ItemsView
from dataclasses import dataclass
from datetime import date, datetime

from django.core.paginator import Page
from django.utils.translation import gettext as _

from reports.models import State
from reports.pages.desk import rows as desk_rows
from reports.pages.desk import words
from reports.pages.desk.address import review_url
from reports.pages.desk.desk import Desk, page_of
from reports.pages.desk.filters import COLUMNS, Filters, complete, filtered
from reports.pages.desk.rows import CountryRow
from reports.writers.table import Cell


@dataclass(frozen=True)
class StateCount:
    """How many countries are in one state, and the address that shows them."""

    number: int
    label: str
    address: str
    current: bool


@dataclass(frozen=True)
class Column:
    """A column that can be sorted. `direction` is "" unless the table is sorted by it."""

    name: str
    label: str
    address: str
    direction: str
    first: str


@dataclass(frozen=True)
class CountriesPage:
    """`waiting` is the number of reports to review, `oldest` since when the first of them waits."""

    desk: Desk
    tab: str
    waiting: int
    oldest: datetime | None
    next_url: str
    total: int
    page: Page[CountryRow]
    filters: Filters
    address: str
    tally: list[StateCount]
    states: ItemsView[str, str]
    columns: list[Column]

    @property
    def rows(self) -> list[CountryRow]:
        return list(self.page.object_list)

    @property
    def today(self) -> date:
        return desk_rows.today_of(self.desk.form)


def countries_page(desk: Desk, filters: Filters, number: str) -> CountriesPage:
    """Return that page of the countries that the filters let through."""
    page = page_of(filtered(desk.rows, filters, desk.form), number)
    complete(list(page.object_list), filters)
    labels, waiting = words.state_labels(), desk_rows.longest_waiting(desk.form)
    return CountriesPage(
        desk=desk,
        tab="countries",
        waiting=sum(row.state == State.SUBMITTED for row in desk.rows),
        oldest=waiting[1] if waiting else None,
        next_url=review_url(waiting[0], desk.form.year) if waiting else "",
        total=desk.form.questions.count(),
        page=page,
        filters=filters,
        address=filters.address(),
        tally=tally(desk.rows, labels, filters),
        states=labels.items(),
        columns=columns(filters),
    )


def tally(rows: list[CountryRow], labels: dict[str, str], filters: Filters) -> list[StateCount]:
    """Count the countries in each state, whatever the filters are."""
    states = [row.state for row in rows]
    return [
        StateCount(
            number=states.count(key),
            label=label,
            address=Filters(state=key, sort=filters.sort).address(),
            current=key == filters.state,
        )
        for key, label in labels.items()
    ]


def columns(filters: Filters) -> list[Column]:
    """Return the columns for the head of the table and for the list of orders in the filter."""
    labels = {
        "name": _("Country"),
        "state": _("State"),
        "filled": _("Filled in"),
        "questions": _("Questions"),
        "due": _("Due"),
        "activity": _("Last activity"),
    }
    direction = "descending" if filters.downwards else "ascending"
    return [
        Column(
            name=name,
            label=labels[name],
            address=filters.address(sort=filters.sort_by(name)),
            direction=direction if name == filters.column else "",
            first=f"-{name}" if downwards else name,
        )
        for name, downwards in COLUMNS.items()
    ]


def country_cells(desk: Desk, filters: Filters) -> list[list[Cell]]:
    """Return all countries that the filters let through as the rows of a file."""
    rows = filtered(desk.rows, filters, desk.form)
    complete(rows, filters)
    total, labels = desk.form.questions.count(), words.state_labels()
    return [words.cells(row, desk.form, total, labels) for row in rows]
