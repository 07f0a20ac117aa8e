"""What a save of a text finds: the text as it is now, under its report's lock."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

from reports.document.lengths import check_report
from reports.document.problem import Problem, gettext_noop
from reports.document.translation.stored import from_stored
from reports.document.translation.units import Unit
from reports.models import Contribution, Revision, Section, User, save_queries
from reports.rules import permissions
from reports.rules.writing.locks import check_may_write, lock_report_pk


def check_translatable(contribution: Contribution, language: str) -> None:
    """Raise Problem for a translation into a language the portal does not have, or into the original's own."""
    known = [code for code, name in settings.LANGUAGES]
    if language and (language not in known or language == contribution.language.split("-")[0]):
        raise Problem(
            gettext_noop(
                "There is no translation into “%(language)s” here; the text itself may now be in that language. "
                "Nothing was lost: what you typed is still in its box. Copy it to the right place."
            ),
            language=language,
        )


def check_is_own(repeated: Revision, *, by: User, section: Section, text: tuple[int, str] | None = None) -> None:
    """Raise Problem if the save with this id was another user's, in another section, or of another text."""
    is_other = text not in (None, (repeated.contribution_id, repeated.language))
    if is_other or repeated.by_id != by.pk or repeated.contribution.section_id != section.pk:
        raise Problem(
            gettext_noop("What was sent belongs to another text. Copy your text, open the page again, and paste it.")
        )


@dataclass(frozen=True)
class Current:
    """What a save finds: the text's newest revision, the one it was based on, and itself if it arrived before."""

    newest: Revision | None
    base: Revision | None
    repeated: Revision | None
    original: str  # the original as it is now, for a translation
    is_removed: bool  # the contribution was taken out of its section
    report_length: int  # characters of all texts of the report

    def check_growth(self, characters: int) -> None:
        """Raise Problem if the report would become too long. A text that becomes shorter is always taken."""
        if characters > 0:
            check_report(self.report_length + characters)

    def units(self) -> tuple[Unit, ...]:
        """Return the units of the translation in its newest revision."""
        return units_of_revision(self.newest, self.original)


def units_of_revision(revision: Revision | None, original: str) -> tuple[Unit, ...]:
    return from_stored(revision.units, original, revision.body) if revision else ()


def units_then(contribution: Contribution, revision: Revision | None) -> tuple[Unit, ...]:
    """Return the units of a revision. One that is older than units gets them from the original of its time."""
    original = ""
    if revision and revision.body and not revision.units:
        then = contribution.revisions.filter(language="", at__lte=revision.at).order_by("-number")
        original = then.values_list("body", flat=True).first() or ""
    return units_of_revision(revision, original)


def begin(contribution: Contribution, language: str, base: int, save_id: UUID | None, *, by: User) -> Current:
    """Lock the report, read a text as it is now, and check that `by` may write it. Raise Problem."""
    contribution.section.report.state = lock_report_pk(contribution.section.report_id).state
    current = read_current(contribution, language, base, save_id)
    check_may_write(by, permissions.writing_of(language), contribution)
    if language and current.is_removed and not permissions.may(by, "write_contribution", contribution):
        raise Problem(
            gettext_noop(
                "A colleague has removed the contribution of this translation. Nothing was lost: what you typed is "
                "still in its box. Copy it, and ask your focal point."
            )
        )
    return current


def read_current(contribution: Contribution, language: str, base: int, save_id: UUID | None) -> Current:
    """Read what a save needs in one query, under the report's lock; update the contribution's own language and
    whether its section is frozen."""
    text = save_queries.load_text(contribution.pk, language, base, save_id)
    contribution.language = text.original_language
    contribution.section.frozen = text.is_frozen
    of_text = [row for row in text.revisions if (row.contribution_id, row.language) == (contribution.pk, language)]
    return Current(
        original=text.original,
        newest=of_text[-1] if of_text else None,
        base=next((row for row in of_text if row.number == base), None),
        repeated=next((row for row in text.revisions if row.pk == save_id), None),
        is_removed=text.is_removed,
        report_length=text.report_length,
    )
