"""Saving a translation while the user types: the requests of the page's scripts, answered in JSON, row by row."""

from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET, require_POST

from reports.document.problem import Problem
from reports.document.translation.rows import Aligned
from reports.document.wrapped_links import has_unwrapped
from reports.models import Conflict, Contribution
from reports.pages.country.translate_news import aligned_then, newer_rows, row_after
from reports.pages.country.translate_rows import place_of
from reports.rules import writing
from reports.rules.translation_counts import languages_of
from reports.rules.translations import aligned
from reports.rules.writing import Saved, Shown, conflicts
from reports.rules.writing.row_marks import RowMark, mark_row
from reports.rules.writing.save import NOT_UNDERSTOOD, Choice, Save, from_json
from reports.views.access import report_or_refuse
from reports.views.answers import answers_in_json, body_of, sent_by
from reports.views.country.conflict_json import as_json, saved_as_json
from reports.views.http import SignedInRequest
from reports.views.rows import as_news, known_rows, parts_of


@answers_in_json
@require_POST
def save_row(request: SignedInRequest, code: str, year: int, language: str, section: str) -> HttpResponse:
    """Save the translation of one row. The answer is that of `save`, with the row alone as its text."""
    wanted = sent_by(request, Save)
    row = contribution_or_404(request, code, year, section, wanted.contribution)
    if wanted.shown is None or wanted.language != language:
        raise Problem(NOT_UNDERSTOOD)
    saved = writing.save(wanted, row, by=request.user)
    return JsonResponse(row_saved(request, saved, wanted.shown) | {"unwrapped": has_unwrapped(wanted.html)})


@answers_in_json
@require_POST
def mark(request: SignedInRequest, code: str, year: int, language: str, section: str) -> HttpResponse:
    """Say what a button beside a row says: it is current, needs no translation, or what a check found is intended."""
    wanted = sent_by(request, RowMark)
    row = contribution_or_404(request, code, year, section, wanted.contribution)
    saved = mark_row(row, wanted.shown(language), wanted.act, by=request.user, key=wanted.key)
    if saved is None:
        saved = Saved("unchanged", row, row.revisions.filter(language=language).latest("number"))
    return JsonResponse(row_saved(request, saved, wanted.shown(language)))


@answers_in_json
@require_POST
def settle_row(request: SignedInRequest, code: str, year: int, language: str, section: str, pk: int) -> HttpResponse:
    """Take a user's choice between two versions of a row, or a text of their own in its place."""
    report = report_or_refuse(request, code, year, "read_draft")
    wanted = from_json(Choice, body_of(request))
    found = conflicts.one_of(Contribution.objects.filter(section__report=report), pk)
    if found is None or found.revision.language != language:
        raise Problem(NOT_UNDERSTOOD)
    place = place_of(found, aligned(found.revision.contribution, language))
    saved = writing.settle_conflict(found, wanted.keep, by=request.user, edited=wanted.html, number=wanted.number)
    original = saved.contribution.revisions.filter(language="").latest("number")
    return JsonResponse(row_saved(request, saved, Shown(language, place, original.number, saved.revision.number)))


@answers_in_json
@require_GET
def rows_now(request: SignedInRequest, code: str, year: int, language: str, section: str) -> HttpResponse:
    """Answer with what changed since the page last asked: newer rows, open conflicts, and originals that changed.

    `?known=12:nl:5:0:3` lists the rows that the page has: contribution, language, the revision of its translation, the
    place of the row, and the revision of the original.
    """
    report = report_or_refuse(request, code, year, "read_draft")
    rows = Contribution.objects.filter(section__report=report, section__question__code=section)
    texts = {
        row.pk: row for row in rows.with_units().with_numbers().select_related("section__report", "section__question")
    }
    known = known_rows(request, language)
    newer = newer_rows(texts, known, language, user=request.user)
    changed = {pk for pk, shown in known if pk in texts and texts[pk].number != shown.original}
    return JsonResponse(
        {
            "texts": [as_news(request, view) for view in newer],
            "writing": [],
            "conflicts": conflicts_of(texts, language),
            "changed": sorted(changed),
            "comments": [],
        }
    )


def contribution_or_404(request: SignedInRequest, code: str, year: int, section: str, pk: int | None) -> Contribution:
    report = report_or_refuse(request, code, year, "read_draft")
    rows = Contribution.objects.with_units().select_related("section__question", "section__report")
    row = rows.filter(section__report=report, section__question__code=section, pk=pk or 0).first()
    if row is None:
        raise Http404
    return row


def row_saved(request: SignedInRequest, saved: Saved, shown: Shown) -> dict[str, Any]:
    """Return the answer to a save or a mark: the row as it is now, beside the original that was shown."""
    beside = aligned_then(saved.contribution, shown, saved.revision)
    view = row_after(saved.contribution, shown, saved.revision.number, beside, user=request.user)
    answer = saved_as_json(saved) | {"html": view.target if view else ""}
    answer["conflicts"] = [
        placed(one, beside, shown if one.revision == saved.revision else None) for one in saved.conflicts
    ]
    return answer | ({"row": parts_of(request, view)} if view else {})


def placed(conflict: Conflict, beside: Aligned, shown: Shown | None = None) -> dict[str, Any]:
    """Return a conflict with the place of its row: that of the save that made it, or where its text is now."""
    return as_json(conflict) | {"place": shown.place if shown else place_of(conflict, beside)}


def conflicts_of(texts: dict[int, Contribution], language: str) -> list[dict[str, Any]]:
    found = conflicts.unsettled(Contribution.objects.filter(pk__in=list(texts)))
    mine = [one for one in found if one.revision.language == language]
    return [
        placed(one, aligned(texts[one.revision.contribution_id], language))
        for one in mine
        if language in languages_of(texts[one.revision.contribution_id])
    ]
