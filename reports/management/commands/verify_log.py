"""`verify_log`: check every report's log, submissions and records, and the triggers that protect them."""

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from reports.models import Report, append_only, fixed_columns, one_side, web_role
from reports.rules import chain, notes, records

GUARDS = (append_only, fixed_columns, one_side)


class Command(BaseCommand):
    help = (
        "Checks that no log, no submission and no record was changed; hashes every record's file and examines its "
        "seal. Exit status 1 if one was, or if a trigger is missing. With --note, writes a list of the last entry of "
        "every log, and of every submission and record. Keep it on another machine: compared with --against later, "
        "it shows whether anything written before was changed."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--note", type=Path, metavar="FILE", help="writes the last entry of every log to this file")
        parser.add_argument("--against", type=Path, metavar="FILE", help="compares the logs with such a file")

    def handle(self, *, note: Path | None, against: Path | None, **options: Any) -> None:
        missing = [name for module in GUARDS for name in module.missing_triggers(connection)]
        troubles = [f"The trigger {name} is missing: run `migrate`." for name in missing]
        troubles += web_role.problems(connection)
        reports = Report.objects.select_related("country", "form").order_by("form__year", "country__code")
        for report in reports.iterator():
            troubles += [str(problem) for problem in (*chain.problems(report), *records.file_problems(report))]
        if against:
            troubles += differences(against)
        for trouble in troubles:
            self.stderr.write(trouble)
        count = reports.count()
        if troubles:
            raise CommandError(f"{len(troubles)} problems in the logs of {count} reports.")
        if note:
            note.write_text("".join(f"{line}\n" for line in notes.lines()), encoding="utf-8")
        self.stdout.write(f"The logs of {count} reports are intact.")


def differences(against: Path) -> list[str]:
    """Return what differs from a list. Raise CommandError if the file cannot be read or is no such list."""
    try:
        return list(notes.differences(against.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise CommandError(f"{against} is not a list written with --note: {error}") from error
