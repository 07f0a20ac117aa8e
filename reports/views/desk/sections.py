"""Countries by sections: text, nothing to report or blank, as they were last sent in."""

from collections import Counter
from dataclasses import dataclass
from itertools import groupby

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.forms.languages import sort_key
from reports.models import OperationalGoal, PolicyTarget, Question, ReportingForm
from reports.pages.desk import lines as desk_lines
from reports.pages.desk import rows as desk_rows
from reports.pages.desk.rows import Row
from reports.rules import permissions
from reports.rules.archive import newest_submissions
from reports.rules.permissions import SENT_IN
from reports.views.desk.countries import A_PAGE, Desk, desk_of, page_of

WORDS = {"text": gettext_lazy("text"), "nothing": gettext_lazy("nothing to report"), "blank": gettext_lazy("blank")}


@dataclass(frozen=True)
class FormPart:
    """A goal of the form, or a target where it is by target, with what it asks."""

    year: int
    code: str
    asked: OperationalGoal | PolicyTarget
    questions: tuple[Question, ...]

    @property
    def url(self) -> str:
        return reverse("desk_goal", args=[self.year, self.code])

    @property
    def columns(self) -> list[str]:
        """The letter of each question, or what stands for one: "A", "undertaken"."""
        return [question.letter or question.label for question in self.questions]


def parts_of_form(form: ReportingForm) -> list[FormPart]:
    """The form's goals, or targets, in its order. One query."""

    def code(question: Question) -> str:
        return question.goal.code if question.goal_id else str(question.target.number)

    questions = form.questions.select_related("target", "goal__target").order_by("position")
    parts = ((key, tuple(group)) for key, group in groupby(questions, code))
    return [FormPart(form.year, key, group[0].goal or group[0].target, group) for key, group in parts]


@dataclass(frozen=True)
class Matrix:
    """The chosen countries and sections. `states`: report -> section -> its state."""

    parts: tuple[FormPart, ...]
    shown: tuple[FormPart, ...]
    rows: tuple[Row, ...]
    states: dict[int, dict[str, str]]

    @property
    def codes(self) -> list[str]:
        return [question.code for part in self.shown for question in part.questions]

    def state(self, row: Row, code: str) -> str:
        return self.states.get(row.report or 0, {}).get(code, "blank")

    @property
    def totals(self) -> list[str]:
        """How many countries have text, for each section."""
        texts: Counter[str] = Counter()
        for row in self.rows:
            texts.update(code for code, state in self.states.get(row.report or 0, {}).items() if state == "text")
        return [str(texts[code]) for code in self.codes]


def matrix_of(found: Desk, query: QueryDict) -> Matrix:
    """What the address asks for, in two queries: by state (`state`) and by goal (`goal`)."""
    parts = tuple(parts_of_form(found.form))
    goal, state = query.get("goal", ""), query.get("state", "")
    rows = [row for row in found.rows if row.sent_in and (state not in SENT_IN or row.state == state)]
    return Matrix(
        parts=parts,
        shown=tuple(part for part in parts if part.code == goal) or parts,
        rows=tuple(sorted(rows, key=lambda row: sort_key(row.name))),
        states=dict(newest_submissions(found.form).values_list("report_id", "states")),
    )


@login_required
def desk_sections(request: HttpRequest, year: int) -> HttpResponse:
    permissions.check(request.user, "use_desk")
    found = desk_of(year)
    if found is None:
        raise Http404
    matrix = matrix_of(found, request.GET)
    page = page_of(list(matrix.rows), request.GET)
    missing = sorted((row for row in found.rows if not row.sent_in), key=lambda row: sort_key(row.name))
    labels = desk_lines.state_labels()
    context = {
        "desk": found,
        "tab": "sections",
        "matrix": matrix,
        "page": page,
        "lines": matrix_lines(matrix, page.object_list, year),
        "missing": len(missing),
        "missing_lines": missing_lines(missing[:A_PAGE], sum(len(part.questions) for part in matrix.parts)),
        "more": max(0, len(missing) - A_PAGE),
        "states": [(state, labels[state]) for state in SENT_IN],
        "wanted": {"state": request.GET.get("state", ""), "goal": request.GET.get("goal", "")},
        "address": address(request.GET),
    }
    return render(request, "desk/sections.html", context)


def address(query: QueryDict) -> str:
    """The filter of this page again, without the page's number."""
    asked = QueryDict(mutable=True)
    asked.update({key: query[key] for key in ("state", "goal") if query.get(key)})
    return "?" + asked.urlencode()


def matrix_lines(matrix: Matrix, rows: list[Row], year: int) -> list[tuple[str, str, SafeString]]:
    """Each row's address, name and cells. A cell is rendered once for each state and then only repeated."""
    cell = {state: render_to_string("desk/cell.html", {"state": state, "word": word}) for state, word in WORDS.items()}
    codes = matrix.codes
    return [
        (
            desk_lines.row_url(row, year),
            row.name,
            mark_safe("".join(cell[matrix.state(row, code)] for code in codes)),
        )
        for row in rows
    ]


def missing_lines(rows: list[Row], total: int) -> list[tuple[str, str, str]]:
    """The countries that have not sent in: address, name, and how far. Of their drafts the number only."""
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
