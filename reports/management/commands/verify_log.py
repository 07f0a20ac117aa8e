"""`verify_log`: check every report's log, submissions and records, and the triggers that protect them."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.models import QuerySet

from reports.models import Report, append_only
from reports.rules import chain, records


class Command(BaseCommand):
    help = (
        "Checks that no log, no submission and no record was changed; hashes every record's file and examines its "
        "seal. Exit status 1 if one was, or if a trigger is missing. "
        "With --note, writes a list of the last entry of every log. Keep it on another machine: compared with "
        "--against later, it shows whether anything written before was changed."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--note", type=Path, metavar="FILE", help="writes the last entry of every log to this file")
        parser.add_argument("--against", type=Path, metavar="FILE", help="compares the logs with such a file")

    def handle(self, *, note: Path | None, against: Path | None, **options: Any) -> None:
        troubles = [
            f"The trigger {name} is missing: run `migrate`." for name in append_only.missing_triggers(connection)
        ]
        reports = Report.objects.select_related("country", "form").order_by("form__year", "country__code")
        for report in reports.iterator():
            troubles += [str(problem) for problem in (*chain.problems(report), *records.file_problems(report))]
        if against:
            troubles += differences(reports, against)
        for trouble in troubles:
            self.stderr.write(trouble)
        count = reports.count()
        if troubles:
            raise CommandError(f"{len(troubles)} problems in the logs of {count} reports.")
        if note:
            note.write_text("".join(f"{line}\n" for line in last_entries(reports)), encoding="utf-8")
        self.stdout.write(f"The logs of {count} reports are intact.")


def last_entries(reports: QuerySet[Report]) -> Iterator[str]:
    """Yield a line for each report: its country and year, the number of its entries, and the hash of the last."""
    for report in reports.iterator():
        if last := chain.head(report):
            yield f"{report.country.code} {report.form.year} {last.position} {last.hash}"


def differences(reports: QuerySet[Report], against: Path) -> Iterator[str]:
    """Yield the entries of a list that are not in the logs. Raise CommandError if the file is no such list."""
    try:
        listed = [line.split() for line in against.read_text(encoding="utf-8").splitlines()]
        wanted = [(code, int(year), int(position), digest) for code, year, position, digest in listed]
    except (OSError, ValueError) as error:
        raise CommandError(f"{against} is not a list written with --note: {error}") from error
    for code, year, position, digest in wanted:
        report = reports.filter(country__code=code, form__year=year).first()
        if report is None or not report.steps.filter(position=position, hash=digest).exists():
            yield f"{code} {year}: entry {position} of the log differs from the list."
