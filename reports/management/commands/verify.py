"""`verify FILE.pdf`: say whether a PDF is a published record, and whether its seal is intact."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reports.rules import records
from reports.writers import pdf_seal

SAID = {
    "current": "This is the published record",
    "older": "This is an older record; a newer one has been published since",
    "unsealed": "This is the file of a published record as it was before it was sealed",
}


class Command(BaseCommand):
    help = "Compares a PDF with the published records by its hash, and checks its seal."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            content = file.read_bytes()
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        digest = records.sha256(content)
        verdict = records.verify(digest)
        if verdict.record is None:
            raise CommandError(f"{digest}: not published here. The file was altered, or comes from somewhere else.")
        submission = verdict.record.submission
        seal = "its seal is intact" if pdf_seal.has_intact_seal(content) else "it has no intact seal"
        self.stdout.write(
            f"{SAID[verdict.kind]}: {submission.report.country.name_en} {submission.report.form.year}, "
            f"submission {submission.number}, published {verdict.record.at:%Y-%m-%d %H:%M} UTC; {seal}."
        )
        self.stdout.write(verdict.record.manifest)
