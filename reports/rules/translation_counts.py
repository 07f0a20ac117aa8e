"""How far the translations of reports are, cheaply enough for the head of every page.

The counts of a text follow from its newest revisions, of the original and of the translation, and no revision changes.
So they are computed once for these two, and remembered by the process; a page asks only which revisions are the newest.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, Self
from uuid import UUID

from django.db.models import Q, QuerySet

from reports.document.translation.rows import Row, align
from reports.document.translation.stored import from_stored
from reports.languages import PORTAL_LANGUAGES
from reports.models import Contribution, Report
from reports.models.report import UNITS, newest

# "draft" is a machine's that no person has read.
RowState = Literal["untranslated", "stale", "draft", "current", "not wanted"]
Key = tuple[UUID, UUID | None, str]  # the revisions of the original and of the translation, and its language
MOST_KNOWN = 50_000
_known: dict[Key, "Tally"] = {}
_TEXTS = ("body", *(f"translation_{language}" for language in PORTAL_LANGUAGES))


@dataclass(frozen=True)
class Tally:
    """The rows of a text, of a section, or of a report in one language."""

    total: int = 0
    untranslated: int = 0
    stale: int = 0
    drafts: int = 0

    @property
    def left(self) -> int:
        """The rows that wait for a translator."""
        return self.untranslated + self.stale + self.drafts

    @property
    def done(self) -> int:
        return self.total - self.left

    def __add__(self, other: Self) -> "Tally":
        return Tally(
            self.total + other.total,
            self.untranslated + other.untranslated,
            self.stale + other.stale,
            self.drafts + other.drafts,
        )


def state_of(row: Row) -> RowState:
    """Return the state of a row as a page says it."""
    if row.state == "current" and row.unit and row.unit.origin == "machine":
        return "draft"
    return row.state


def tally(rows: Iterable[Row]) -> Tally:
    states = Counter(map(state_of, rows))
    return Tally(states.total(), states["untranslated"], states["stale"], states["draft"])


def tally_of(contribution: Contribution, language: str) -> Tally:
    """Return the tally of one text. The contribution needs its units (`with_units`)."""
    text = getattr(contribution, f"translation_{language}") or ""
    return tally_of_texts(contribution.body, getattr(contribution, f"units_{language}"), text)


@lru_cache(maxsize=1024)  # a page counts the whole report, of which little has changed since the last page
def tally_of_texts(body: str, units: str, text: str) -> Tally:
    return tally(align(body, from_stored(units, body, text)).rows)


def total(tallies: Iterable[Tally]) -> Tally:
    return sum(tallies, Tally())


@dataclass(frozen=True)
class Progress:
    """How far the translation of one contribution into one language is. The contribution has no texts loaded."""

    contribution: Contribution
    language: str
    tally: Tally

    @property
    def is_begun(self) -> bool:
        """Whether somebody has translated anything of it, or said that no translation is wanted."""
        return self.tally.total > self.tally.untranslated


def progress(reports: Iterable[Report], *, only_begun: bool = False) -> list[Progress]:
    """Return how far each text of these reports is translated into each language of the portal, in their order.

    `only_begun` leaves out texts without any translation. One query, and one more for what this process has not counted
    yet. The secretariat's own translations are not among them.
    """
    rows = Contribution.objects.live().filter(section__report__in=list(reports), section__nothing_to_report=False)
    if only_begun:
        rows = rows.filter(is_translated())
    wanted = [(row, language, key_of(row, language)) for row in numbered(rows) for language in languages_of(row)]
    counts = counted({key: row.pk for row, _language, key in wanted})
    return [Progress(row, language, counts[key]) for row, language, key in wanted]


def stale_in(report: Report) -> list[Progress]:
    """Return the texts of a report with a translation that is for an older wording, once for each language.

    What the secretariat did not open again is left out: nobody can change it.
    """
    found = progress([report], only_begun=True)
    return [one for one in found if one.tally.stale and not one.contribution.section.frozen]


def is_translated() -> Q:
    """Return the condition that a contribution has any translation."""
    none = Q(**dict.fromkeys(UNITS, ""))
    return ~none


def languages_of(contribution: Contribution) -> list[str]:
    """Return the languages of the portal into which a contribution can be translated."""
    own = contribution.language.split("-")[0]
    return [language for language in PORTAL_LANGUAGES if language != own]


def numbered(rows: QuerySet[Contribution]) -> list[Contribution]:
    """Return contributions without their texts, with the newest revision of each."""
    of_languages = {f"newest_{language}": newest(language, "pk") for language in PORTAL_LANGUAGES}
    found = rows.annotate(newest_original=newest("", "pk"), **of_languages).defer(*_TEXTS, *UNITS)
    related = ("section__question__goal__target", "section__question__target")
    return list(found.select_related(*related).order_by("section__question__position", "position", "pk"))


def key_of(row: Contribution, language: str) -> Key:
    return (getattr(row, "newest_original"), getattr(row, f"newest_{language}"), language)  # noqa: B009


def counted(wanted: dict[Key, int]) -> dict[Key, Tally]:
    """Return the tallies for these revisions, each given with its contribution. At most one query."""
    found = {key: known for key in wanted if (known := _known.get(key)) is not None}
    left = [key for key in wanted if key not in found]
    if left:
        rows = texts_of({wanted[key] for key in left})
        new = {key: tally_of(rows[wanted[key]], key[2]) for key in left}
        if len(_known) + len(new) > MOST_KNOWN:
            _known.clear()
        _known.update(new)
        found |= new
    return found


def texts_of(pks: Collection[int]) -> dict[int, Contribution]:
    return {row.pk: row for row in Contribution.objects.with_units().filter(pk__in=pks)}
