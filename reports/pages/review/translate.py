"""The page on which the secretariat translates a section of what was sent in: row by row, apart from the country's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext

from reports.document.translation.rows import Aligned, Row, State
from reports.document.translation.units import html_of
from reports.document.tree import Contribution
from reports.languages import PORTAL_LANGUAGES, language_within
from reports.models import Report
from reports.pages.review.review import Review
from reports.pages.review.section import SectionReview
from reports.rules.own_translations import OwnText, aligned_texts

SIGNS: dict[State, str] = {"untranslated": "blank", "stale": "stale", "current": "done", "not wanted": "nothing"}
LEFT: tuple[State, ...] = ("untranslated", "stale")


@dataclass(frozen=True)
class OwnRow:
    """A row as the page shows it. `base` is the newest save of its text, `number` its place among the rows, from 1."""

    text: OwnText
    row: Row
    base: int
    number: int
    original_language: str

    @property
    def key(self) -> str:
        return f"{self.text.position}-{self.row.places[0]}"

    @property
    def prefix(self) -> str:
        return f"t{self.key}"

    @property
    def state(self) -> State:
        return self.row.state

    @property
    def sign(self) -> str:
        return SIGNS[self.state]

    @property
    def words(self) -> str:
        return {
            "untranslated": gettext("Not translated"),
            "stale": gettext("Out of date"),
            "current": gettext("Done"),
            "not wanted": gettext("No translation wanted"),
        }[self.state]

    @property
    def is_left(self) -> bool:
        return self.state in LEFT

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


@dataclass(frozen=True)
class OwnRows:
    """The rows of one contribution."""

    contribution: Contribution
    position: int
    rows: list[OwnRow]


@dataclass(frozen=True)
class OwnPlace:
    """A section with something to translate, and how far it is."""

    code: str
    url: str
    done: int
    total: int
    is_here: bool

    @property
    def is_left(self) -> bool:
        return self.done < self.total


@dataclass(frozen=True)
class Way:
    language: str
    url: str
    is_current: bool

    @property
    def label(self) -> str:
        return gettext("Into %(language)s") % {"language": language_within(self.language)}


@dataclass(frozen=True)
class OwnPage:
    """`own` are the texts of the section that are in the language already; `after` the next section to translate."""

    report: Report
    review: Review
    reading: SectionReview
    language: str
    ways: list[Way]
    places: list[OwnPlace]
    texts: list[OwnRows]
    own: list[Contribution]
    done: int
    total: int
    after: OwnPlace | None
    url: str


Texts = Mapping[tuple[str, int], tuple[Aligned, int]]


def own_url(report: Report, code: str, language: str) -> str:
    return reverse("own_translation", args=[report.country.code, report.form.year, code, language])


def own_page(reading: SectionReview, language: str) -> OwnPage:
    """Return the page for one section. Two queries beside those of the review."""
    review, code = reading.review, reading.code
    found = aligned_texts(review.submission, language)
    places = places_of(review, found, language, code)
    texts = [
        rows_of(reading, position, one, found[code, position], language)
        for position, one in enumerate(reading.section.contributions)
        if (code, position) in found
    ]
    rows = [row for text in texts for row in text.rows]
    return OwnPage(
        report=review.report,
        review=review,
        reading=reading,
        language=language,
        ways=[Way(into, own_url(review.report, code, into), into == language) for into in PORTAL_LANGUAGES],
        places=places,
        texts=texts,
        own=[one for place, one in enumerate(reading.section.contributions) if (code, place) not in found],
        done=sum(not row.is_left for row in rows),
        total=len(rows),
        after=place_after(places, code),
        url=own_url(review.report, code, language),
    )


def rows_of(
    reading: SectionReview, position: int, contribution: Contribution, found: tuple[Aligned, int], language: str
) -> OwnRows:
    aligned, base = found
    text = OwnText(reading.review.submission, reading.code, position, language)
    views = [OwnRow(text, row, base, number, contribution.language) for number, row in enumerate(aligned.rows, 1)]
    return OwnRows(contribution, position, views)


def places_of(review: Review, found: Texts, language: str, here: str) -> list[OwnPlace]:
    """Return the sections with a text in another language, in the order of the form."""
    out = []
    for code in review.places:
        counts = [aligned.counts() for (of, _position), (aligned, _base) in found.items() if of == code]
        if total := sum(states.total() for states in counts):
            left = sum(states[state] for states in counts for state in LEFT)
            out.append(OwnPlace(code, own_url(review.report, code, language), total - left, total, code == here))
    return out


def place_after(places: Sequence[OwnPlace], code: str) -> OwnPlace | None:
    """Return the next section with something to do; after the last one, the first of those before it."""
    at = next((number for number, place in enumerate(places) if place.code == code), -1)
    return next((place for place in [*places[at + 1 :], *places[: max(at, 0)]] if place.is_left), None)
