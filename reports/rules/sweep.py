"""What the portal deletes by itself: what served its purpose, after the time that the privacy page names."""

from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django_tasks_db.models import DBTaskResult

from reports.models import AddressChange, Heartbeat, InvitationLink, Mail, RateLimit
from reports.rules import audit, renderings

MAILS_KEPT_FOR = timedelta(days=90)  # after they were sent, or found never to be sent
LINKS_KEPT_FOR = timedelta(days=30)  # more than the link of any e-mail works; it goes with the address in it
TASKS_KEPT_FOR = timedelta(days=30)
EVERY = timedelta(days=1)
NAME = "sweep"


def sweep_daily(now: datetime) -> dict[str, int]:
    """Sweep unless that was done within EVERY; return what was deleted, as `sweep` does."""
    if Heartbeat.objects.filter(name=NAME, at__gt=now - EVERY).exists():
        return {}
    deleted = sweep(now)
    Heartbeat.objects.update_or_create(name=NAME, defaults={"at": now})
    return deleted


@transaction.atomic
def sweep(now: datetime) -> dict[str, int]:
    """Delete what is no longer needed; return the number of rows of each kind.

    These are sessions that expired and what is known of their browsers, e-mails of long ago, the PDFs of old drafts and
    reading copies, counts of attempts to sign in, old failures to sign in of the audit trail, links of e-mails, and
    results of background tasks. Nothing that a report, its history or its log needs is among them. An e-mail that is
    still to be sent stays, however old.
    """
    return {
        "sessions": Session.objects.filter(expire_date__lt=now).delete()[0],
        "places": UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()[0],
        "mails": Mail.objects.filter(claimed_at__lt=now - MAILS_KEPT_FOR).delete()[0],
        "files": renderings.delete_old_files(),
        "counts": delete_expired_counts(now),
        "failures": audit.sweep(now),
        "tries": RateLimit.objects.sweep(),
        "links": sum(
            model.objects.filter(made_at__lt=now - LINKS_KEPT_FOR).delete()[0]
            for model in (InvitationLink, AddressChange)
        ),
        "tasks": DBTaskResult.objects.finished().filter(finished_at__lt=now - TASKS_KEPT_FOR).delete()[0],
    }


def delete_expired_counts(now: datetime) -> int:
    """Delete the expired rows of the cache's table, which Django leaves until the table is full."""
    table = connection.ops.quote_name(str(settings.CACHES["default"]["LOCATION"]))
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [connection.ops.adapt_datetimefield_value(now)])
        return int(cursor.rowcount)
