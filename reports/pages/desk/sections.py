"""Countries by sections: text, nothing to report or blank, as they were last sent in."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.paginator import Page
from django.urls import reverse
from django.utils.translation import gettext as _

from reports.pages.desk import rows as desk_rows
from reports.pages.desk import words
from reports.pages.desk.address import query_string
from reports.pages.desk.desk import A_PAGE, Desk, page_of
from reports.pages.desk.parts import FormPart, parts_of_form
from reports.pages.desk.rows import CountryRow
from reports.rules.archive import newest_submissions
from reports.rules.permissions import SENT_IN
from reports.sorting import sort_key
from reports.writers.table import Cell


@dataclass(frozen=True)
class Matrix:
    """The chosen countries and sections. `states`: report -> section -> its state."""

    parts: tuple[FormPart, ...]
    shown: tuple[FormPart, ...]
    rows: tuple[CountryRow, ...]
    states: dict[int, dict[str, str]]

    @property
    def codes(self) -> list[str]:
        return [question.code for part in self.shown for question in part.questions]

    def state(self, row: CountryRow, code: str) -> str:
        return self.states.get(row.report or 0, {}).get(code, "blank")

    @property
    def totals(self) -> list[str]:
        """How many countries have text, for each section."""
        texts: Counter[str] = Counter()
        for row in self.rows:
            texts.update(code for code, state in self.states.get(row.report or 0, {}).items() if state == "text")
        return [str(texts[code]) for code in self.codes]


@dataclass(frozen=True)
class SectionsPage:
    """`missing` is the number of countries that have not sent in, `more` how many of them are not listed."""

    desk: Desk
    tab: str
    matrix: Matrix
    page: Page[CountryRow]
    missing: int
    missing_lines: list[tuple[str, str, str]]
    more: int
    states: list[tuple[str, str]]
    wanted: dict[str, str]
    address: str


def matrix_of(desk: Desk, query: Mapping[str, str]) -> Matrix:
    """Return what an address asks for, by state (`state`) and by goal (`goal`), in two queries."""
    parts = tuple(parts_of_form(desk.form))
    goal, state = query.get("goal", ""), query.get("state", "")
    rows = [row for row in desk.rows if row.sent_in and (state not in SENT_IN or row.state == state)]
    return Matrix(
        parts=parts,
        shown=tuple(part for part in parts if part.code == goal) or parts,
        rows=tuple(sorted(rows, key=lambda row: sort_key(row.name))),
        states=dict(newest_submissions(desk.form).values_list("report_id", "states")),
    )


def sections_page(desk: Desk, query: Mapping[str, str]) -> SectionsPage:
    matrix, labels = matrix_of(desk, query), words.state_labels()
    missing = sorted((row for row in desk.rows if not row.sent_in), key=lambda row: sort_key(row.name))
    wanted = {name: query.get(name, "") for name in ("state", "goal")}
    return SectionsPage(
        desk=desk,
        tab="sections",
        matrix=matrix,
        page=page_of(matrix.rows, query.get("page", "")),
        missing=len(missing),
        missing_lines=missing_lines(missing[:A_PAGE], sum(len(part.questions) for part in matrix.parts)),
        more=max(0, len(missing) - A_PAGE),
        states=[(state, labels[state]) for state in SENT_IN],
        wanted=wanted,
        address=query_string(**wanted),
    )


def missing_lines(rows: list[CountryRow], total: int) -> list[tuple[str, str, str]]:
    """Return the address, name and progress of countries that have not sent in. Of their drafts, only the number."""
    desk_rows.add_progress(rows)
    far, not_started = _("%(filled)s of %(total)s"), _("not started")
    return [
        (
            reverse("desk_country", args=[row.code]),
            row.name,
            far % {"filled": row.filled, "total": total} if row.report else not_started,
        )
        for row in rows
    ]


def section_cells(desk: Desk, query: Mapping[str, str]) -> tuple[list[str], list[list[Cell]]]:
    """Return the headings and rows of a file: every country that has sent in, with a column for each section."""
    matrix = matrix_of(desk, query)
    states = {"text": _("Text"), "nothing": _("Nothing to report"), "blank": _("Blank")}
    rows: list[list[Cell]] = [
        [row.name, row.code, *(states[matrix.state(row, code)] for code in matrix.codes)] for row in matrix.rows
    ]
    return [_("Country"), _("Code"), *matrix.codes], rows
