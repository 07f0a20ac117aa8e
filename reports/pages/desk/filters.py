"""What somebody at the desk asks to see: which countries, in which order. It stands in the address alone."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Self
from urllib.parse import urlencode

from django.http import QueryDict

from reports.forms.languages import sort_key
from reports.models import ReportingForm
from reports.pages.desk import rows as desk_rows
from reports.pages.desk.rows import STATES, Row

LONG_AGO = datetime.min.replace(tzinfo=UTC)
# Column: whether its first press sorts downwards.
COLUMNS = {"name": False, "state": False, "filled": True, "questions": True, "due": True, "activity": True}

# What a column needs that not every row has from the start: for all rows where they are sorted by it, else for a page.
NEEDED = {
    "due": desk_rows.add_submissions,
    "filled": desk_rows.add_progress,
    "activity": desk_rows.add_activity,
}


@dataclass(frozen=True)
class Wish:
    """`sort` is a column, with a "-" before it for downwards."""

    name: str = ""
    state: str = ""
    questions: bool = False
    sort: str = "name"

    @classmethod
    def read(cls, query: QueryDict) -> Self:
        """What makes no sense is left out: an address that somebody mistyped still shows the desk."""
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
        """Whether it leaves any country out."""
        return bool(self.name or self.state or self.questions)

    def address(self, **changes: Any) -> str:
        """The part of an address after the question mark; "?" alone where nothing is asked."""
        wish = replace(self, **changes)
        asked = {"name": wish.name, "state": wish.state, "questions": "1" if wish.questions else "", "sort": wish.sort}
        plain = {"name": "", "state": "", "questions": "", "sort": "name"}
        return "?" + urlencode({key: value for key, value in asked.items() if value != plain[key]})

    def pressed(self, column: str) -> str:
        """The `sort` that pressing this column's heading asks for."""
        if column == self.column:
            return column if self.downwards else f"-{column}"
        return f"-{column}" if COLUMNS[column] else column


def chosen(rows: list[Row], wish: Wish, form: ReportingForm) -> list[Row]:
    """The rows that are asked for, in that order. Adds the questions, and what the order needs besides."""
    desk_rows.add_questions(rows, form)
    name = sort_key(wish.name) if wish.name else ""
    rows = [
        row
        for row in rows
        if wish.state in ("", row.state)
        and (row.questions or not wish.questions)
        and (not name or name in sort_key(row.name) or name == row.code.lower())
    ]
    return ordered(rows, wish, form)


def ordered(rows: list[Row], wish: Wish, form: ReportingForm) -> list[Row]:
    """Sorted; rows that are alike stand by name."""
    today = desk_rows.today_of(form)
    keys: dict[str, Callable[[Row], Any]] = {
        "state": lambda row: STATES.index(row.state),
        "filled": lambda row: row.filled,
        "questions": lambda row: row.questions,
        "due": lambda row: (not row.sent_in, row.days_late(form, today)),
        "activity": lambda row: row.activity or LONG_AGO,
    }
    if add := NEEDED.get(wish.column):
        add(rows)
    rows = sorted(rows, key=lambda row: sort_key(row.name), reverse=wish.sort == "-name")
    return sorted(rows, key=keys[wish.column], reverse=wish.downwards) if wish.column in keys else rows


def complete(rows: list[Row], wish: Wish) -> None:
    """Adds to the rows that are shown what the order did not need."""
    for column, add in NEEDED.items():
        if column != wish.column:
            add(rows)
