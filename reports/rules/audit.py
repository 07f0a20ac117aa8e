"""The audit trail: each event is a row of AuditEvent and a line of JSON on the logger "audit".

The row says it to the administrator of the secretariat; the line leaves the machine with the server's log, where
nobody with the database's password can change it.
"""

import json
import logging
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from reports.models import AuditEvent, Country, Event, Report, Submission, User
from reports.models.append_only import FAILURES, FAILURES_KEPT_DAYS
from reports.request_id import current

logger = logging.getLogger("audit")
MAX_DETAIL = 500
# Rows of failures in an hour. More would fill the disk for whoever tries; the lines of the log go on.
MAX_FAILURES_PER_HOUR = 1000


def record(
    event: Event,
    *,
    person: User | None = None,
    about: User | None = None,
    country: Country | None = None,
    report: Report | None = None,
    submission: Submission | None = None,
    detail: str = "",
) -> None:
    """Record that something happened. `person` did it, and `about` is another person whom it concerns.

    The report follows from the submission, and the country from the report. Network address and request id are those
    of the request that is being answered. Call it in the transaction of the change: a change that is rolled back
    leaves no event. Never put a password, a key or a text of a report into `detail`.
    """
    report = report or (submission.report if submission else None)
    keep(
        AuditEvent(
            event=event,
            person=person,
            about=about,
            country=report.country if report else country,
            report=report,
            submission=submission,
            detail=detail[:MAX_DETAIL],
        )
    )


def record_submissions(event: Event, submissions: Iterable[Submission], *, person: User, detail: str = "") -> None:
    """Record that a person reads or downloads these submissions, in one query."""
    told = {"event": event, "person": person, "detail": detail[:MAX_DETAIL]}
    keep(*(AuditEvent(submission=one, report=one.report, country=one.report.country, **told) for one in submissions))


def keep(*rows: AuditEvent) -> None:
    """Store the rows with the origin of the request, and write their lines to the log after the commit."""
    for row in rows:
        row.address, row.request = current().address or None, current().id
    lines = [line_of(row) for row in rows]
    AuditEvent.objects.bulk_create([row for row in rows if row.event != Event.SIGN_IN_FAILED or not is_flooded()])
    transaction.on_commit(lambda: write(lines), robust=True)


def write(lines: list[str]) -> None:
    for line in lines:
        logger.info(line)


def line_of(row: AuditEvent) -> str:
    """Return the event as one line of JSON, with each person's id and address, and without what is empty."""
    report, submission = row.report, row.submission
    content = {
        "at": row.at.astimezone(UTC).isoformat(timespec="milliseconds"),
        "event": str(row.event),
        "person": row.person_id,
        "email": row.person.email if row.person else None,
        "about": row.about_id,
        "about_email": row.about.email if row.about else None,
        "country": row.country.code if row.country else None,
        "year": report.form.year if report else None,
        "submission": submission.number if submission else None,
        "address": row.address,
        "request": row.request,
        "detail": row.detail,
    }
    return json.dumps({key: value for key, value in content.items() if value not in (None, "")}, ensure_ascii=True)


def is_flooded() -> bool:
    """Return whether the last hour has as many failures to sign in as rows may hold."""
    since = timezone.now() - timedelta(hours=1)
    recent = AuditEvent.objects.filter(event=Event.SIGN_IN_FAILED, at__gte=since)
    return recent.order_by()[:MAX_FAILURES_PER_HOUR].count() >= MAX_FAILURES_PER_HOUR


def sweep(now: datetime) -> int:
    """Delete old failures to sign in; return their number. The triggers refuse to delete any other event."""
    old = AuditEvent.objects.filter(event__in=FAILURES, at__lt=now - timedelta(days=FAILURES_KEPT_DAYS))
    # _raw_delete: Django would first load the rows, to look for what depends on them.
    return old._raw_delete(old.db) if old.exists() else 0
