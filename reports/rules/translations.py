"""The translations of a report as they are: rows with their marks, what is left to do, and who said what."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from reports.document.translation.checks import Finding, findings
from reports.document.translation.rows import Aligned, Row, State, align
from reports.document.translation.stored import from_stored
from reports.document.translation.units import Unit
from reports.languages import PORTAL_LANGUAGES
from reports.models import Contribution, Report, Section, TranslationAct, TranslationEvent

Counts = Counter[State]


@dataclass(frozen=True)
class Progress:
    """How far the translation of one contribution into one language is."""

    contribution: Contribution
    language: str
    counts: Counts

    @property
    def left(self) -> int:
        """The rows that wait for a translator."""
        return self.counts["untranslated"] + self.counts["stale"]

    @property
    def is_begun(self) -> bool:
        """Whether somebody has translated anything of it, or said that no translation is wanted."""
        return self.counts.total() > self.counts["untranslated"]


def languages_of(contribution: Contribution) -> list[str]:
    """Return the languages of the portal into which a contribution can be translated."""
    own = contribution.language.split("-")[0]
    return [language for language in PORTAL_LANGUAGES if language != own]


def units_of(contribution: Contribution, language: str) -> tuple[Unit, ...]:
    """Return the units of a translation. The contribution needs them loaded (`with_units`), or each costs a query."""
    text = getattr(contribution, f"translation_{language}") or ""
    return from_stored(getattr(contribution, f"units_{language}"), contribution.body, text)


def aligned(contribution: Contribution, language: str) -> Aligned:
    """Return the original as it is now beside its translation. The contribution needs its units (`with_units`)."""
    return align(contribution.body, units_of(contribution, language))


def contributions_to_translate(report: Report) -> list[Contribution]:
    """Return the texts of a report that are shown and printed, in order, with their units and sections. One query."""
    rows = (
        Contribution.objects.live()
        .with_numbers()
        .with_units()
        .filter(section__report=report, section__nothing_to_report=False)
    )
    rows = rows.select_related("section__question__goal__target", "section__question__target")
    found = list(rows.order_by("section__question__position", "position", "pk"))
    sections: dict[int, Section] = {}
    for row in found:
        row.section = sections.setdefault(row.section_id, row.section)
        row.section.report = report
    return found


def progress(contributions: Iterable[Contribution]) -> list[Progress]:
    """Return how far each translation of these contributions is, into each language. They need their units."""
    return [
        Progress(row, language, aligned(row, language).counts())
        for row in contributions
        for language in languages_of(row)
    ]


def findings_of(row: Row, dismissed: Collection[str] = ()) -> list[Finding]:
    """Return what to look at in a row, beside the original as it is now; not what was dismissed for these texts."""
    if row.unit is None or not row.target:
        return []
    return findings(row.unit.model_copy(update={"source": row.source, "target": row.target}), dismissed)


def dismissed(contributions: Iterable[Contribution], language: str) -> dict[int, set[str]]:
    """Return what was dismissed in the translations of each contribution, by its key. One query."""
    found: dict[int, set[str]] = {}
    events = TranslationEvent.objects.filter(
        contribution__in=list(contributions), language=language, kind=TranslationAct.DISMISSED
    )
    for pk, digest in events.values_list("contribution_id", "hash"):
        found.setdefault(pk, set()).add(digest)
    return found


def marks(contributions: Iterable[Contribution], language: str) -> dict[tuple[int, str], TranslationEvent]:
    """Return who last said something about a wording of each contribution, by its key and `source_hash`. One query."""
    events = TranslationEvent.objects.filter(contribution__in=list(contributions), language=language)
    rows = events.exclude(kind=TranslationAct.DISMISSED).select_related("by").order_by("pk")
    return {(row.contribution_id, row.hash): row for row in rows}
