"""`export_translation COUNTRY YEAR LANGUAGE OUT.xlf`: write what is left to translate, for a translation service."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reports.document.problem import Problem
from reports.languages import OTHER_LANGUAGES, PORTAL_LANGUAGES
from reports.models import Report
from reports.rules import imports, translation_files


class Command(BaseCommand):
    help = "Writes the passages of a report that are not translated into a language or out of date, as XLIFF 1.2."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("country", metavar="COUNTRY")
        parser.add_argument("year", type=int, metavar="YEAR")
        parser.add_argument("language", choices=PORTAL_LANGUAGES, metavar="LANGUAGE")
        parser.add_argument("out", type=Path, metavar="OUT")
        parser.add_argument("--source", action="append", help="only originals in this language; may be repeated")
        parser.add_argument("--everything", action="store_true", help="also what is translated")

    def handle(self, *args: Any, **options: Any) -> None:
        report = Report.objects.filter(country__code=options["country"].upper(), form__year=options["year"])
        row = report.select_related("country", "form").first()
        if row is None:
            raise CommandError(f"There is no report of {options['country']} for {options['year']}.")
        sources = options["source"] or [*PORTAL_LANGUAGES, *OTHER_LANGUAGES]
        try:
            content = translation_files.out(
                row,
                options["language"],
                sources=sources,
                only_left=not options["everything"],
                by=imports.command_user(),
            )
            options["out"].write_bytes(content)
        except Problem as problem:
            raise CommandError(str(problem)) from problem
        except OSError as error:
            raise CommandError(f"{options['out']} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"Wrote {options['out']}.")
