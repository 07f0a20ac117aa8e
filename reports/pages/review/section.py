"""One section as the secretariat reads it: as changes since the submission before, as text, or in translation."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from reports.document import richtext
from reports.document.tree import Contribution, Goal, Target
from reports.document.tree import Section as SectionValue
from reports.languages import PORTAL_LANGUAGES
from reports.models import ReadMark, Remark, Report, Section, Submission, User
from reports.pages.actions import allowed
from reports.pages.announced import Announced, sent_in_before
from reports.pages.review.differences import SectionChange, between
from reports.pages.review.review import Review, SectionLink
from reports.pages.threads import Thread, threads, with_messages
from reports.pages.translated import Piece, pieces
from reports.pages.wording import colleague_name, state_for_secretariat
from reports.rules.own_translations import with_own

SHOWS = ("changes", "text", "translation")


@dataclass(frozen=True)
class ReviewPassage:
    """A contribution to read: its original, or its translation where that was asked for and exists."""

    authority: str
    language: str
    pieces: tuple[Piece, ...]
    original_language: str = ""  # of a translation
    original: str = ""  # what stands beside a translation of the secretariat
    is_secretariats: bool = False
    is_untranslated: bool = False


def passages(
    contributions: tuple[Contribution, ...], into: str = "", own_translations: Mapping[int, Contribution] | None = None
) -> list[ReviewPassage]:
    """Return the contributions as they were written or, with `into`, in that language where it has a translation.

    The secretariat's `own_translations`, by position, stand after the country's, or in the place of one that it does
    not have.
    """
    out = []
    for position, one in enumerate(contributions):
        own = one.language.split("-")[0] == into
        secretariats = (own_translations or {}).get(position)
        if into and (translated := pieces(one, into)):
            is_secretariats = one.translation(into).whose == "secretariat"
            out.append(ReviewPassage(one.authority, into, translated, one.language, is_secretariats=is_secretariats))
        elif not secretariats:
            original = (Piece(one.original, one.language),)
            out.append(ReviewPassage(one.authority, one.language, original, is_untranslated=bool(into) and not own))
        if secretariats:
            translated = pieces(secretariats, into)
            out.append(ReviewPassage(one.authority, into, translated, one.language, one.original, is_secretariats=True))
    return out


@dataclass(frozen=True)
class SectionReview:
    """One section as the page shows it: as changes, as text or in translation."""

    review: Review
    code: str
    show: str  # what was asked for in the address, "" if nothing was
    language: str  # of the interface

    @property
    def address(self) -> str:
        return self.review.url(self.code, self.show)

    @property
    def bare_address(self) -> str:
        return self.review.url(self.code)

    @property
    def row(self) -> Section:
        return self.review.rows[self.code]

    @property
    def target(self) -> Target:
        return self.review.places[self.code][0]

    @property
    def goal(self) -> Goal | None:
        return self.review.places[self.code][1]

    @property
    def section(self) -> SectionValue:
        return self.review.places[self.code][2]

    @property
    def view(self) -> str:
        """Which one is shown: "changes", "text" or "translation"."""
        wanted = self.show if self.show in SHOWS else "changes"
        return wanted if wanted in self.views else "text"

    @property
    def views(self) -> list[str]:
        """The ones that this section has."""
        foreign = any(one.language.split("-")[0] != self.language for one in self.section.contributions)
        return ["changes"] * bool(self.review.before) + ["text"] + ["translation"] * foreign

    @cached_property
    def change(self) -> SectionChange | None:
        before, document = self.review.before, self.review.document_before
        if before is None or document is None:
            return None
        old = next((section for section in document.sections() if section.code == self.code), None)
        return between(old, self.section, before, self.review.submission)

    @cached_property
    def passages(self) -> list[ReviewPassage]:
        """The texts of the section. Two queries in translation, none else."""
        if self.view != "translation":
            return passages(self.section.contributions)
        found = with_own(self.review.submission, self.language)
        own = {position: one for (code, position), one in found.items() if code == self.code}
        return passages(self.section.contributions, self.language, own)

    @property
    def to_translate(self) -> str:
        """The language into which the secretariat would translate the section: its reader's, or the first that is not
        that of all its texts; "" without a text."""
        ways = [self.language, *PORTAL_LANGUAGES]
        languages = {one.language.split("-")[0] for one in self.section.contributions}
        return next((way for way in ways if languages - {way}), "")

    @property
    def mark(self) -> ReadMark | None:
        return self.review.read.get(self.row.pk)

    @property
    def read_by(self) -> str:
        return colleague_name(self.mark.by) if self.mark else ""

    def neighbour(self, step: int) -> str:
        codes = list(self.review.places)
        at = codes.index(self.code) + step
        return self.review.url(codes[at], self.show) if 0 <= at < len(codes) else ""

    @property
    def next_url(self) -> str:
        return self.neighbour(1)

    @property
    def previous_url(self) -> str:
        return self.neighbour(-1)

    def language_of(self, quote: str, said: str) -> str:
        """Return the language of a quoted sentence: `said` by the page if it is one of the section's languages, or
        that of the first text that contains the sentence; "" if none does."""
        texts = [(language, html) for one in self.section.contributions for language, html in one.body.items()]
        if said in dict(texts):
            return said
        folded = " ".join(quote.split())
        return next((language for language, html in texts if folded and folded in words(html)), "")


def words(html: str) -> str:
    return " ".join(richtext.text_content(html).split())


@dataclass(frozen=True)
class SectionPage:
    """`before` is what the country announced about this section in the previous form."""

    report: Report
    state: str
    review: Review
    reading: SectionReview
    stops: list[SectionLink]
    before: Announced | None
    unsettled: list[Thread]
    settled: list[Thread]
    may: dict[str, bool]

    @property
    def changeable(self) -> dict[int, str]:
        """The questions that the user can change, because they were not sent yet: their texts, by key."""
        unsent = [thread for thread in self.unsettled if thread.is_unsent] if self.may["review"] else []
        return {thread.remark.pk: thread.said[0].text for thread in unsent}

    @property
    def submissions(self) -> list[Submission]:
        """The submissions of which the page shows text."""
        shown = [self.review.submission, self.review.before, self.before.submission if self.before else None]
        return [submission for submission in shown if submission]


def section_page(user: User, reading: SectionReview) -> SectionPage:
    """Return the page on which the secretariat reads one section."""
    report = reading.review.report
    may = allowed(user, report, "review", "settle", "read_draft", "translate_for_reading")
    remarks = with_messages(Remark.objects.filter(section=reading.row))
    found = threads(remarks, report, to_country=False, may_reply=lambda _section: may["settle"])
    return SectionPage(
        report=report,
        state=state_for_secretariat(report),
        review=reading.review,
        reading=reading,
        stops=reading.review.links(reading.code, reading.show),
        before=sent_in_before(report, reading.row.question),
        unsettled=[thread for thread in found if not thread.is_settled],
        settled=[thread for thread in found if thread.is_settled],
        may=may,
    )
