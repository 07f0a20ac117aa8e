"""`import_report FILE --country CODE --year YEAR`: import a filled-in form into that report."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reports.document.problem import Problem
from reports.management.account import as_json, as_text
from reports.models import Country, ReportingForm, User
from reports.rules import imports


class Command(BaseCommand):
    help = "Imports a filled-in form into a country's report, and prints what became of each line."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--country", required=True, help="two-letter code, for example BE")
        parser.add_argument("--year", required=True, type=int, help="the form's year")
        parser.add_argument("--by", default="", metavar="EMAIL", help="who imports; by default a user called import")
        parser.add_argument("--replace", action="store_true", help="also replaces sections that have another text")
        parser.add_argument("--dry-run", action="store_true", help="prints the result and saves nothing")
        parser.add_argument("--json", action="store_true", help="prints the result as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            result = imports.import_file(
                options["file"].read_bytes(),
                options["file"].name,
                form=ReportingForm.objects.get(year=options["year"]),
                country=Country.objects.get(code=options["country"].upper()),
                by=self.importer(options["by"]),
                replace=options["replace"],
                dry_run=options["dry_run"],
            )
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be read: {error.strerror}.") from error
        except ReportingForm.DoesNotExist as error:
            raise CommandError(f"There is no form of {options['year']}.") from error
        except Country.DoesNotExist as error:
            raise CommandError(f"There is no country with the code {options['country']}.") from error
        except Problem as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(json.dumps(as_json(result), ensure_ascii=False) if options["json"] else as_text(result))

    def importer(self, email: str) -> User | None:
        if not email:
            return None
        user = User.objects.filter(email=email).first()
        if user is None:
            raise CommandError(f"Nobody has the e-mail address {email}.")
        return user
