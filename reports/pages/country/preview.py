"""The preview of a file that was read: what goes where, what is left over, and what the report contains already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from reports.document.tree import Document, Section
from reports.models import LooseLine, Report, Settled, Upload, User
from reports.models import Section as SectionRow
from reports.pages.actions import allowed
from reports.pages.country.file_account import Account, account_of
from reports.pages.country.file_terms import how_many, place_of, places_of
from reports.pages.country.preview_changes import ChangePreview, PortalFile, changes_in, portal_file
from reports.pages.country.preview_passages import PassagePreview, passages_of
from reports.rules import applying, permissions, word_changes
from reports.rules.word_changes import Changes

StoredNotice = dict[str, object]  # a reader's notice, as it is stored with its file


@dataclass(frozen=True)
class SectionPreview:
    """One section of the file. `outcome` is what applying the file would do: filled, same, blank, differs, not
    yours, or merged: its texts are known contributions of the report, and `changes` are made to them.

    `chosen` is what a person decided for one that differs, "" before; `may_add` is for those who write all of it.
    """

    section: Section
    outcome: str
    place: str
    passages: tuple[PassagePreview, ...]
    notices: tuple[StoredNotice, ...]
    state_now: str
    is_frozen: bool
    may_add: bool
    chosen: str
    changes: tuple[ChangePreview, ...] = ()

    @property
    def has_emptied(self) -> bool:
        return any(change.kind == "emptied" for change in self.changes)

    @property
    def has_choice(self) -> bool:
        """Whether an import could change one of the known texts of the section."""
        return self.outcome not in ("not yours", "same")

    @property
    def is_open(self) -> bool:
        return self.outcome == "differs" and not (self.is_frozen or self.chosen or self.changes)


@dataclass(frozen=True)
class LooseLinePreview:
    """A line of the file that belongs to no section, and the places that it can be given."""

    line: LooseLine
    place: str
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
    """`read` says how much was read, in the file's own unit; `codes` are the languages of its contributions."""

    rows: tuple[SectionPreview, ...]
    loose: tuple[LooseLinePreview, ...]
    notices: tuple[StoredNotice, ...]
    account: Account
    read: str
    is_applied: bool = False

    def with_outcome(self, *outcomes: str) -> list[SectionPreview]:
        return [row for row in self.rows if row.outcome in outcomes]

    @property
    def differing(self) -> list[SectionPreview]:
        return [row for row in self.with_outcome("differs") if not row.changes]

    @property
    def changing(self) -> list[SectionPreview]:
        return [row for row in self.rows if row.changes]

    @property
    def new(self) -> list[SectionPreview]:
        return self.with_outcome("filled")

    @property
    def same(self) -> list[SectionPreview]:
        return [row for row in self.with_outcome("same") if not row.changes]

    @property
    def blank(self) -> list[SectionPreview]:
        return self.with_outcome("blank")

    @property
    def not_yours(self) -> list[SectionPreview]:
        return [row for row in self.with_outcome("not yours") if not row.changes]

    @property
    def open_sections(self) -> list[SectionPreview]:
        return [] if self.is_applied else [row for row in self.rows if row.is_open]

    @property
    def open_lines(self) -> list[LooseLinePreview]:
        return [loose for loose in self.loose if not loose.chosen]

    @property
    def to_decide(self) -> int:
        return len(self.open_sections) + len(self.open_lines)

    @property
    def languages(self) -> set[str]:
        passages = [passage for row in self.rows for passage in row.passages]
        passages += [change.passage for row in self.rows for change in row.changes]
        return {code for passage in passages for code in (passage.language, passage.read_language)}


@dataclass(frozen=True)
class UploadPage:
    """`twins`: earlier uploads of the same file; `waiting`: others' uploads that are not imported yet."""

    report: Report
    upload: Upload
    preview: Preview
    twins: list[Upload]
    waiting: list[Upload]
    may: dict[str, bool]
    may_decide: bool
    origin: PortalFile | None


def upload_page(user: User, upload: Upload, report: Report) -> UploadPage:
    others = list(report.uploads.exclude(pk=upload.pk).select_related("by").defer(*Upload.LARGE))
    is_waiting = not upload.applied_at
    return UploadPage(
        report=report,
        upload=upload,
        preview=preview_of(upload, user),
        twins=[one for one in others if one.sha256 == upload.sha256 and one.pk < upload.pk][:1],
        waiting=[one for one in others if is_waiting and one.by_id != upload.by_id and not one.applied_at][:3],
        may=allowed(user, report, "import"),
        may_decide=permissions.may(user, "decide_upload", upload),
        origin=portal_file(upload),
    )


def preview_of(upload: Upload, user: User) -> Preview:
    """Compare a file that was read with the current texts of its report, and with what the user may write in it."""
    read = {section.code: section for section in Document.from_json(upload.document).sections()}
    # The report as it is now, not as it was when the file was read: a colleague may have written since.
    report = Report.objects.with_sections().get(pk=upload.report_id)
    stored = {section.code: section for section in report.sections.all()}
    known = word_changes.known(upload.claims, report)
    changes = {code: word_changes.changes_of(section, stored[code], known, by=user) for code, section in read.items()}
    choices = list(places(stored, user).items())
    return Preview(
        rows=tuple(section_preview(read[code], stored[code], changes[code], upload, user) for code in read),
        loose=tuple(loose_preview(line, upload, choices) for line in upload.loose_lines.all()),
        notices=tuple(notice for notice in upload.notices if not notice["section"]),
        account=account_of(upload),
        read=how_many(upload.unit, upload.lines),
        is_applied=upload.applied_at is not None,
    )


def section_preview(section: Section, row: SectionRow, changes: Changes, upload: Upload, user: User) -> SectionPreview:
    lines = [line for line in upload.lines if line["kind"] == "answer" and line["section"] == section.code]
    chosen = upload.choices.get(section.code, "")
    outcome = changes.outcome(chosen) if changes.parts else applying.expected_outcome(section, row, by=user)
    found = [word_changes.as_stored(notice) for notice in changes.notices]
    return SectionPreview(
        section=section,
        outcome=outcome,
        place=places_of(upload.unit, lines),
        passages=passages_of(section, row, upload.languages, compared=outcome == "differs"),
        notices=(*(notice for notice in upload.notices if notice["section"] == section.code), *found),
        state_now=row.state,
        is_frozen=row.frozen,
        may_add=section.state == "text" and applying.writes_whole(user, row),
        chosen=chosen,
        changes=changes_in(section, changes, upload.languages),
    )


def loose_preview(line: LooseLine, upload: Upload, choices: list[tuple[str, str]]) -> LooseLinePreview:
    own = choices
    if line.placed_in and line.placed_in not in dict(choices):  # somebody else placed it
        own = [*choices, (line.placed_in, at_end(line.placed_in))]
    return LooseLinePreview(line, place_of(upload.unit, line.line, line.page), nearest_first(own, line.near))


def places(sections: Mapping[str, SectionRow], user: User) -> dict[str, str]:
    """Return the places for a loose line, by the value that a form sends: no place yet, left out, or a section."""
    return {
        "": _("Decide later"),
        Settled.SET_ASIDE.value: _("Leave it out"),
        **{code: at_end(code) for code, row in sections.items() if applying.writes_whole(user, row)},
    }


def at_end(code: str) -> str:
    return _("%(code)s, at the end") % {"code": code}


def nearest_first(choices: Sequence[tuple[str, str]], near: str) -> list[tuple[str, str]]:
    """Put the section that the line stood near first, after the two choices that name no section."""
    return [*choices[:2], *sorted(choices[2:], key=lambda choice: choice[0] != near)]
