"""Saving while one types: the page's own requests, answered in JSON. The words for people stand on the page itself."""

import json
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils import formats, timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from reports.document import richtext
from reports.document.problem import Problem, gettext_noop
from reports.forms.languages import OTHERS, OWN
from reports.models import Contribution, How, Report, Revision, User, save_queries
from reports.rules import conflicts, delegations, limits, locks, presence, saving
from reports.views.access import check, report_or_refuse
from reports.views.conflict_json import as_json, saved_as_json
from reports.views.part import check_may_settle, contributions_of
from reports.views.parts import sections_of_part
from reports.views.wording import in_words

View = Callable[..., HttpResponse]
NOT_UNDERSTOOD = gettext_noop("The portal could not read what was sent. Open the page again; your text is kept.")
NOT_ANY_MORE = gettext_noop(
    "You can no longer write here, so this text was not saved. Copy it, and ask your focal point or the secretariat."
)
FROM_A_PAGE = (How.TYPED, How.PASTED)


def answers_in_json(view: View) -> View:
    """401 for those who are signed out, 422 with the reason of a refusal: also to those who may no longer write."""

    @never_cache
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return JsonResponse({"outcome": "signed-out"}, status=401)
        try:
            return view(request, *args, **kwargs)
        except Problem as problem:
            return refused(problem)
        except (Http404, PermissionDenied):
            if request.method != "POST":
                raise
            return refused(Problem(NOT_ANY_MORE))

    return wrapped


def refused(problem: Problem) -> JsonResponse:
    return JsonResponse({"outcome": "refused", "message": in_words(problem)}, status=422)


@dataclass(frozen=True)
class Wish:
    """One save as the page asks for it. `contribution` is None for the first save of an empty box."""

    id: UUID
    section: str
    contribution: int | None
    language: str
    base: int
    html: str
    how: How
    from_sent: bool
    passage_language: str
    authority: str


def number(value: Any) -> int:
    """Raises ValueError for what no row can have as its number: the databases would not take it."""
    if not 0 <= (found := int(value)) < 2**31:
        raise ValueError
    return found


def plain(value: Any) -> str:
    """Raises ValueError for what a database takes in no text: a NUL, half a character."""
    if b"\0" in (text := str(value)).encode():
        raise ValueError
    return text


def one_of(known: Collection[str], value: Any) -> str:
    if value not in known:
        raise ValueError
    return str(value)


def understood(wanted: dict[str, Any]) -> Wish:
    """Raises Problem for what is no save."""
    try:
        contribution = wanted.get("contribution")
        return Wish(
            id=UUID(wanted["id"]),
            section=plain(wanted["section"]),
            contribution=None if contribution is None else number(contribution),
            language=plain(wanted.get("language", "")),
            base=number(wanted["base"]),
            html=str(wanted["html"]),
            how=How(one_of(FROM_A_PAGE, wanted.get("how", How.TYPED))),
            from_sent=bool(wanted.get("from_sent")),
            passage_language=one_of(["", *OWN, *OTHERS], wanted.get("passage_language", "")),
            authority=plain(wanted.get("authority", ""))[:200],
        )
    except (KeyError, TypeError, ValueError, OverflowError, AttributeError) as error:
        raise Problem(NOT_UNDERSTOOD) from error


@answers_in_json
@require_POST
def save(request: HttpRequest, code: str, year: int, part: str) -> HttpResponse:
    """One text of a page. Raises nothing: each outcome is a status and a word."""
    wanted = posted(request)
    if wanted.get("user") != request.user.pk:
        return JsonResponse({"outcome": "other-user"}, status=409)
    wish = understood(wanted)
    row = None
    if wish.contribution is not None:
        row = save_queries.standing(wish.contribution, code, year, part, wish.section)
    if row:
        report = row.section.report
        check(request.user, "read_draft", report)
    else:
        report = report_or_refuse(request, code, year, "read_draft")
    try:
        if not report.is_open:
            raise locks.closed()
        if richtext.is_nothing(wish.html):
            raise Problem(gettext_noop("“--” means that there is nothing to report. Tick “Nothing to report” instead."))
        saved = save_again(request.user, row, wish) if row else save_first(request.user, report, part, wish)
    except Problem:
        saved = arrived_before(request.user, report, wish)
        if saved is None:
            if not report.is_open:
                return closed()
            raise
    return JsonResponse(saved_as_json(saved))


def arrived_before(user: User, report: Report, wish: Wish) -> saving.Saved | None:
    """This very save, if the text was closed to its writer only after it: its first answer was lost."""
    rows = Revision.objects.filter(by=user, contribution__section__report=report).select_related("contribution")
    found = rows.filter(pk=wish.id, contribution__section__question__code=wish.section).first()
    if found is None or found.as_sent != limits.checked(wish.html):
        return None
    return saving.Saved("saved", found.contribution, found, saving.unsettled(found))


def save_again(user: User, row: Contribution, wish: Wish) -> saving.Saved:
    pen = delegations.pen(user, row.section.report)
    delegations.check(pen.edits(row, row.section), row.section)
    return saving.save_text(
        row,
        wish.html,
        base=wish.base,
        by=user,
        save_id=wish.id,
        language=wish.language,
        how=wish.how,
        from_sent=wish.from_sent,
    )


def save_first(user: User, report: Report, part: str, wish: Wish) -> saving.Saved:
    """The first save of an empty box makes its contribution. Raises Http404, or Problem for no section of this page."""
    section = sections_of_part(report, part).filter(question__code=wish.section).first()
    if section is None:
        raise Problem(NOT_UNDERSTOOD)
    if wish.contribution is not None:
        raise Http404
    made = delegations.add_contribution(
        section,
        wish.html,
        by=user,
        save_id=wish.id,
        how=wish.how,
        language=wish.passage_language,
        authority=wish.authority,
    )
    return saving.Saved("saved", made, made.revisions.get(pk=wish.id))


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
    shown = wanted.get("number")
    if not isinstance(shown, int | None):
        raise Problem(NOT_UNDERSTOOD)
    saved = saving.settle(found, wanted["keep"], by=request.user, edited=str(wanted.get("html", "")), number=shown)
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
        language, _colon, revision = rest.partition(":")
        with suppress(ValueError):
            numbers[number(pk), language] = number(revision)
    return numbers


@answers_in_json
@require_GET
def token(request: HttpRequest) -> HttpResponse:
    """A fresh token against forged requests, and whose session this is now."""
    return JsonResponse({"token": get_token(request), "user": request.user.pk})


@login_required
def unsent(request: HttpRequest) -> HttpResponse:
    """ "My unsent text": what this browser holds for this person. The server knows nothing of it."""
    how = {"time_format": formats.get_format("DATETIME_FORMAT"), "time_zone": timezone.get_current_timezone_name()}
    return render(request, "country/unsent.html", how)


def posted(request: HttpRequest) -> dict[str, Any]:
    """The JSON of a request. Raises Problem."""
    try:
        data = json.loads(request.body)
    except RequestDataTooBig as error:
        raise limits.too_long(int(request.META["CONTENT_LENGTH"])) from error
    except (ValueError, RecursionError) as error:
        raise Problem(NOT_UNDERSTOOD) from error
    if not isinstance(data, dict):
        raise Problem(NOT_UNDERSTOOD)
    return data


def closed() -> JsonResponse:
    return JsonResponse({"outcome": "closed", "message": in_words(locks.closed())}, status=410)
