"""`verify FILE.pdf`: say whether a PDF is a published record, whether its seal is whole, and who sealed it."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reports.rules import records, seals
from reports.writers.pdf_seal_check import Seal, Standing

SAID = {
    "current": "This is the published record",
    "older": "This is an older record; a newer one has been published since",
    "unsealed": "This is the file of a published record as it was before it was sealed",
    "demonstration": "This was published as a demonstration",
    "doubtful": "The database names this file as a record, but it cannot be trusted: the stored file is missing or "
    "changed, or no known signer sealed it",
}
SEALS = {
    Standing.NONE: "It has no seal.",
    Standing.BROKEN: "Its seal is broken: the file was changed after it was sealed.",
    Standing.UNKNOWN: "It was sealed by {signer}, whom this portal does not know (certificate {fingerprint}).",
    Standing.DEMONSTRATION: "Its seal is a demonstration, which anybody can make: it proves nothing.",
    Standing.WHOLE: "Its seal is whole, of {signer} (certificate {fingerprint}).",
}
MAX_SIZE = 100 * 1024 * 1024  # bytes; the largest record has a few


class Command(BaseCommand):
    help = (
        "Compares a PDF with the published records by its hash, and checks its seal: it counts only if a signer of "
        "SEAL_SIGNERS or below SEAL_ROOTS made it. Exit status 1 for anything but a published record."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            if file.stat().st_size > MAX_SIZE:
                raise CommandError(f"{file} is larger than any record.")
            content = file.read_bytes()
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        digest = records.sha256(content)
        verdict, seal = records.verify(digest), said_of(seals.examine(content))
        if verdict.record is None:
            raise CommandError(
                f"{digest}: not published here. The file was altered, or comes from somewhere else. {seal}"
            )
        submission = verdict.record.submission
        said = (
            f"{SAID[verdict.kind]}: {submission.report.country.name_en} {submission.report.form.year}, "
            f"submission {submission.number}, published {verdict.record.at:%Y-%m-%d %H:%M} UTC. {seal}"
        )
        if verdict.kind == "doubtful":
            raise CommandError(said)
        self.stdout.write(said)
        self.stdout.write(verdict.record.manifest)


def said_of(seal: Seal) -> str:
    return SEALS[seal.standing].format(signer=seal.signer or "somebody without a name", fingerprint=seal.fingerprint)
