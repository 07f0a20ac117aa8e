"""What the secretariat reads: the newest submission of a report, how far it has read, and where questions stand.

Everything comes from submissions; nothing here looks at a draft.
"""

from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from reports.document import richtext
from reports.document.tree import Contribution, Document, Goal, Target
from reports.document.tree import Section as SectionValue
from reports.models import ReadMark, Remark, RemarkState, Report, Section, Submission
from reports.pages.review.differences import SectionChange, between, changed_codes
from reports.pages.threads import by_name

SHOWS = ("changes", "text", "translation")


@dataclass(frozen=True)
class Stop:
    """A section in the list beside the text. `asks` is "open", "answered" or ""."""

    code: str
    url: str
    is_current: bool
    is_first: bool  # of its goal or target
    is_changed: bool
    is_read: bool
    asks: str


class Review:
    """The newest submission of a report beside the one before it. Six queries, whatever the report holds."""

    def __init__(self, report: Report, submissions: list[Submission]) -> None:
        self.report = report
        self.submission, self.before = submissions[0], next(iter(submissions[1:]), None)
        self.document = Document.from_json(self.submission.document)
        self.document_before = Document.from_json(self.before.document) if self.before else None
        self.changed = changed_codes(self.document_before, self.document) if self.document_before else set()
        self.rows = {row.code: row for row in report.sections.select_related("question")}
        marks = ReadMark.objects.filter(submission=self.submission).select_related("by")
        self.read = {mark.section_id: mark for mark in marks}

    @cached_property
    def places(self) -> dict[str, tuple[Target, Goal | None, SectionValue]]:
        """By code, in the form's order: a section with its target and its goal."""
        return {
            section.code: (target, goal, section)
            for target in self.document.targets
            for goal, sections in [*((goal, goal.sections) for goal in target.goals), (None, target.sections)]
            for section in sections
        }

    @cached_property
    def asked(self) -> dict[str, str]:
        """By code, the sections with unsettled questions: "open" where one waits for the country, else "answered"."""
        questions = Remark.objects.unsettled().filter(section__report=self.report).values_list("section_id", "state")
        found: dict[int, str] = {}
        for section, state in questions:
            found[section] = state if state == RemarkState.OPEN else found.get(section, state)
        return {code: found[row.pk] for code, row in self.rows.items() if row.pk in found}

    @property
    def open_codes(self) -> list[str]:
        return [code for code in self.places if self.asked.get(code) == RemarkState.OPEN]

    @property
    def unsettled_codes(self) -> list[str]:
        return [code for code in self.places if code in self.asked]

    def is_read(self, code: str) -> bool:
        return code in self.rows and self.rows[code].pk in self.read

    @property
    def read_count(self) -> int:
        return sum(1 for code in self.places if self.is_read(code))

    def first_unread(self, after: str = "") -> str | None:
        """The next section that was not read yet, beginning behind `after` and going round to it; None if all are."""
        codes = list(self.places)
        at = codes.index(after) if after else 0
        others = codes[at + 1 :] + codes[:at] if after else codes
        return next((code for code in others if not self.is_read(code)), None)

    def url(self, code: str, show: str = "") -> str:
        address = reverse("review_section", args=[self.report.country.code, self.report.form.year, code])
        return f"{address}?show={show}" if show else address

    def stops(self, current: str, show: str) -> list[Stop]:
        out: list[Stop] = []
        group_before = None
        for code, (target, goal, _section) in self.places.items():
            group = (target.number, goal and goal.code)
            out.append(
                Stop(
                    code=code,
                    url=self.url(code, show),
                    is_current=code == current,
                    is_first=group != group_before,
                    is_changed=code in self.changed,
                    is_read=self.is_read(code),
                    asks=self.asked.get(code, ""),
                )
            )
            group_before = group
        return out


@dataclass(frozen=True)
class ReadPassage:
    """A contribution to read: its original, or its translation where that was asked for and exists."""

    authority: str
    language: str
    body: str
    original_language: str = ""  # of a translation
    is_untranslated: bool = False


def passages(contributions: tuple[Contribution, ...], into: str = "") -> list[ReadPassage]:
    """The contributions as they were written or, with `into`, in that language where there is a translation."""
    out = []
    for one in contributions:
        own = one.language.split("-")[0] == into
        if into and not own and into in one.body:
            out.append(ReadPassage(one.authority, into, one.body[into], original_language=one.language))
        else:
            out.append(ReadPassage(one.authority, one.language, one.original, is_untranslated=bool(into) and not own))
    return out


@dataclass(frozen=True)
class Reading:
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
        """Which of the three is shown."""
        wanted = self.show if self.show in SHOWS else "changes"
        return wanted if wanted in self.views else "text"

    @property
    def views(self) -> list[str]:
        """Those that this section has."""
        foreign = any(one.language.split("-")[0] != self.language for one in self.section.contributions)
        return ["changes"] * bool(self.review.before) + ["text"] + ["translation"] * foreign

    @cached_property
    def change(self) -> SectionChange | None:
        before, document = self.review.before, self.review.document_before
        if before is None or document is None:
            return None
        old = next((section for section in document.sections() if section.code == self.code), None)
        return between(old, self.section, before, self.review.submission)

    @property
    def passages(self) -> list[ReadPassage]:
        return passages(self.section.contributions, self.language if self.view == "translation" else "")

    @property
    def mark(self) -> ReadMark | None:
        return self.review.read.get(self.row.pk)

    @property
    def read_by(self) -> str:
        return by_name(self.mark.by) if self.mark else ""

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
        """The language of a quoted sentence: the one that the page said if it is one of the section's, or that of
        the first text that holds it."""
        texts = [(language, html) for one in self.section.contributions for language, html in one.body.items()]
        if said in dict(texts):
            return said
        folded = " ".join(quote.split())
        return next((language for language, html in texts if folded and folded in words(html)), "")


def words(html: str) -> str:
    return " ".join(richtext.text_content(html).split())


def review_of(report: Report) -> Review | None:
    """None while nothing was sent in. Reads the two newest submissions."""
    submissions = list(report.submissions.select_related("by").order_by("-number")[:2])
    return Review(report, submissions) if submissions else None
