"""What the secretariat reads: the newest submission of a report, how far it has read, and the state of its questions.

Everything comes from submissions; nothing here looks at a draft.
"""

from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from reports.document.tree import Document, Goal, Target
from reports.document.tree import Section as SectionValue
from reports.models import ReadMark, Remark, RemarkState, Report, Submission
from reports.pages.review.differences import changed_codes


@dataclass(frozen=True)
class SectionLink:
    """A section in the list beside the text. `asks` is the state of its questions: "open", "answered" or ""."""

    code: str
    url: str
    is_current: bool
    is_first: bool  # of its goal or target
    is_changed: bool
    is_read: bool
    asks: str


class Review:
    """The newest submission of a report beside the one before it. Six queries, whatever the report contains."""

    def __init__(self, report: Report, submissions: list[Submission]) -> None:
        self.report = report
        self.submission, self.before = submissions[0], next(iter(submissions[1:]), None)
        self.document = Document.from_json(self.submission.document)
        self.document_before = Document.from_json(self.before.document) if self.before else None
        # What the form itself says differently does not count: the country has not changed anything.
        self.changed = changed_codes(self.document_before, self.document) if self.document_before else set()
        self.rows = {row.code: row for row in report.sections.select_related("question")}
        marks = ReadMark.objects.filter(submission=self.submission).select_related("by")
        self.read = {mark.section_id: mark for mark in marks}

    @cached_property
    def places(self) -> dict[str, tuple[Target, Goal | None, SectionValue]]:
        """Each section, by code and in the form's order, with its target and its goal."""
        return {
            section.code: (target, goal, section)
            for target in self.document.targets
            for goal, sections in [*((goal, goal.sections) for goal in target.goals), (None, target.sections)]
            for section in sections
        }

    @cached_property
    def questions(self) -> list[tuple[int, str]]:
        """The section and the state of each question that is not settled, also of those that were not sent yet."""
        return list(Remark.objects.to_settle().filter(section__report=self.report).values_list("section_id", "state"))

    @property
    def unsent(self) -> int:
        """The number of questions that the country does not see yet."""
        return sum(state == RemarkState.UNSENT for _section, state in self.questions)

    @property
    def unsent_codes(self) -> list[str]:
        of = {section for section, state in self.questions if state == RemarkState.UNSENT}
        return [code for code in self.places if code in self.rows and self.rows[code].pk in of]

    @cached_property
    def asked(self) -> dict[str, str]:
        """The state of each section with unsettled questions: "open" if one waits for the country, else "answered".

        A question that was not sent yet counts as open: it is sent with the report when that is returned.
        """
        found: dict[int, str] = {}
        for section, state in self.questions:
            waits = state in (RemarkState.OPEN, RemarkState.UNSENT)
            found[section] = RemarkState.OPEN if waits else found.get(section, state)
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
        """Return the next section not yet read, searching from behind `after` round to it; None if all are read."""
        codes = list(self.places)
        at = codes.index(after) if after else 0
        others = codes[at + 1 :] + codes[:at] if after else codes
        return next((code for code in others if not self.is_read(code)), None)

    def url(self, code: str, show: str = "") -> str:
        address = reverse("review_section", args=[self.report.country.code, self.report.form.year, code])
        return f"{address}?show={show}" if show else address

    def links(self, current: str, show: str) -> list[SectionLink]:
        """Return every section for the list beside the text."""
        out: list[SectionLink] = []
        group_before = None
        for code, (target, goal, _section) in self.places.items():
            group = (target.number, goal and goal.code)
            out.append(
                SectionLink(
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


def review_of(report: Report) -> Review:
    """Return the review of a report that was sent in. Reads the two newest submissions."""
    return Review(report, list(report.submissions.select_related("by").order_by("-number")[:2]))
