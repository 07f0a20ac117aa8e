"""The translations of a report as they are: rows with their marks, questions of checks, and who said what.

How many rows are left is in translation_counts.py.
"""

from collections.abc import Collection, Iterable

from reports.document.translation.checks import Finding, findings
from reports.document.translation.rows import Aligned, Row, align
from reports.document.translation.stored import from_stored
from reports.document.translation.units import Unit
from reports.models import Contribution, Report, Section, TranslationAct, TranslationEvent


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
