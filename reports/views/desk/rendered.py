"""Rows of the desk's large tables as HTML.

A template for each of 60 rows and 1,200 cells would take most of a request's time. Each different piece is therefore
rendered once, and then filled in or repeated.
"""

from collections.abc import Iterator
from functools import cache

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.dates import date_format
from reports.models import ReportingForm
from reports.pages.desk.address import review_url, row_url
from reports.pages.desk.rows import NONE, CountryRow, today_of
from reports.pages.desk.sections import Matrix
from reports.pages.desk.words import due_words, is_overdue, state_labels

CELL_WORDS = {
    "text": gettext_lazy("text"),
    "nothing": gettext_lazy("nothing to report"),
    "blank": gettext_lazy("blank"),
}


def country_rows(rows: list[CountryRow], form: ReportingForm, total: int) -> Iterator[SafeString]:
    """Yield each row of the countries as HTML: its template is rendered once, with {places} that are then filled."""
    row_html = render_to_string("desk/row.html", {"total": total})
    signs, today, progress = state_signs(), today_of(form), _("%(country)s, filled in")
    # reverse() for each row would be slow, too: the code of the country is put into one address.
    review, country = review_url("AA", form.year), reverse("desk_country", args=["AA"])
    short = cache(lambda day: date_format(day, "j F" if day.year == today.year else "j F Y"))
    due, questions = cache(due_html), cache(questions_html)
    for row in rows:
        yield format_html(
            row_html,
            url=(review if row.sent_in else country).replace("/AA/", f"/{row.code}/"),
            name=row.name,
            state=signs[row.state],
            submission=_(", submission %(number)s") % {"number": row.submission} if row.submission > 1 else "",
            filled=row.filled,
            progress=progress % {"country": row.name},
            questions=questions(row.questions),
            due=due(due_words(row, form, today), is_overdue(row, form, today)),
            activity=short(timezone.localdate(row.activity)) if row.activity else "–",
        )


def state_signs() -> dict[str, str]:
    return {
        key: render_to_string("components/report_state.html", {"label": label, "state": "" if key == NONE else key})
        for key, label in state_labels().items()
    }


def due_html(words: str, late: bool) -> SafeString:
    return render_to_string("desk/due.html", {"words": words, "late": late})


def questions_html(number: int) -> SafeString:
    return render_to_string("desk/questions.html", {"number": number}) if number else SafeString()


def matrix_rows(matrix: Matrix, rows: list[CountryRow], year: int) -> list[tuple[str, str, SafeString]]:
    """Return the address, name and cells of each row of the matrix. The cell of a state is rendered once."""
    cell = {
        state: render_to_string("desk/cell.html", {"state": state, "word": word}) for state, word in CELL_WORDS.items()
    }
    codes = matrix.codes
    return [
        (row_url(row, year), row.name, mark_safe("".join(cell[matrix.state(row, code)] for code in codes)))
        for row in rows
    ]
