"""Checks the chain of every report's log, every submission, and the triggers that guard them."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.models import QuerySet

from reports.models import Report, append_only
from reports.rules import chain


class Command(BaseCommand):
    help = (
        "Checks that no log and no submission was changed. Exit status 1 if one was, or if a trigger is missing. "
        "With --note, writes down where every log ends; kept on another machine, that list shows with --against, "
        "whenever it is, that nobody changed what had been written until then."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--note", type=Path, metavar="FILE", help="writes down where every log ends")
        parser.add_argument("--against", type=Path, metavar="FILE", help="compares the logs with such a list")

    def handle(self, *, note: Path | None, against: Path | None, **options: Any) -> None:
        troubles = [
            f"The trigger {name} is missing: run `migrate`." for name in append_only.missing_triggers(connection)
        ]
        reports = Report.objects.select_related("country", "form").order_by("form__year", "country__code")
        for report in reports.iterator():
            troubles += [str(problem) for problem in chain.problems(report)]
        if against:
            troubles += differences(reports, against)
        for trouble in troubles:
            self.stderr.write(trouble)
        count = reports.count()
        if troubles:
            raise CommandError(f"{len(troubles)} problems in the logs of {count} reports.")
        if note:
            note.write_text("".join(f"{line}\n" for line in ends(reports)), encoding="utf-8")
        self.stdout.write(f"The logs of {count} reports are whole.")


def ends(reports: QuerySet[Report]) -> Iterator[str]:
    """For each report its country, year, number of entries, and the hash of the last."""
    for report in reports.iterator():
        if last := chain.head(report):
            yield f"{report.country.code} {report.form.year} {last.position} {last.hash}"


def differences(reports: QuerySet[Report], against: Path) -> Iterator[str]:
    """Raises CommandError for a file that is no list of `ends`."""
    try:
        noted = [line.split() for line in against.read_text(encoding="utf-8").splitlines()]
        wanted = [(code, int(year), int(position), digest) for code, year, position, digest in noted]
    except (OSError, ValueError) as error:
        raise CommandError(f"{against} is not a list written with --note: {error}") from error
    for code, year, position, digest in wanted:
        report = reports.filter(country__code=code, form__year=year).first()
        if report is None or not report.steps.filter(position=position, hash=digest).exists():
            yield f"{code} {year}: entry {position} of the log is not the one that was noted down."
