"""`send_notes`: send today's note of the logs to NOTES_TO, unless there is nothing new."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from reports.rules import notes


class Command(BaseCommand):
    help = (
        "Sends the ends of the logs to NOTES_TO, a mail address or a folder of another machine, at most once a day. "
        "send_reminders does this too. `verify_log --against` compares the database with such a note."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.NOTES_TO:
            raise CommandError("Set NOTES_TO to a mail address or a folder.")
        try:
            sent = notes.send_due(timezone.now())
        except OSError as error:
            raise CommandError(f"The note could not be sent: {error}") from error
        self.stdout.write("Sent." if sent else "Nothing new, or sent today already.")
