"""The filters and the order of the desk's countries, as an address gives them. They are stored nowhere else."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Self

from reports.models import ReportingForm
from reports.pages.desk import rows as desk_rows
from reports.pages.desk.address import query_string
from reports.pages.desk.rows import STATES, CountryRow
from reports.sorting import sort_key

LONG_AGO = datetime.min.replace(tzinfo=UTC)
# Column: whether it is first sorted downwards.
COLUMNS = {"name": False, "state": False, "filled": True, "questions": True, "due": True, "activity": True}

# Columns whose values are added to the rows later: to all rows when sorting by the column, else to those of a page.
ADDED_LATER = {
    "due": desk_rows.add_submissions,
    "filled": desk_rows.add_progress,
    "activity": desk_rows.add_activity,
}


@dataclass(frozen=True)
class Filters:
    """`sort` is a column, with a "-" before it for downwards."""

    name: str = ""
    state: str = ""
    questions: bool = False
    sort: str = "name"

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Self:
        """Read the filters from an address. Unknown values are ignored, so that a mistyped address shows the desk."""
        state, sort = query.get("state", ""), query.get("sort", "")
        return cls(
            name=query.get("name", "").strip()[:100],
            state=state if state in STATES else "",
            questions=bool(query.get("questions")),
            sort=sort if sort.removeprefix("-") in COLUMNS else "name",
        )

    @property
    def column(self) -> str:
        return self.sort.removeprefix("-")

    @property
    def downwards(self) -> bool:
        return self.sort.startswith("-")

    @property
    def chooses(self) -> bool:
        """Whether any country is left out."""
        return bool(self.name or self.state or self.questions)

    def address(self, **changes: Any) -> str:
        """Return these filters with some changes as the query of an address; "?" alone for the defaults."""
        new = replace(self, **changes)
        return query_string(
            name=new.name,
            state=new.state,
            questions="1" if new.questions else "",
            sort=new.sort if new.sort != "name" else "",
        )

    def sort_by(self, column: str) -> str:
        """Return the `sort` for the heading of a column: the other direction for the current one."""
        if column == self.column:
            return column if self.downwards else f"-{column}"
        return f"-{column}" if COLUMNS[column] else column


def filtered(rows: list[CountryRow], filters: Filters, form: ReportingForm) -> list[CountryRow]:
    """Return the rows that the filters let through, in their order.

    Adds to all rows the questions, and the column that they are sorted by.
    """
    desk_rows.add_questions(rows, form)
    name = sort_key(filters.name) if filters.name else ""
    rows = [
        row
        for row in rows
        if filters.state in ("", row.state)
        and (row.questions or not filters.questions)
        and (not name or name in sort_key(row.name) or name == row.code.lower())  # "be" also finds Belgium
    ]
    return ordered(rows, filters, form)


def ordered(rows: list[CountryRow], filters: Filters, form: ReportingForm) -> list[CountryRow]:
    """Return the rows sorted; those with equal values stay in the order of their names."""
    today = desk_rows.today_of(form)
    keys: dict[str, Callable[[CountryRow], Any]] = {
        "state": lambda row: STATES.index(row.state),
        "filled": lambda row: row.filled,
        "questions": lambda row: row.questions,
        "due": lambda row: (not row.sent_in, row.days_late(form, today)),
        "activity": lambda row: row.activity or LONG_AGO,
    }
    if add := ADDED_LATER.get(filters.column):
        add(rows)
    # Two sorts, each stable: the order by name remains among rows that are equal in the other column.
    rows = sorted(rows, key=lambda row: sort_key(row.name), reverse=filters.sort == "-name")
    return sorted(rows, key=keys[filters.column], reverse=filters.downwards) if filters.column in keys else rows


def complete(rows: list[CountryRow], filters: Filters) -> None:
    """Add to the rows that are shown what `filtered` did not add to all."""
    for column, add in ADDED_LATER.items():
        if column != filters.column:
            add(rows)
