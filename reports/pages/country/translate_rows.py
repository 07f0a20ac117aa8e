"""The rows of a section's translation in a report: with their conflicts, questions, and offers from earlier reports."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from reports.document.translation.exchange import source_hash
from reports.document.translation.rows import Aligned, Row
from reports.document.translation.units import html_of
from reports.models import Conflict, Contribution, TranslationEvent, User
from reports.pages.translation_rows import Offers, RowText, RowView, TextRows, questions_of
from reports.rules import permissions, translations
from reports.rules.writing import Shown


@dataclass(frozen=True)
class Around:
    """What the rows of a page have beside the texts, by contribution: loaded once for all of them."""

    user: User
    dismissed: Mapping[int, Collection[str]]
    marks: Mapping[tuple[int, str], TranslationEvent]
    conflicts: Sequence[Conflict]
    offers: Offers


def row_text(contribution: Contribution) -> RowText:
    return RowText(contribution.pk, contribution.section.code, contribution.language, contribution.authority)


def text_rows(contribution: Contribution, language: str, around: Around) -> TextRows:
    """Return the rows of a contribution fetched with its units and numbers."""
    of, aligned = row_text(contribution), translations.aligned(contribution, language)
    base = getattr(contribution, f"number_{language}") or 0
    may_write = permissions.may(around.user, "translate_contribution", contribution)
    in_row = conflicts_by_place(aligned, [one for one in around.conflicts if is_of(one, contribution, language)])
    views = []
    for number, row in enumerate(aligned.rows, 1):
        shown = Shown(language, row.places[0], contribution.number or 0, base)
        views.append(
            RowView(
                of,
                row,
                shown,
                number,
                may_write,
                questions_of(row, around.dismissed.get(contribution.pk, ())),
                around.offers.of(row) if may_write else (),
                around.marks.get((contribution.pk, source_hash(row.source))),
                in_row.get(row.places[0], []),
            )
        )
    return TextRows(of, views, [html_of(unit.target) for unit in aligned.aside if unit.target])


def is_of(conflict: Conflict, contribution: Contribution, language: str) -> bool:
    revision = conflict.revision
    return (revision.contribution_id, revision.language) == (contribution.pk, language)


def conflicts_by_place(aligned: Aligned, found: Iterable[Conflict]) -> dict[int, list[Conflict]]:
    """Return the conflicts of one text by the place of their row."""
    out: dict[int, list[Conflict]] = {}
    for conflict in found:
        out.setdefault(place_of(conflict, aligned), []).append(conflict)
    return out


def place_of(conflict: Conflict, aligned: Aligned) -> int:
    """Return the place of the row that has the other version of a conflict; without it, of the row in its place."""
    starts = list(accumulate((printed(row) for row in aligned.rows), initial=0))
    pairs = list(zip(aligned.rows, starts, strict=False))
    alike = [(row, start) for row, start in pairs if conflict.theirs and html_of(row.target) == conflict.theirs]
    if alike:
        return min(alike, key=lambda pair: abs(pair[1] - conflict.place))[0].places[0]
    emptied = [row for row, start in pairs if start == conflict.place and not row.target]
    before = [row for row, start in pairs if start <= conflict.place]
    return [*emptied[:1], *before[-1:]][0].places[0] if before else 0


def printed(row: Row) -> int:
    return len(row.target) if row.state != "not wanted" else 0
