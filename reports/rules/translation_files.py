"""Files for a translation service: what goes out of a report, and what comes home to it (ADR 33)."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from reports import apart
from reports.document.problem import Problem, gettext_noop
from reports.document.translation.exchange import Sent, SentText, to_send
from reports.languages import PORTAL_LANGUAGES
from reports.models import Contribution, Report, User
from reports.readers import Notice, xliff
from reports.rules import permissions, writing
from reports.rules.translations import aligned, contributions_to_translate
from reports.writers import xliff as xliff_writer

NOTHING = gettext_noop(
    "There is nothing to translate in this file: none of the texts that you may translate has a passage that is left. "
    "Choose other languages, or all passages."
)
OTHER_LANGUAGE = gettext_noop(
    "This file does not say that it is a translation into English, Dutch or French. Upload the file that came back "
    "from the translation service."
)


@dataclass(frozen=True)
class CameHome:
    """What became of a file. The notices are what a person should look at; their `section` is a section's code."""

    brought: writing.Brought
    notices: tuple[Notice, ...]


def name_of(report: Report) -> str:
    """Return how a file names its report, as country/year."""
    return f"{report.country.code}/{report.form.year}"


def texts_to_send(report: Report, *, by: User) -> list[Contribution]:
    """Return the texts that `by` may translate now, in the order of the report."""
    return [row for row in contributions_to_translate(report) if permissions.may(by, "translate_contribution", row)]


def out(report: Report, language: str, *, sources: Collection[str], only_left: bool, by: User) -> bytes:
    """Return the XLIFF file with the texts in the languages `sources` that `by` may translate into `language`.

    With `only_left`, it has the passages that are untranslated or stale. Raise PermissionDenied, or Problem if there is
    nothing to send.
    """
    permissions.check(by, "exchange_translations", report)
    found = []
    for row in texts_to_send(report, by=by):
        own = row.language.split("-")[0]
        if own in sources and own != language:
            units = to_send(aligned(row, language), only_left=only_left)
            found += [SentText(str(row.pk), title_of(row), row.language, units)] if units else []
    if not found:
        raise Problem(NOTHING)
    return xliff_writer.write(Sent(name_of(report), language, tuple(found)))


def title_of(row: Contribution) -> str:
    return ", ".join(part for part in (f"{row.section.code} {row.section.question.label}", row.authority) if part)


def home(data: bytes, report: Report, *, by: User) -> CameHome:
    """Read a file that came back, and save what it has. The same file again changes nothing.

    Raise Problem for a file that is not of this report or cannot be read, and for a report that is not open; then
    nothing is saved. Raise PermissionDenied.
    """
    permissions.check(by, "exchange_translations", report)
    came = apart.run(apart.READING_XLIFF, xliff.read, data, name_of(report))
    language = came.sent.language.replace("_", "-").split("-")[0].lower()  # a service may say nl-BE
    if language not in PORTAL_LANGUAGES:
        raise Problem(OTHER_LANGUAGE)
    brought = writing.bring_home(report, replace(came.sent, language=language), by=by)
    codes = {text.id: text.title.split(" ")[0] for text in came.sent.texts}
    notices = tuple(replace(one, section=codes.get(one.section, "")[:10]) for one in came.notices)
    return CameHome(brought, notices)
