"""Sends the reminders that are due and every e-mail that waits, the daily digests among them; and clears up."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from reports.notifications import outbox
from reports.rules import reminders, renderings


class Command(BaseCommand):
    help = "Sends due reminders and waiting e-mails. May run late, twice, or beside itself: nothing is sent twice."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--every", type=int, metavar="SECONDS", help="go on, and look again after so many seconds")

    def handle(self, *args: Any, **options: Any) -> None:
        while True:
            now = timezone.now()
            reminders.enqueue_due(now)
            renderings.delete_old_drafts()
            self.stdout.write(f"{outbox.send_pending(now)} e-mails sent.")
            if not options["every"]:
                return
            time.sleep(options["every"])
