"""Services beside the server: they outlive a database that goes away, and leave a heartbeat while they work."""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import DatabaseError, InterfaceError, close_old_connections, connections
from django.utils import timezone

from reports.models import Heartbeat

logger = logging.getLogger(__name__)
PDF_WORKER, MAIL_WORKER = "db_worker", "send_reminders"
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0  # seconds before another try
BEAT_EVERY = timedelta(seconds=20)

_last_beats: dict[str, datetime] = {}


def beat(name: str) -> None:
    """Store that this worker works, at most once in BEAT_EVERY: on SQLite each beat waits for the disk."""
    now = timezone.now()
    if name not in _last_beats or now - _last_beats[name] >= BEAT_EVERY:
        Heartbeat.objects.update_or_create(name=name, defaults={"at": now})
        _last_beats[name] = now


def keep_running(name: str, work: Callable[[], object], *, every: float) -> None:
    """Do `work` for ever, with a pause of `every` seconds in between.

    A failure of the database, or any other, never ends it: it says why, waits, longer each time, and tries again with
    new connections. Meanwhile it leaves no heartbeat, so that the readiness of the portal shows that it fails.
    """
    pause = FIRST_PAUSE
    while True:
        try:
            close_old_connections()
            work()
            beat(name)
        except Exception as error:
            report(name, error, pause)
            connections.close_all()
            time.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)
        else:
            pause = FIRST_PAUSE
            time.sleep(every)


def report(name: str, error: Exception, pause: float) -> None:
    """Log a failure. One of the database is expected and takes one line; of any other, the traceback is needed."""
    if isinstance(error, DatabaseError | InterfaceError):
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
        logger.error("%s: the database does not answer (%s). Trying again in %d s.", name, reason, pause)
    else:
        logger.error("%s failed. Trying again in %d s.", name, pause, exc_info=error)
