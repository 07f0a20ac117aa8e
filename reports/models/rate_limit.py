"""Counts of tries: to sign in, and to make the portal send e-mails."""

import time

from django.db import connection, models
from django.utils.crypto import salted_hmac

# A window that is over begins anew in the same statement. Nothing is read first, so no two tries count as one; SQLite
# (3.35) and PostgreSQL both run it under the lock of the row.
HIT = """INSERT INTO reports_ratelimit (key, begins, tries) VALUES (%s, %s, 1)
ON CONFLICT (key) DO UPDATE SET
    tries = CASE WHEN reports_ratelimit.begins <= %s THEN 1 ELSE reports_ratelimit.tries + 1 END,
    begins = CASE WHEN reports_ratelimit.begins <= %s THEN excluded.begins ELSE reports_ratelimit.begins END
RETURNING tries"""
KEPT_FOR = 24 * 3600  # seconds: more than any window


class RateLimitManager(models.Manager["RateLimit"]):
    def hit(self, action: str, *whom: str, seconds: float) -> int:
        """Count a try, and return how many there were in the present window, this one included.

        Call it outside of any transaction that may be rolled back, or the try is forgotten.
        """
        now = time.time()
        with connection.cursor() as cursor:
            cursor.execute(HIT, [key_of(action, *whom), now, now - seconds, now - seconds])
            ((tries,),) = cursor.fetchall()
        return int(tries)

    def give_back(self, action: str, *whom: str) -> None:
        """Count one try less: it has succeeded."""
        self.filter(key=key_of(action, *whom), tries__gt=0).update(tries=models.F("tries") - 1)

    def sweep(self) -> int:
        """Delete the counts whose window is over; return their number."""
        return self.filter(begins__lt=time.time() - KEPT_FOR).delete()[0]


class RateLimit(models.Model):
    """How often something was tried since `begins` (seconds since 1970).

    `key` is a hash: the table does not tell who tried to sign in from where. A cache would drop rows when it is full,
    and a stranger could fill it.
    """

    key = models.CharField(max_length=64, primary_key=True)
    begins = models.FloatField(db_index=True)
    tries = models.PositiveIntegerField()

    objects = RateLimitManager()

    def __str__(self) -> str:
        return self.key


def key_of(action: str, *whom: str) -> str:
    return salted_hmac("reports.rate-limit", "\x1f".join((action, *whom)), algorithm="sha256").hexdigest()
