"""The list of who opened a submission, which its country reads."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from reports.models import Event, OpeningKind, Submission, SubmissionOpening, User
from reports.rules import audit, permissions

ON_PAGES = (OpeningKind.PAGE, OpeningKind.OVERVIEW)


def record_opening(submission: Submission, *, by: User, kind: OpeningKind) -> None:
    """Record that a person opens a submission; see `record_openings`."""
    record_openings([submission], by=by, kind=kind)


def record_openings(submissions: Sequence[Submission], *, by: User, kind: OpeningKind) -> None:
    """Record that a person opens these submissions, once for each day, person and kind.

    The audit trail gets the same, and each further download, with network address and request. Call it before the text
    is handed over. At most three queries. Raise PermissionDenied.
    """
    for submission in submissions:
        permissions.check(by, "read_submission", submission)
    today = timezone.localdate()
    same = SubmissionOpening.objects.filter(by=by, kind=kind, day=today)
    known = set(same.filter(submission__in=submissions).order_by().values_list("submission_id", flat=True))
    new = [
        SubmissionOpening(
            submission=one, by=by, kind=kind, day=today, by_country=permissions.in_country(by, one.report)
        )
        for one in submissions
        if one.pk not in known
    ]
    is_read = kind in ON_PAGES
    event = Event.SUBMISSION_READ if is_read else Event.SUBMISSION_DOWNLOADED
    audit.record_submissions(event, [row.submission for row in new] if is_read else submissions, person=by, detail=kind)
    if not new:
        return
    try:
        with transaction.atomic():
            SubmissionOpening.objects.bulk_create(new)
    except IntegrityError:  # another request of this person has recorded some of them since the first query
        for row in new:
            values = {"by_country": row.by_country}
            SubmissionOpening.objects.get_or_create(
                submission=row.submission, by=by, kind=kind, day=today, defaults=values
            )


def of_submission(submission: Submission) -> QuerySet[SubmissionOpening]:
    """Return who opened a submission, the newest first."""
    return SubmissionOpening.objects.filter(submission=submission).select_related("by")
