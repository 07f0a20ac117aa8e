"""The verb that lets a machine draft what is not translated (ADR 33). It is the only door to a service outside.

A draft is marked as a machine's until a person edits it or says that they read it, and is never saved over anything.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse

from reports import machine
from reports.document import richtext
from reports.document.problem import Problem, gettext_noop
from reports.document.translation import saving
from reports.document.translation.exchange import source_hash
from reports.document.translation.rows import Aligned, Row, align
from reports.document.translation.units import html_of
from reports.machine.service import fitting
from reports.models import Contribution, MachineOutcome, MachineRequest, User
from reports.rules import machine_requests
from reports.rules.translations import aligned
from reports.rules.writing import row_conflicts
from reports.rules.writing.current import begin, check_translatable
from reports.rules.writing.locks import check_may_write
from reports.rules.writing.texts import write
from reports.rules.writing.translations import HOWS, Shown, revision_of

NO_SERVICE = gettext_noop("This portal uses no translation service. Translate the text yourself.")
SALT, LONGEST_WAIT = "a machine's request", 2 * 24 * 3600  # seconds


@dataclass(frozen=True)
class Drafted:
    """How many rows have a draft now, and how many the service will send later."""

    landed: int = 0
    later: int = 0


@dataclass(frozen=True)
class Asked:
    """What a service was asked, as its delivery names it: the key of the MachineRequest, and the hashes of the rows'
    sources, in order."""

    request: int
    hashes: tuple[str, ...]


def draft_by_machine(contribution: Contribution, language: str, *, by: User) -> Drafted:
    """Send the untranslated rows of a contribution to the service of the portal, and save what it answers as drafts.

    At most as many rows as one request takes. The contribution needs its units (`with_units`). Effects: a
    MachineRequest and an event of the audit trail; their text leaves the portal; a revision How.MACHINE by this
    person. Raise Problem, also without a service.
    """
    service = machine.configured()
    if service is None:
        raise Problem(NO_SERVICE)
    check_translatable(contribution, language)
    check_may_write(by, "translate_contribution", contribution)  # before anything leaves the portal
    rows = untranslated(aligned(contribution, language))
    passages = [html_of(row.source) for row in rows]
    places = fitting(passages)
    if not places:
        return Drafted()
    hashes = tuple(source_hash(rows[place].source) for place in places)
    sent = [passages[place] for place in places]
    request = machine_requests.begin(service.name, contribution, language, len(sent), by=by)
    address = delivery_address(Asked(request.pk, hashes))
    try:
        answers = service.ask(sent, contribution.language, language, deliver_to=address)
    except Problem:
        machine_requests.end(request.pk, MachineOutcome.REFUSED)
        raise
    machine_requests.end(request.pk, MachineOutcome.AWAITED if answers is None else MachineOutcome.ANSWERED)
    if answers is None:
        return Drafted(later=len(places))
    return Drafted(landed=land(contribution, language, dict(zip(hashes, answers, strict=True)), by=by))


@transaction.atomic
def land(contribution: Contribution, language: str, drafts: Mapping[str, str], *, by: User) -> int:
    """Save drafts, by the hash of their source, in rows that are still untranslated. Return their number.

    Whatever was written or changed while the service worked stays as it is. One that is no text is left out. Raise
    Problem.
    """
    cleaned = {source: html for source, draft in drafts.items() if (html := clean(draft))}
    current = begin(contribution, language, 0, None, by=by)
    check_translatable(contribution, language)
    now = align(current.original, current.units())
    units, landed = now.units, 0
    for row in untranslated(now):
        html = cleaned.get(source_hash(row.source), "")
        saved = saving.save(units, saving.seen(now, row), html, origin="machine")
        if html and not saved.conflicts and saved.units != units:
            units, landed = saved.units, landed + 1
    if landed:
        shown = Shown(language, 0, 0, 0)
        how, start = HOWS["machine"], current.newest
        revision = revision_of(contribution, shown, units, current, by=by, how=how, start=start)
        after = align(current.original, units)
        write(revision, row_conflicts.placed(after, saving.seen(after, after.rows[0]), ()), current)
    return landed


def service_name() -> str:
    """Return the name of the service that drafts translations here, "" without one."""
    service = machine.configured()
    return service.name if service else ""


def untranslated(found: Aligned) -> list[Row]:
    return [row for row in found.rows if row.state == "untranslated"]


def clean(draft: str) -> str:
    """Return what a service sent in normal form, "" if it cannot be one."""
    try:
        return str(richtext.from_typed(draft, is_html=True))
    except Problem:
        return ""


def delivery_address(asked: Asked) -> str:
    """Return the address to which a service delivers later. It is signed: nobody else can deliver anything."""
    token = signing.dumps([asked.request, *asked.hashes], salt=SALT, compress=True)
    return f"{settings.SITE_URL}{reverse('machine_delivery', args=[token])}"


def land_delivery(token: str, body: bytes) -> int:
    """Save what a service delivered to an address of `delivery_address`, for the person who asked. Return the number.

    What is no draft is a failure, which the page of the translation tells. Raise Problem, MachineRequest.DoesNotExist,
    and signing.BadSignature for an address that the portal did not make or that is too old.
    """
    key, *hashes = signing.loads(token, salt=SALT, max_age=LONGEST_WAIT)
    service = machine.configured()
    if service is None:
        raise Problem(NO_SERVICE)
    request = MachineRequest.objects.select_related("by").get(pk=key)
    try:
        answers = service.read(body)
    except Problem:
        machine_requests.end(key, MachineOutcome.FAILED)
        raise
    machine_requests.end(key, MachineOutcome.ANSWERED)
    rows = Contribution.objects.live().select_related("section__question", "section__report")
    drafts = dict(zip(hashes, answers, strict=False))
    return land(rows.get(pk=request.contribution_id), request.language, drafts, by=request.by)
