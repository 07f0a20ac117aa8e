"""Saving while one types: the page's own requests, answered in JSON. The words for people stand on the page itself."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, render
from django.utils import formats, timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from reports.document import richtext
from reports.document.problem import Problem, gettext_noop
from reports.models import Contribution, How, Section
from reports.rules import conflicts, delegations, presence, saving
from reports.rules.delegations import Pen
from reports.views.access import report_or_refuse
from reports.views.conflict_json import as_json, saved_as_json
from reports.views.part import check_may_settle, contributions_of
from reports.views.parts import sections_of_part
from reports.views.wording import in_words

View = Callable[..., HttpResponse]
NOT_UNDERSTOOD = gettext_noop("The portal could not read this save. Open the page again; your text is kept.")


def answers_in_json(view: View) -> View:
    """401 for those who are signed out, 422 with the reason of a refusal."""

    @never_cache
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return JsonResponse({"outcome": "signed-out"}, status=401)
        try:
            return view(request, *args, **kwargs)
        except Problem as problem:
            return JsonResponse({"outcome": "refused", "message": in_words(problem)}, status=422)

    return wrapped


@answers_in_json
@require_POST
def save(request: HttpRequest, code: str, year: int, part: str) -> HttpResponse:
    """One text of a page. Raises nothing: each outcome is a status and a word."""
    wanted = posted(request)
    if wanted.get("user") != request.user.pk:
        return JsonResponse({"outcome": "other-user"}, status=409)
    report = report_or_refuse(request, code, year, "read_draft")
    if not report.is_open:
        return closed()
    saved = save_one(request, sections_of_part(report, part), wanted, delegations.pen(request.user, report))
    return JsonResponse(saved_as_json(saved))


def save_one(request: HttpRequest, here: QuerySet[Section], wanted: dict[str, Any], pen: Pen) -> saving.Saved:
    """Raises Problem for what is no save, names no text of this page, or is refused by the rules. What it costs does
    not grow with the report: only the section that is written in is read."""
    try:
        save_id, base = UUID(wanted["id"]), int(wanted["base"])
        body, how = str(wanted["html"]), How(wanted.get("how", How.TYPED))
        section = here.get(question__code=wanted["section"])
        pk, language = wanted.get("contribution"), str(wanted.get("language", ""))
    except (KeyError, TypeError, ValueError, Section.DoesNotExist) as error:
        raise Problem(NOT_UNDERSTOOD) from error
    if richtext.is_nothing(body):
        raise Problem(gettext_noop("“--” means that there is nothing to report. Tick “Nothing to report” instead."))
    if pk is None:
        made = delegations.add_contribution(
            section,
            body,
            by=request.user,
            save_id=save_id,
            how=how,
            language=str(wanted.get("passage_language", "")),
            authority=str(wanted.get("authority", ""))[:200],
        )
        first = made.revisions.get(pk=save_id)
        return saving.Saved("saved", made, first)
    row = get_object_or_404(Contribution.objects.filter(section=section), pk=pk)
    delegations.check(pen.edits(row, section), section)
    return saving.save_text(
        row,
        body,
        base=base,
        by=request.user,
        save_id=save_id,
        language=language,
        how=how,
        from_sent=bool(wanted.get("from_sent")),
    )


@answers_in_json
@require_POST
def settle(request: HttpRequest, code: str, year: int, part: str, pk: int) -> HttpResponse:
    """A person's choice between two versions of a paragraph, or a text of their own in its place."""
    report = report_or_refuse(request, code, year, "read_draft")
    if not report.is_open:
        return closed()
    wanted = posted(request)
    found = conflicts.one_of(contributions_of(sections_of_part(report, part)), pk)
    if found is None or wanted.get("keep") not in ("mine", "theirs", "edited"):
        raise Problem(NOT_UNDERSTOOD)
    check_may_settle(found, delegations.pen(request.user, report))
    saved = saving.settle(found, wanted["keep"], by=request.user, edited=str(wanted.get("html", "")))
    return JsonResponse(saved_as_json(saved))


@answers_in_json
@require_GET
def now(request: HttpRequest, code: str, year: int, part: str) -> HttpResponse:
    """What moved on since the page last asked: newer texts, who writes, open conflicts. `known` is "12::3,12:en:1"."""
    report = report_or_refuse(request, code, year, "read_draft")
    rows = contributions_of(sections_of_part(report, part))
    return JsonResponse(
        {
            "texts": presence.newer_texts(rows, known(request)),
            "writing": presence.writing(rows, besides=request.user),
            "conflicts": [as_json(conflict) for conflict in conflicts.unsettled(rows)],
        }
    )


def known(request: HttpRequest) -> dict[tuple[int, str], int]:
    numbers = {}
    for item in request.GET.get("known", "").split(","):
        pk, _colon, rest = item.partition(":")
        language, _colon, number = rest.partition(":")
        if pk.isdigit() and number.isdigit():
            numbers[int(pk), language] = int(number)
    return numbers


@answers_in_json
@require_GET
def token(request: HttpRequest) -> HttpResponse:
    """A fresh token against forged requests, and whose session this is now."""
    return JsonResponse({"token": get_token(request), "user": request.user.pk})


@never_cache  # it holds this person's key
@login_required
def unsent(request: HttpRequest) -> HttpResponse:
    """ "My unsent text": what this browser holds for this person. The server knows nothing of it."""
    how = {"time_format": formats.get_format("DATETIME_FORMAT"), "time_zone": timezone.get_current_timezone_name()}
    return render(request, "country/unsent.html", how)


def posted(request: HttpRequest) -> dict[str, Any]:
    """The JSON of a request. Raises Problem."""
    try:
        data = json.loads(request.body)
    except ValueError as error:
        raise Problem(NOT_UNDERSTOOD) from error
    if not isinstance(data, dict):
        raise Problem(NOT_UNDERSTOOD)
    return data


def closed() -> JsonResponse:
    return JsonResponse({"outcome": "closed", "message": in_words(saving.closed())}, status=410)
