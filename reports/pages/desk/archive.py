"""How far the archive of a whole form is prepared."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.models import ReportingForm
from reports.rules import archive
from reports.rules.documents import LANGUAGES


@dataclass(frozen=True)
class ArchivePage:
    """`copies` are the languages of the copies that were chosen, of `languages`. `going`: the files are being made."""

    form: ReportingForm
    copies: list[str]
    languages: list[str]
    going: bool
    ready: int
    total: int
    done: bool


def chosen_copies(asked: Sequence[str]) -> list[str]:
    """Return the languages of copies among those asked for, in the portal's order."""
    return [language for language in LANGUAGES if language in asked]


def archive_page(form: ReportingForm, copies: list[str], *, going: bool) -> ArchivePage:
    """Return how far the archive is; with `going`, this asks for what is missing."""
    ready, total = archive.prepare(form, copies) if going else (0, len(archive.pdfs(form, copies)))
    return ArchivePage(form, copies, LANGUAGES, going, ready, total, done=going and ready == total)
