"""The rows of a section's translation: the original beside the translation, with its state, questions and offers."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from django.utils.translation import gettext

from reports.document.translation.checks import Finding
from reports.document.translation.exchange import source_hash
from reports.document.translation.memory import Earlier, Suggestion, suggestions
from reports.document.translation.rows import Aligned, Row
from reports.document.translation.units import html_of
from reports.models import Conflict, Contribution, TranslationAct, TranslationEvent, User
from reports.pages.country.translate_words import finding_in_words, left_in_words, state_in_words
from reports.rules import permissions, translations
from reports.rules.translation_counts import RowState, Tally, state_of, tally
from reports.rules.writing import Shown

SIGNS: dict[RowState, str] = {
    "untranslated": "blank",
    "stale": "stale",
    "draft": "pen",
    "current": "done",
    "not wanted": "nothing",
}


@dataclass(frozen=True)
class Question:
    """What a check found in a row, in words. `key` is what a dismissal names."""

    key: str
    words: str


@dataclass(frozen=True)
class Offer:
    """An earlier translation. `number` is its place among those of its row, from 0."""

    number: int
    suggestion: Suggestion

    @property
    def html(self) -> str:
        return html_of(self.suggestion.target)


@dataclass(frozen=True)
class RowView:
    """One row as the page shows it. `said` is who last said something about its wording, if anybody did."""

    contribution: Contribution
    row: Row
    shown: Shown
    number: int  # among the rows of its text, from 1
    may_write: bool
    questions: tuple[Question, ...] = ()
    offers: tuple[Offer, ...] = ()
    said: TranslationEvent | None = None
    conflicts: list[Conflict] = field(default_factory=list)

    @property
    def key(self) -> str:
        """What names the row in its form: the text, and the place in it."""
        return f"{self.contribution.pk}-{self.shown.place}"

    @property
    def prefix(self) -> str:
        return f"r{self.key}"

    @property
    def state(self) -> RowState:
        return state_of(self.row)

    @property
    def is_to_check(self) -> bool:
        return self.state == "current" and bool(self.questions)

    @property
    def is_left(self) -> bool:
        return self.state in ("untranslated", "stale", "draft")

    @property
    def is_folded(self) -> bool:
        """Whether the box is in a fold, below the text: there is nothing to do."""
        return self.state in ("current", "not wanted") and not self.questions and not self.conflicts

    @property
    def sign(self) -> str:
        return "warn" if self.is_to_check else SIGNS[self.state]

    @property
    def words(self) -> str:
        """The state in words."""
        return gettext("To check") if self.is_to_check else state_in_words(self.state)

    @property
    def source(self) -> str:
        return html_of(self.row.source)

    @property
    def target(self) -> str:
        return html_of(self.row.target)

    @property
    def changes(self) -> str:
        """The original with what changed since it was translated marked; "" for a row that is not stale."""
        return self.row.changes() if self.state == "stale" else ""

    @property
    def is_draft(self) -> bool:
        """Whether a machine wrote the translation, which no person has read."""
        return self.row.unit is not None and self.row.unit.origin == "machine"

    @property
    def was_confirmed(self) -> bool:
        return self.said is not None and self.said.kind == TranslationAct.CONFIRMED

    @property
    def was_read(self) -> bool:
        return self.said is not None and self.said.kind == TranslationAct.READ

    @property
    def is_not_wanted(self) -> bool:
        """Whether somebody said that an earlier wording of it needs no translation, or that this one needs none."""
        return self.row.unit is not None and not self.row.unit.wanted

    @property
    def items(self) -> int:
        """The items of a list that is one row, 0 for any other row."""
        items = sum(block.depth > 0 for block in self.row.source)
        return items if items > 1 else 0


@dataclass(frozen=True)
class TextRows:
    """The rows of one contribution. `aside` are translations of what was removed from the original."""

    contribution: Contribution
    rows: list[RowView]
    aside: list[str]

    @property
    def tally(self) -> Tally:
        return tally(view.row for view in self.rows)

    @property
    def left(self) -> str:
        return left_in_words(self.tally)


@dataclass(frozen=True)
class Around:
    """What the rows of a page have beside the texts, by contribution: loaded once for all of them."""

    user: User
    dismissed: Mapping[int, Collection[str]]
    marks: Mapping[tuple[int, str], TranslationEvent]
    conflicts: Sequence[Conflict]
    earlier: Sequence[Earlier]


def text_rows(contribution: Contribution, language: str, around: Around, *, offers_left: int) -> TextRows:
    """Return the rows of a contribution fetched with its units and numbers."""
    aligned = translations.aligned(contribution, language)
    base = getattr(contribution, f"number_{language}") or 0
    may_write = permissions.may(around.user, "translate_contribution", contribution)
    in_row = conflicts_by_place(aligned, [one for one in around.conflicts if is_of(one, contribution, language)])
    views = []
    for number, row in enumerate(aligned.rows, 1):
        shown = Shown(language, row.places[0], contribution.number or 0, base)
        offers: tuple[Offer, ...] = ()
        if may_write and offers_left > 0 and row.state in ("untranslated", "stale"):
            offers_left -= 1
            offers = offers_for(row, around.earlier)
        views.append(
            RowView(
                contribution,
                row,
                shown,
                number,
                may_write,
                questions_of(row, around.dismissed.get(contribution.pk, ())),
                offers,
                around.marks.get((contribution.pk, source_hash(row.source))),
                in_row.get(row.places[0], []),
            )
        )
    return TextRows(contribution, views, [html_of(unit.target) for unit in aligned.aside if unit.target])


def offers_for(row: Row, earlier: Iterable[Earlier]) -> tuple[Offer, ...]:
    found = suggestions(row.source, earlier)
    return tuple(Offer(number, one) for number, one in enumerate(found) if one.target != row.target)


def questions_of(row: Row, dismissed: Collection[str] = ()) -> tuple[Question, ...]:
    found: list[Finding] = translations.findings_of(row, dismissed) if row.state != "not wanted" else []
    return tuple(Question(one.key, finding_in_words(one)) for one in found)


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
