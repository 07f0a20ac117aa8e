"""Whether the portal can do its work: the database, its migrations, the storage, and what waits for a worker.

The answer names no person, no report and no error, because strangers may ask for it.
"""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Min
from django.utils import timezone

from reports.models import Frequency, Heartbeat, Mail, Rendering, RenderingState
from reports.rules import workers

PDF_IS_LATE = timedelta(minutes=10)
MAIL_IS_LATE = timedelta(minutes=30)
WORKER_IS_LATE = timedelta(minutes=5)


@dataclass(frozen=True)
class Check:
    """One thing that the portal needs. `seconds` is how long something has waited, None where nothing waits."""

    name: str
    ok: bool
    seconds: int | None = None

    def as_dict(self) -> dict[str, bool | int]:
        return {"ok": self.ok} | ({} if self.seconds is None else {"seconds": self.seconds})


def checks() -> list[Check]:
    """Return every check. The later ones need the database, so they are left out while it does not answer."""
    storage = Check("storage", is_writable(Path(settings.MEDIA_ROOT)))
    try:
        connection.ensure_connection()
        return [Check("database", ok=True), Check("migrations", is_migrated()), storage, *waiting(timezone.now())]
    except (DatabaseError, InterfaceError):
        return [Check("database", ok=False), storage]


def is_writable(folder: Path) -> bool:
    """Return whether a file can be written into the folder, which is made where it is missing."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"\0" * 4096)
    except OSError:
        return False
    return True


def is_migrated() -> bool:
    return needed_migrations() <= set(MigrationRecorder(connection).applied_migrations())


@cache
def needed_migrations() -> frozenset[tuple[str, str]]:
    """Return the migrations of this version: read from the disk once, since that takes longer than all the rest."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    replaced = {key for one in loader.disk_migrations.values() for key in one.replaces}
    return frozenset(set(loader.disk_migrations) - replaced)


def waiting(now: datetime) -> list[Check]:
    """Return how long the oldest PDF and e-mail have waited, and when each worker that must run last worked."""
    unfinished = Rendering.objects.filter(state__in=[RenderingState.WAITING, RenderingState.MAKING])
    pending = Mail.objects.filter(sent_at=None, claimed_at=None, when=Frequency.AT_ONCE)
    asked, written = unfinished.aggregate(at=Min("asked_at"))["at"], pending.aggregate(at=Min("at"))["at"]
    return [
        age("oldest_waiting_pdf", asked, now, PDF_IS_LATE),
        age("oldest_waiting_mail", written, now, MAIL_IS_LATE),
        *heartbeats(now),
    ]


def age(name: str, since: datetime | None, now: datetime, limit: timedelta) -> Check:
    if since is None:
        return Check(name, ok=True)
    return Check(name, now - since <= limit, max(0, int((now - since).total_seconds())))


def heartbeats(now: datetime) -> list[Check]:
    """Return the last heartbeat of each worker that the settings demand. One that was never there is not ready."""
    demanded = {workers.PDF_WORKER: settings.TASKS_BY_WORKER, workers.MAIL_WORKER: settings.MAILS_BY_WORKER}
    beats = dict(Heartbeat.objects.values_list("name", "at"))
    return [
        age(name, beats[name], now, WORKER_IS_LATE) if name in beats else Check(name, ok=False)
        for name, is_demanded in demanded.items()
        if is_demanded
    ]


def late(now: Callable[[], datetime] = timezone.now) -> list[Check]:
    """Return what has waited too long, for the page of the administrator. Three short queries."""
    return [check for check in waiting(now()) if not check.ok]
