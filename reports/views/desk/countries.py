"""The secretariat's desk: every country and its report for one form; never a word of a draft."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from reports.models import ReportingForm, State
from reports.pages.desk import lines as desk_lines
from reports.pages.desk import rows as desk_rows
from reports.pages.desk.filters import COLUMNS, Wish, chosen, complete
from reports.pages.desk.rows import Row
from reports.rules import permissions

A_PAGE = 60  # countries; all of the alliance's fit


@dataclass
class Desk:
    """What every tab of the desk shows: the form, the other forms, the countries."""

    form: ReportingForm
    forms: list[ReportingForm]
    rows: list[Row] = field(default_factory=list)

    @property
    def since(self) -> str:
        return desk_lines.since_words(self.form)

    @property
    def sent_in(self) -> int:
        return sum(row.sent_in for row in self.rows)


def desk_of(year: int | None) -> Desk | None:
    """The desk of that form, or of the newest one that has opened. None if there is no form at all.

    Raises Http404 for a year that has none.
    """
    forms = list(ReportingForm.objects.order_by("-year"))
    opened = [form for form in forms if timezone.now() >= form.opens_at]
    wanted = [form for form in forms if form.year == year] if year else (opened or forms)[:1]
    if not wanted and (year or forms):
        raise Http404
    return Desk(wanted[0], forms, desk_rows.rows_of(wanted[0])) if wanted else None


def page_of(rows: list[Any], query: QueryDict, size: int = A_PAGE) -> Page:
    """The page that the address asks for; a page that is none is the nearest one."""
    return Paginator(rows, size).get_page(query.get("page"))


@login_required
def desk(request: HttpRequest, year: int | None = None) -> HttpResponse:
    """The countries of a form, chosen and sorted as the address says."""
    permissions.check(request.user, "use_desk")
    found = desk_of(year)
    if found is None:
        return render(request, "desk/empty.html")
    wish = Wish.read(request.GET)
    page = page_of(chosen(found.rows, wish, found.form), request.GET)
    rows = list(page.object_list)
    complete(rows, wish)
    labels, total = desk_lines.state_labels(), found.form.questions.count()
    next_one = desk_rows.longest_waiting(found.form)
    context = {
        "desk": found,
        "tab": "countries",
        "waiting": sum(row.state == State.SUBMITTED for row in found.rows),
        "oldest": next_one and next_one[1],
        "next_url": next_one and desk_lines.review_url(next_one[0], found.form.year),
        "total": total,
        "page": page,
        "lines": desk_lines.lines(rows, found.form, total),
        "wish": wish,
        "address": wish.address(),
        "tally": tally(found.rows, labels, wish),
        "states": labels.items(),
        "columns": columns(wish),
    }
    return render(request, "desk/desk.html", context)


def tally(rows: list[Row], labels: dict[str, str], wish: Wish) -> list[dict[str, Any]]:
    """How many countries are in each state, each with the address that shows them."""
    states = [row.state for row in rows]
    return [
        {
            "number": states.count(key),
            "label": label,
            "address": Wish(state=key, sort=wish.sort).address(),
            "current": key == wish.state,
        }
        for key, label in labels.items()
    ]


def columns(wish: Wish) -> list[dict[str, str]]:
    """The columns that can be sorted, for the table's head and for the list in the filter."""
    labels = {
        "name": _("Country"),
        "state": _("State"),
        "filled": _("Filled in"),
        "questions": _("Questions"),
        "due": _("Due"),
        "activity": _("Last activity"),
    }
    direction = "descending" if wish.downwards else "ascending"
    return [
        {
            "name": name,
            "label": labels[name],
            "address": wish.address(sort=wish.pressed(name)),
            "direction": direction if name == wish.column else "",
            "first": f"-{name}" if COLUMNS[name] else name,
        }
        for name in COLUMNS
    ]
