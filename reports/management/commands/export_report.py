"""`export_report COUNTRY YEAR OUT.pdf`: write a report as it is now; the suffix decides the format."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reports import writers
from reports.document.problem import Problem
from reports.models import Report
from reports.rules.documents import compose


class Command(BaseCommand):
    help = "Writes a country's report as it is now, as .pdf or .json."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("country", metavar="COUNTRY")
        parser.add_argument("year", type=int, metavar="YEAR")
        parser.add_argument("out", type=Path, metavar="OUT")

    def handle(self, *args: Any, **options: Any) -> None:
        report = Report.objects.filter(country__code=options["country"].upper(), form__year=options["year"]).first()
        if report is None:
            raise CommandError(f"There is no report of {options['country']} for {options['year']}.")
        try:
            options["out"].write_bytes(writers.write(compose(report), options["out"].suffix))
        except Problem as problem:
            raise CommandError(str(problem)) from problem
        except OSError as error:
            raise CommandError(f"{options['out']} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"Wrote {options['out']}.")
