"""The preview of a file that was read: what goes where, what is left over, and what the report contains already."""

from collections import Counter
from dataclasses import dataclass
from textwrap import shorten

from django.utils.translation import gettext as _

from reports.document import richtext
from reports.document.tree import Document, Section
from reports.models import LooseLine, Report, Settled, Upload, User
from reports.pages.actions import allowed
from reports.rules import documents

StoredNotice = dict[str, object]  # a reader's notice, as it is stored with its file


@dataclass(frozen=True)
class SectionPreview:
    """One section of the file. `outcome` is what applying the file would do: filled, same, blank or differs."""

    section: Section
    outcome: str
    lines: str
    excerpt: str
    notices: tuple[StoredNotice, ...]

    @property
    def languages(self) -> list[str]:
        return list(dict.fromkeys(contribution.language for contribution in self.section.contributions))


@dataclass(frozen=True)
class LooseLinePreview:
    """A line of the file that belongs to no section, and the places that it can be given."""

    line: LooseLine
    choices: list[tuple[str, str]]

    @property
    def chosen(self) -> str:
        return self.line.placed_in or self.line.settled_how

    @property
    def is_final(self) -> bool:
        """Once the file is in the report, the choice made for a line cannot be changed."""
        return bool(self.line.settled_how and self.line.upload.applied_at)


@dataclass(frozen=True)
class Preview:
    """`counts`: the number of lines of each kind; `lines`: those that are neither an answer nor loose."""

    document: Document
    rows: tuple[SectionPreview, ...]
    loose: tuple[LooseLinePreview, ...]
    notices: tuple[StoredNotice, ...]
    counts: Counter[str]
    lines: tuple[dict[str, object], ...]
    is_applied: bool = False

    @property
    def differing(self) -> list[SectionPreview]:
        return [] if self.is_applied else [row for row in self.rows if row.outcome == "differs"]

    @property
    def to_decide(self) -> int:
        return len(self.differing) + sum(not loose.is_final for loose in self.loose)


@dataclass(frozen=True)
class UploadPage:
    report: Report
    upload: Upload
    preview: Preview
    may: dict[str, bool]


def upload_page(user: User, upload: Upload, report: Report) -> UploadPage:
    return UploadPage(report, upload, preview_of(upload), allowed(user, report, "import"))


def preview_of(upload: Upload) -> Preview:
    """Compare a file that was read with the current texts of its report."""
    document = Document.from_json(upload.document)
    # The report as it is now, not as it was when the file was read: a colleague may have written since.
    report = Report.objects.with_sections().get(pk=upload.report_id)
    stored = {section.code: section for section in report.sections.all()}
    rows = tuple(
        SectionPreview(
            section=section,
            outcome=documents.expected_outcome(section, stored[section.code]),
            lines=line_numbers(upload, section.code),
            excerpt=excerpt(section),
            notices=tuple(notice for notice in upload.notices if notice["section"] == section.code),
        )
        for section in document.sections()
    )
    choices = list(places(upload).items())
    return Preview(
        document=document,
        rows=rows,
        loose=tuple(LooseLinePreview(line, nearest_first(choices, line.near)) for line in upload.loose_lines.all()),
        notices=tuple(notice for notice in upload.notices if not notice["section"]),
        counts=Counter(line["kind"] for line in upload.lines),
        lines=tuple(line for line in upload.lines if line["kind"] not in ("answer", "loose")),
        is_applied=upload.applied_at is not None,
    )


def excerpt(section: Section) -> str:
    """Return the beginning of a section's answer, in one line."""
    words = richtext.text_content(section.contributions[0].original) if section.contributions else ""
    return shorten(words, width=160, placeholder="…")


def line_numbers(upload: Upload, code: str) -> str:
    """Return the lines of a section's answer in the file: "29–34"."""
    numbers = [line["number"] for line in upload.lines if line["kind"] == "answer" and line["section"] == code]
    if not numbers:
        return ""
    return f"{numbers[0]}–{numbers[-1]}" if len(numbers) > 1 else str(numbers[0])


def places(upload: Upload) -> dict[str, str]:
    """Return the places for a loose line, by the value that a form sends: no place yet, left out, or a section."""
    document = Document.from_json(upload.document)
    return {
        "": _("Decide later"),
        Settled.SET_ASIDE.value: _("Leave it out"),
        **{section.code: _("%(code)s, at the end") % {"code": section.code} for section in document.sections()},
    }


def nearest_first(choices: list[tuple[str, str]], near: str) -> list[tuple[str, str]]:
    """Put the section that the line stood near first, after the two choices that name no section."""
    return choices[:2] + sorted(choices[2:], key=lambda choice: choice[0] != near)
