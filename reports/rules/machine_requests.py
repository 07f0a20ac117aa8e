"""What was sent to a translation service, and what came of it. The verb that sends is in writing/machine_drafts.py."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from reports.models import Contribution, Event, MachineOutcome, MachineRequest, Revision, User
from reports.rules import audit

LATE = timedelta(hours=1)  # from then on a draft that should come is called missing; if it comes, it is saved


@transaction.atomic
def begin(service: str, contribution: Contribution, language: str, passages: int, *, by: User) -> MachineRequest:
    """Record that a person has passages of a text sent to a service. Call it before anything leaves the portal.

    Effects: a row, and the same as an event of the audit trail.
    """
    detail = f"{service}: {contribution.section.code} into {language}, {passages} passages"
    audit.record(Event.TEXT_SENT, person=by, report=contribution.section.report, detail=detail)
    return MachineRequest.objects.create(
        contribution=contribution, language=language, service=service, passages=passages, by=by
    )


def end(key: int, outcome: MachineOutcome) -> None:
    """Store what came of a request. Drafts that came stay the last word, and what comes later may come first."""
    rows = MachineRequest.objects.filter(pk=key).exclude(outcome=MachineOutcome.ANSWERED)
    if outcome == MachineOutcome.AWAITED:
        rows.filter(outcome=MachineOutcome.SENT).update(outcome=outcome)
    else:
        rows.update(outcome=outcome, ended_at=timezone.now())


def without_draft(contributions: Iterable[Contribution], language: str) -> QuerySet[MachineRequest]:
    """Return the requests for drafts that should have come and did not, the newest first: one for each text at most.

    Only the newest of a text counts, and only until somebody saves something in that translation. One query.
    """
    requests = MachineRequest.objects.filter(contribution__in=list(contributions), language=language)
    same = {"contribution": OuterRef("contribution"), "language": OuterRef("language")}
    newer = MachineRequest.objects.filter(**same, pk__gt=OuterRef("pk"))
    saved = Revision.objects.filter(**same, at__gt=Coalesce(OuterRef("ended_at"), OuterRef("at")))
    late = requests.filter(outcome=MachineOutcome.AWAITED, at__lt=timezone.now() - LATE)
    found = (requests.filter(outcome=MachineOutcome.FAILED) | late).exclude(Exists(newer)).exclude(Exists(saved))
    return found.select_related("by").order_by("-pk")
