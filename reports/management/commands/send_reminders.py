"""`send_reminders`: send due reminders, pending e-mails and daily digests, and once a day delete what is old."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from reports.notifications import outbox
from reports.rules import notes, reminders, renderings, sweep, workers


class Command(BaseCommand):
    help = "Sends due reminders and pending e-mails. May run late, repeatedly or concurrently: nothing is sent twice."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--every", type=int, metavar="SECONDS", help="run forever, with this pause in between")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["every"]:
            workers.keep_running(workers.MAIL_WORKER, self.run_once, every=options["every"])
        self.run_once()

    def run_once(self) -> None:
        now = timezone.now()
        try:
            reminders.enqueue_due(now)
            sweep.sweep_daily(now)
            renderings.retry_timed_out()
            self.send_note(now)
        finally:  # a file that cannot be deleted must not keep invitations and links from people
            self.stdout.write(f"{outbox.send_pending(now)} e-mails sent.")

    def send_note(self, now: datetime) -> None:
        """Send today's note of the logs. If that fails, say so and go on: the next run tries again."""
        try:
            notes.send_due(now)
        except OSError as error:
            self.stderr.write(f"The note of the logs could not be sent to {settings.NOTES_TO}: {error}")
