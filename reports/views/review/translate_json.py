"""Saving the secretariat's translation while it is typed: the requests of the page's scripts, answered in JSON.

The address of a row is that of a country's translation, with the text's position in the section in the place of its
contribution, and the number of the submission in that of the original's revision.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from reports.document.problem import Problem
from reports.document.wrapped_links import has_unwrapped
from reports.models import Report, Submission
from reports.pages.review.translate import newer_rows, row_after
from reports.rules import permissions
from reports.rules.own_rows import NOT_NOW, mark_own_row, own_text, save_sent
from reports.rules.own_translations import OwnSaved, OwnText, TranslatedMeanwhile
from reports.rules.writing import Shown
from reports.rules.writing.locks import Closed
from reports.rules.writing.row_marks import RowMark
from reports.rules.writing.save import NOT_UNDERSTOOD, Save
from reports.views.access import report_or_refuse
from reports.views.answers import answers_in_json, clock, refused, sent_by
from reports.views.http import SignedInRequest
from reports.views.rows import as_news, known_rows, parts_of


@answers_in_json
@require_POST
def save_own(request: SignedInRequest, code: str, year: int, section: str, language: str) -> HttpResponse:
    """Save the secretariat's translation of one row. A colleague's words are never saved over: the refusal has them."""
    with closed_if_taken_back(request, code, year):
        submission = newest_or_refuse(request, code, year)
        wanted = sent_by(request, Save)
        if wanted.shown is None or wanted.language != language or wanted.contribution is None:
            raise Problem(NOT_UNDERSTOOD)
        text = own_text(submission, section, wanted.contribution, wanted.shown)
        try:
            saved = save_sent(text, wanted, by=request.user)
        except TranslatedMeanwhile as problem:
            return refused_row(request, text, wanted.shown.place, problem)
    return JsonResponse(row_saved(request, text, wanted.shown, saved) | {"unwrapped": has_unwrapped(wanted.html)})


@answers_in_json
@require_POST
def mark_own(request: SignedInRequest, code: str, year: int, section: str, language: str) -> HttpResponse:
    """Say what a button beside a row says: it is current, needs no translation, or what a check found is intended."""
    with closed_if_taken_back(request, code, year):
        submission = newest_or_refuse(request, code, year)
        wanted = sent_by(request, RowMark)
        shown = wanted.shown(language)
        text = own_text(submission, section, wanted.contribution, shown)
        saved = mark_own_row(text, wanted.act, place=shown.place, base=shown.base, by=request.user, key=wanted.key)
    return JsonResponse(row_saved(request, text, shown, saved))


@answers_in_json
@require_GET
def own_rows_now(request: SignedInRequest, code: str, year: int, section: str, language: str) -> HttpResponse:
    """Answer with the rows that colleagues saved since the page last asked, and the texts that were sent in again."""
    submission = newest_or_refuse(request, code, year)
    known = known_rows(request, language)
    newer = newer_rows(submission, section, language, known)
    changed = {position for position, shown in known if shown.original != submission.number}
    texts = [as_news(request, view) for view in newer]
    return JsonResponse({"texts": texts, "writing": [], "conflicts": [], "changed": sorted(changed), "comments": []})


@contextmanager
def closed_if_taken_back(request: SignedInRequest, code: str, year: int) -> Iterator[None]:
    """Raise Closed in the place of PermissionDenied if the country has taken the report back meanwhile."""
    try:
        yield
    except PermissionDenied as refusal:
        report = Report.objects.get(country__code=code, form__year=year)
        if permissions.is_reviewer(request.user, report) and report.state not in permissions.SENT_IN:
            raise Closed(NOT_NOW) from refusal
        raise


def newest_or_refuse(request: SignedInRequest, code: str, year: int) -> Submission:
    """Return the newest submission of a report that the user may translate. Raise like `report_or_refuse`."""
    report = report_or_refuse(request, code, year, "translate_for_reading")
    return report.submissions.latest("number")


def row_saved(request: SignedInRequest, text: OwnText, shown: Shown, saved: OwnSaved) -> dict[str, Any]:
    """Return the answer to a save or a mark: the row as it is in that save."""
    view = row_after(text, shown.place, saved.row)
    answer: dict[str, Any] = {
        "outcome": "saved" if saved.is_saved else "unchanged",
        "contribution": text.position,
        "number": saved.row.number if saved.row else 0,
        "html": view.target if view else "",
        "merged": saved.is_merged,
        "joined": saved.is_joined,
        "time": clock(saved.row.at if saved.row else timezone.now()),
        "conflicts": [],
    }
    return answer | ({"row": parts_of(request, view)} if view else {})


def refused_row(request: SignedInRequest, text: OwnText, place: int, problem: TranslatedMeanwhile) -> HttpResponse:
    """Say that a colleague's words are there, and let the page show them."""
    view = row_after(text, place, text.saves.get(number=problem.number))
    return refused(problem, **({"row": parts_of(request, view, problem)} if view else {}))
