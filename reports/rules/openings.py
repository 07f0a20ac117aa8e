"""The list of who opened a submission, which its country reads."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from reports.models import OpeningKind, Submission, SubmissionOpening, User
from reports.rules import permissions


def record_opening(submission: Submission, *, by: User, kind: OpeningKind) -> None:
    """Record that a person opens a submission; see `record_openings`."""
    record_openings([submission], by=by, kind=kind)


def record_openings(submissions: Sequence[Submission], *, by: User, kind: OpeningKind) -> None:
    """Record that a person opens these submissions, once for each day, person and kind.

    Call it before the text is handed over. Two queries, or one if all are recorded already. Raise PermissionDenied.
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
