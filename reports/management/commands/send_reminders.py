"""`send_reminders`: send due reminders, pending e-mails and daily digests, and once a day delete what is old."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from reports.notifications import outbox
from reports.rules import reminders, renderings, sweep, sweeping, workers


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
        reminders.enqueue_due(now)
        sweep.sweep_daily(now)
        sweeping.sweep(now)
        renderings.retry_timed_out()
        self.stdout.write(f"{outbox.send_pending(now)} e-mails sent.")
