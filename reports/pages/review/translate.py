"""The page on which the secretariat translates a section of what was sent in: row by row, apart from the country's."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse

from reports.document.translation.rows import Aligned
from reports.document.translation.units import html_of
from reports.document.tree import Contribution
from reports.languages import PORTAL_LANGUAGES
from reports.models import OwnTranslation, Report, Submission
from reports.pages.review.review import Review
from reports.pages.review.section import SectionReview
from reports.pages.translation_rows import Into, Offers, Place, RowText, RowView, TextRows, place_after, questions_of
from reports.rules.own_rows import aligned_save, dismissed_own, earlier_own, newest_numbers
from reports.rules.own_translations import OwnText, aligned_texts, contribution_of
from reports.rules.translation_counts import Tally, tally, total
from reports.rules.writing import Shown

Texts = Mapping[tuple[str, int], tuple[Aligned, int]]


@dataclass(frozen=True)
class OwnPage:
    """`own` are the texts of the section that are in the language already; `after` the next section to translate."""

    report: Report
    review: Review
    reading: SectionReview
    language: str
    code: str
    name: str  # the section's short name
    ways: list[Into]
    places: list[Place]
    texts: list[TextRows]
    own: list[Contribution]
    tally: Tally
    after: Place | None
    url: str
    may_write: bool = True  # who may not does not see the page
    is_secretariats: bool = True


def own_url(report: Report, code: str, language: str) -> str:
    return reverse("own_translation", args=[report.country.code, report.form.year, code, language])


def own_page(reading: SectionReview, language: str) -> OwnPage:
    """Return the page for one section. Eight queries beside those of the review: two for each tab, and two more."""
    review, code = reading.review, reading.code
    in_each = {into: aligned_texts(review.submission, into) for into in PORTAL_LANGUAGES}
    found = in_each[language]
    places = places_of(review, found, language, code)
    offers = Offers(earlier_own(review.report, language))
    dismissed = dismissed_own(review.submission, language)
    contributions = list(enumerate(reading.section.contributions))
    texts = [
        text_rows(OwnText(review.submission, code, position, language), one, *found[code, position], dismissed, offers)
        for position, one in contributions
        if (code, position) in found
    ]
    return OwnPage(
        report=review.report,
        review=review,
        reading=reading,
        language=language,
        code=code,
        name=review.rows[code].short_name,
        ways=[
            Into(into, own_url(review.report, code, into), tally_of(texts), is_current=into == language)
            for into, texts in in_each.items()
        ],
        places=places,
        texts=texts,
        own=[one for position, one in contributions if (code, position) not in found],
        tally=total(text.tally for text in texts),
        after=place_after(places, code),
        url=own_url(review.report, code, language),
    )


def tally_of(texts: Texts) -> Tally:
    """Return how far the translation of all these texts is."""
    return total(tally(aligned.rows) for aligned, _number in texts.values())


def text_rows(
    text: OwnText,
    contribution: Contribution,
    aligned: Aligned,
    number: int,
    dismissed: Collection[str],
    offers: Offers | None = None,
) -> TextRows:
    """Return the rows of a text as they are in the save with this number."""
    of = RowText(text.position, text.code, contribution.language, contribution.authority)
    views = []
    for place, row in enumerate(aligned.rows, 1):
        shown = Shown(text.language, row.places[0], text.submission.number, number)
        questions, own_offers = questions_of(row, dismissed), offers.of(row) if offers else ()
        views.append(RowView(of, row, shown, place, may_write=True, questions=questions, offers=own_offers))
    return TextRows(of, views, [html_of(unit.target) for unit in aligned.aside if unit.target])


def places_of(review: Review, found: Texts, language: str, here: str) -> list[Place]:
    """Return the sections with a text in another language, in the order of the form."""
    tallies: dict[str, Tally] = {}
    for (code, _position), (aligned, _number) in found.items():
        tallies[code] = tallies.get(code, Tally()) + tally(aligned.rows)
    return [
        Place(code, review.rows[code].short_name, own_url(review.report, code, language), tallies[code], code == here)
        for code in review.places
        if code in tallies and tallies[code].total
    ]


def row_after(text: OwnText, place: int, save: OwnTranslation | None) -> RowView | None:
    """Return the row of a page as it is in this save; None if there is no such row any more. Raise Problem."""
    return next((view for view in rows_then(text, save) if view.shown.place == place), None)


def rows_then(text: OwnText, save: OwnTranslation | None) -> list[RowView]:
    """Return the rows of a text as they are in this save. Raise Problem."""
    one = contribution_of(text)
    aligned, dismissed = aligned_save(text, one.original, save), dismissed_own(text.submission, text.language)
    return text_rows(text, one, aligned, save.number if save else 0, dismissed).rows


def newer_rows(submission: Submission, code: str, language: str, known: Iterable[tuple[int, Shown]]) -> list[RowView]:
    """Return the rows of which a page shows an older save than the newest. Without news it is one query."""
    numbers = newest_numbers(submission, code, language)
    older: dict[int, set[int]] = {}
    for position, shown in known:
        if shown.original == submission.number and shown.base < numbers.get(position, 0):
            older.setdefault(position, set()).add(shown.place)
    found: list[RowView] = []
    for position, places in older.items():
        text = OwnText(submission, code, position, language)
        found += [view for view in rows_then(text, text.saves.latest("number")) if view.shown.place in places]
    return found
