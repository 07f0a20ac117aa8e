"""What the pages of a translation share, a country's and the secretariat's: rows with their state, and the outline."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext

from reports.document.translation.checks import Finding
from reports.document.translation.memory import Earlier, Suggestion, suggestions
from reports.document.translation.rows import Row
from reports.document.translation.units import html_of
from reports.languages import language_within
from reports.models import Conflict, TranslationAct, TranslationEvent
from reports.pages.translation_words import finding_in_words, left_in_words, state_in_words
from reports.rules import translations
from reports.rules.translation_counts import RowState, Tally, state_of, tally
from reports.rules.writing import Shown

MOST_OFFERS = 60
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


class Offers:
    """Earlier translations, which are looked for in at most MOST_OFFERS rows of a page: each search takes a while."""

    def __init__(self, earlier: Sequence[Earlier]) -> None:
        self.earlier, self.left = earlier, MOST_OFFERS

    def of(self, row: Row) -> tuple[Offer, ...]:
        if not self.earlier or self.left <= 0 or row.state not in ("untranslated", "stale"):
            return ()
        self.left -= 1
        found = enumerate(suggestions(row.source, self.earlier))
        return tuple(Offer(number, one) for number, one in found if one.target != row.target)


@dataclass(frozen=True)
class RowText:
    """The text that a row belongs to. `number` names it on its page: the key of a contribution, or, of what was sent
    in, its position in the section."""

    number: int
    section: str
    language: str
    authority: str


@dataclass(frozen=True)
class RowView:
    """One row as the page shows it. `said` is who last said something about its wording, if anybody did."""

    of: RowText
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
        return f"{self.of.number}-{self.shown.place}"

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
    """The rows of one text. `aside` are translations of what was removed from the original."""

    of: RowText
    rows: list[RowView]
    aside: list[str]

    @property
    def tally(self) -> Tally:
        return tally(view.row for view in self.rows)

    @property
    def left(self) -> str:
        return left_in_words(self.tally)


@dataclass(frozen=True)
class Place:
    """A section in the outline, with its short name. `has_texts`: one of its texts is in another language than the
    target."""

    code: str
    name: str
    url: str
    tally: Tally
    is_here: bool
    has_texts: bool = True

    @property
    def left(self) -> str:
        return left_in_words(self.tally)


@dataclass(frozen=True)
class Into:
    """The translation into one language, as a tab of the page and as a line of the report's page."""

    language: str
    url: str
    tally: Tally  # without rows: not counted here
    is_current: bool = False
    places: tuple[Place, ...] = ()

    @property
    def label(self) -> str:
        return gettext("Into %(language)s") % {"language": language_within(self.language)}

    @property
    def left(self) -> str:
        return left_in_words(self.tally)


def questions_of(row: Row, dismissed: Collection[str] = ()) -> tuple[Question, ...]:
    found: list[Finding] = translations.findings_of(row, dismissed) if row.state != "not wanted" else []
    return tuple(Question(one.key, finding_in_words(one)) for one in found)


def place_after(places: Sequence[Place], code: str) -> Place | None:
    """Return the next section with something to do; after the last one, the first of those before it."""
    at = next((number for number, place in enumerate(places) if place.code == code), -1)
    return next((place for place in [*places[at + 1 :], *places[: max(at, 0)]] if place.tally.left), None)


def offered(texts: Sequence[TextRows], taken: str) -> tuple[RowView, Offer] | None:
    """Return what a button takes over: "12-0:1" is the second offer of the row "12-0"."""
    key, _colon, number = taken.partition(":")
    rows = [view for text in texts for view in text.rows if view.key == key]
    return next(((view, one) for view in rows for one in view.offers if str(one.number) == number), None)


def row_to_show(texts: Sequence[TextRows], act: str, key: str) -> str:
    """Return the prefix of the row that a page goes to after somebody marked the row `key`: it, or, if that is done,
    the next one with something to do, and after the last row the first."""
    rows = [view for text in texts for view in text.rows]
    at = next((number for number, view in enumerate(rows) if view.key == key), -1)
    left = [view for view in [*rows[at + 1 :], *rows[: max(at, 0)]] if view.is_left]
    return left[0].prefix if act in ("confirm", "unwanted") and left else f"r{key}"
