"""`import_translation FILE --country CODE --year YEAR`: import an XLIFF file that a translation service sent back."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reports.document.problem import Problem
from reports.models import Report
from reports.rules import imports, translation_files
from reports.rules.translation_files import CameHome

OUTCOMES = {
    "lands": "translated",
    "older": "for an older wording, marked as out of date",
    "beside": "beside a newer translation, which stays",
    "unchanged": "unchanged",
}


class Command(BaseCommand):
    help = "Imports an XLIFF file into a country's report, and prints what became of its passages."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--country", required=True, help="two-letter code, for example BE")
        parser.add_argument("--year", required=True, type=int, help="the form's year")

    def handle(self, *args: Any, **options: Any) -> None:
        found = Report.objects.filter(country__code=options["country"].upper(), form__year=options["year"])
        report = found.select_related("country", "form").first()
        if report is None:
            raise CommandError(f"There is no report of {options['country']} for {options['year']}.")
        try:
            home = translation_files.home(options["file"].read_bytes(), report, by=imports.command_user())
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be read: {error.strerror}.") from error
        except Problem as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(as_text(home))


def as_text(home: CameHome) -> str:
    """Return the number of passages of each outcome, then a line for each text left out and each notice."""
    counts = {words: home.brought.count(outcome) for outcome, words in OUTCOMES.items()}  # type: ignore[arg-type]
    out = [f"{count} {words}" for words, count in counts.items() if count]
    out += [f"left out, {one.why}: {one.title}" for one in home.brought.left]
    out += [f"note {one.section}: {Problem(one.message, **one.params)}" for one in home.notices]
    return "\n".join(out)
