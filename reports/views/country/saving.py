"""Saving while the user types: the requests of the page's scripts, answered in JSON. The page has the words to show."""

from contextlib import suppress

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils import formats, timezone
from django.views.decorators.http import require_GET, require_POST

from reports.document.problem import Problem
from reports.document.wrapped_links import has_unwrapped
from reports.models import Contribution, Section, save_queries
from reports.pages.parts import contributions_of, sections_of_part
from reports.rules import presence, writing
from reports.rules.writing import conflicts
from reports.rules.writing.save import NOT_UNDERSTOOD, Choice, Save, from_json
from reports.views.access import check, report_or_refuse
from reports.views.answers import answers_in_json, body_of, clock, sent_by
from reports.views.country.comments import comment_news
from reports.views.country.conflict_json import as_json, saved_as_json
from reports.views.http import SignedInRequest


@answers_in_json
@require_POST
def save(request: SignedInRequest, code: str, year: int, part: str) -> HttpResponse:
    """Save one text of a page. Every outcome is a status and a word; nothing is raised."""
    wanted = sent_by(request, Save)
    saved = writing.save(wanted, subject_of(request, code, year, part, wanted), by=request.user)
    return JsonResponse(saved_as_json(saved) | {"unwrapped": has_unwrapped(wanted.html)})


@answers_in_json
@require_POST
def save_field(request: SignedInRequest, code: str, year: int, part: str) -> HttpResponse:
    """Save one field beside the texts. Answers with the order of its section's contributions, which it may change."""
    wanted = sent_by(request, writing.FieldSave)
    on = subject_of(request, code, year, part, wanted)
    writing.save_field(wanted, on, by=request.user)
    section = on if isinstance(on, Section) else on.section
    order = list(section.contributions.live().values_list("pk", flat=True))
    return JsonResponse({"outcome": "saved", "time": clock(timezone.now()), "order": order})


def subject_of(
    request: SignedInRequest, code: str, year: int, part: str, wanted: Save | writing.FieldSave
) -> Contribution | Section:
    """Return what a save is of: a contribution, or, for the first text of an empty box, its section.

    Raise Http404, PermissionDenied, or Problem for a section that is not on this page.
    """
    if wanted.contribution is not None:
        row = save_queries.load_contribution(wanted.contribution, code, year, part, wanted.section)
        if row:
            check(request.user, "read_draft", row.section.report)
            return row
    report = report_or_refuse(request, code, year, "read_draft")
    section = sections_of_part(report, part).filter(question__code=wanted.section).first()
    if section is None:
        raise Problem(NOT_UNDERSTOOD)
    if wanted.contribution is not None:
        raise Http404
    section.report = report
    return section


@answers_in_json
@require_POST
def settle(request: SignedInRequest, code: str, year: int, part: str, pk: int) -> HttpResponse:
    """Take a user's choice between two versions of a paragraph, or a text of their own in its place."""
    report = report_or_refuse(request, code, year, "read_draft")
    wanted = from_json(Choice, body_of(request))
    found = conflicts.one_of(contributions_of(sections_of_part(report, part)), pk)
    if found is None:
        raise Problem(NOT_UNDERSTOOD)
    saved = writing.settle_conflict(found, wanted.keep, by=request.user, edited=wanted.html, number=wanted.number)
    return JsonResponse(saved_as_json(saved))


@answers_in_json
@require_GET
def now(request: SignedInRequest, code: str, year: int, part: str) -> HttpResponse:
    """Answer with what changed since the page last asked: newer texts, who is writing, open conflicts, and comments.

    `?known=12::3,12:en:1` lists the revisions that the page has: contribution, language, number. `&said=7` is the key
    of the newest message of a comment that it shows.
    """
    report = report_or_refuse(request, code, year, "read_draft")
    rows = contributions_of(sections_of_part(report, part))
    return JsonResponse(
        {
            "texts": presence.newer_texts(rows, known(request)),
            "writing": presence.writing(rows, besides=request.user),
            "conflicts": [as_json(conflict) for conflict in conflicts.unsettled(rows)],
            "comments": comment_news(request, report, part),
        }
    )


def known(request: HttpRequest) -> dict[tuple[int, str], int]:
    numbers = {}
    for item in request.GET.get("known", "").split(","):
        pk, _colon, rest = item.partition(":")
        language, _colon, revision = rest.partition(":")
        with suppress(ValueError):
            numbers[int(pk), language] = int(revision)
    return numbers


@answers_in_json
@require_GET
def token(request: SignedInRequest) -> HttpResponse:
    """Answer with a fresh CSRF token and the user of this session."""
    return JsonResponse({"token": get_token(request), "user": request.user.pk})


@login_required
def unsent(request: SignedInRequest) -> HttpResponse:
    """Show "My unsent text". The list itself comes from the browser's store; the server does not have these texts."""
    how = {"time_format": formats.get_format("DATETIME_FORMAT"), "time_zone": timezone.get_current_timezone_name()}
    return render(request, "country/unsent.html", how)
