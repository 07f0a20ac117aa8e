"""`export_report COUNTRY YEAR OUT.docx`: write a report as it is now; the suffix decides the format."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reports import writers
from reports.document.problem import Problem
from reports.models import Report
from reports.rules import word_files
from reports.rules.documents import compose


class Command(BaseCommand):
    help = "Writes a country's report as it is now, as .docx, .pdf or .json."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("country", metavar="COUNTRY")
        parser.add_argument("year", type=int, metavar="YEAR")
        parser.add_argument("out", type=Path, metavar="OUT")

    def handle(self, *args: Any, **options: Any) -> None:
        report = Report.objects.filter(country__code=options["country"].upper(), form__year=options["year"]).first()
        if report is None:
            raise CommandError(f"There is no report of {options['country']} for {options['year']}.")
        try:
            options["out"].write_bytes(content(report, options["out"].suffix.lower()))
        except Problem as problem:
            raise CommandError(str(problem)) from problem
        except OSError as error:
            raise CommandError(f"{options['out']} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"Wrote {options['out']}.")


def content(report: Report, ending: str) -> bytes:
    """Return the report as a file. A Word file also says which contributions it holds, so that it can be uploaded."""
    return word_files.as_it_is(report) if ending == ".docx" else writers.write(compose(report), ending)
