"""The page on which a report is translated into one language: one section of it, and where the others are."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.urls import reverse

from reports.languages import PORTAL_LANGUAGES
from reports.models import Contribution, Report, Section, User
from reports.pages.country.translate_rows import Around, text_rows
from reports.pages.translation_rows import Into, Offers, Place, TextRows, place_after
from reports.pages.translation_words import no_draft_in_words
from reports.rules import machine_requests, permissions
from reports.rules.earlier_translations import earlier_translations
from reports.rules.translation_counts import Tally, languages_of, tally_of, total
from reports.rules.translations import dismissed, marks
from reports.rules.writing import conflicts
from reports.rules.writing.machine_drafts import service_name


@dataclass(frozen=True)
class TranslatePage:
    """`texts` are the rows of the section's `contributions` that are to be translated, `own` the contributions that are
    in the language already.

    `after` is the next section with something to do, or None.
    """

    report: Report
    language: str
    code: str
    name: str  # the section's short name
    section: Section
    ways: list[Into]
    places: list[Place]
    contributions: dict[int, Contribution]
    texts: list[TextRows]
    own: list[Contribution]
    tally: Tally
    after: Place | None
    may_write: bool
    url: str
    machine: str  # the service that drafts what is not translated, "" without one
    to_draft: int  # the rows that it could draft for this user
    no_draft: str  # says which drafts did not come, "" for none
    is_secretariats: bool = False

    @property
    def rows(self) -> int:
        return sum(len(text.rows) for text in self.texts)


def translate_url(report: Report, language: str, section: str = "") -> str:
    """Return the address of the translation of a section, or of the report: its first section with something to do."""
    args = [report.country.code, report.form.year, language]
    return reverse("translate_section", args=[*args, section]) if section else reverse("translate", args=args)


def ways_into(report: Report, rows: Sequence[Contribution], *, current: str = "", here: str = "") -> list[Into]:
    """Return how far the translation into each language is. `rows` are the texts of the report, with their units."""
    found = []
    for language in PORTAL_LANGUAGES:
        mine = [row for row in rows if language in languages_of(row)]
        if not mine and language != current:
            continue
        places = places_of(report, rows, language, here=here if language == current else "")
        whole = total(place.tally for place in places)
        found.append(Into(language, translate_url(report, language), whole, language == current, tuple(places)))
    return found


def places_of(report: Report, rows: Sequence[Contribution], language: str, *, here: str = "") -> list[Place]:
    """Return the sections with text, in the order of the report."""
    sections = {row.section_id: row.section for row in rows}
    found = []
    for section in sections.values():
        mine = [row for row in rows if row.section_id == section.pk and language in languages_of(row)]
        url = translate_url(report, language, section.code)
        tally = total(tally_of(row, language) for row in mine)
        found.append(Place(section.code, section.short_name, url, tally, section.code == here, bool(mine)))
    return found


def first_place(places: Sequence[Place]) -> Place | None:
    """Return where to begin: the first section with something to do, else the first with a text."""
    left = [place for place in places if place.tally.left]
    return next(iter([*left, *(place for place in places if place.has_texts), *places]), None)


def translate_page(user: User, report: Report, rows: Sequence[Contribution], language: str, code: str) -> TranslatePage:
    """Return the page of one section, `code`, which has a text among `rows` (`contributions_to_translate`)."""
    ways = ways_into(report, rows, current=language, here=code)
    places = next(list(way.places) for way in ways if way.is_current)
    of_section = [row for row in rows if row.section.code == code]
    mine = [row for row in of_section if language in languages_of(row)]
    texts = texts_of(user, report, mine, language)
    left = to_draft(texts) if service_name() else 0
    return TranslatePage(
        report=report,
        language=language,
        code=code,
        name=of_section[0].section.short_name,
        section=of_section[0].section,
        ways=ways,
        places=places,
        contributions={row.pk: row for row in mine},
        texts=texts,
        own=[row for row in of_section if row not in mine],
        tally=total(text.tally for text in texts),
        after=place_after(places, code),
        may_write=any(permissions.may(user, "translate_contribution", row) for row in mine),
        url=translate_url(report, language, code),
        machine=service_name(),
        to_draft=left,
        no_draft=no_draft_in_words(list(machine_requests.without_draft(mine, language))) if left else "",
    )


def to_draft(texts: Sequence[TextRows]) -> int:
    return sum(view.may_write and view.state == "untranslated" for text in texts for view in text.rows)


def texts_of(
    user: User, report: Report, rows: Sequence[Contribution], language: str, *, with_offers: bool = True
) -> list[TextRows]:
    """Return the rows of these texts, with what stands beside them."""
    pks = [row.pk for row in rows]
    around = Around(
        user=user,
        dismissed=dismissed(rows, language),
        marks=marks(rows, language),
        conflicts=conflicts.unsettled(Contribution.objects.filter(pk__in=pks)),
        offers=Offers(earlier_translations(report, language) if with_offers else []),
    )
    return [text_rows(row, language, around) for row in rows]


@dataclass(frozen=True)
class BesidePage:
    """The translations of one section, to be read beside its text, by language."""

    report: Report
    section: Section
    languages: list[tuple[Into, list[TextRows]]]


def beside_page(user: User, report: Report, section: Section, rows: Sequence[Contribution]) -> BesidePage:
    """Return the translations of a section. `rows` are its texts, with their units; a language without rows is not
    named."""
    found = []
    for way in ways_into(report, rows):
        mine = [row for row in rows if way.language in languages_of(row)]
        way = replace(way, url=translate_url(report, way.language, section.code))
        found.append((way, texts_of(user, report, mine, way.language, with_offers=False)))
    return BesidePage(report, section, found)


def report_translations(report: Report) -> list[Into]:
    """Return how far the translations of a report that was fetched with its sections and units are. No query."""
    shown = (section for section in report.sections.all() if not section.nothing_to_report)
    return ways_into(report, [row for section in shown for row in section.contributions_now])
