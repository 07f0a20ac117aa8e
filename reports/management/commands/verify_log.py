"""Checks the chain of every report's log, every submission, and the triggers that guard them."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from reports.models import Report, append_only
from reports.rules import chain


class Command(BaseCommand):
    help = "Checks that no log and no submission was changed. Exit status 1 if one was, or if a trigger is missing."

    def handle(self, *args: Any, **options: Any) -> None:
        troubles = [f"The trigger {name} is missing: run `migrate`." for name in append_only.missing(connection)]
        reports = Report.objects.select_related("country", "form").order_by("form__year", "country__code")
        count = 0
        for report in reports.iterator():
            count += 1
            troubles += [str(problem) for problem in chain.problems(report)]
        for trouble in troubles:
            self.stderr.write(trouble)
        if troubles:
            raise CommandError(f"{len(troubles)} problems in the logs of {count} reports.")
        self.stdout.write(f"The logs of {count} reports are whole.")
