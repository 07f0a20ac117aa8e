"""What a Word file of the portal changes: each of its texts beside the contribution that it came from (ADR 27).

The file claims which contribution a text is, and from which revision it grew. Here the claims are held against the
database and the rights of the person; a text whose claim does not hold is treated like one that stands outside the
controls. Writing merges each text as a save does.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from django.db.models import Q

from reports.document import tree
from reports.document.merge import merge
from reports.document.problem import gettext_noop
from reports.models import Contribution, How, Report, Revision, Section, Upload, User, units_behind
from reports.readers import Notice, Pair
from reports.rules import permissions, writing

NOT_HERE = gettext_noop(
    "A text of this section says that it is a contribution which this section does not have, or no longer has. "
    "It is treated as a new text."
)
NOT_YOURS = gettext_noop(
    "A text of this section was changed in the file, but you may not change that contribution. The text stays with "
    "the file; your focal point can import it."
)

COPIED = gettext_noop(
    "The file has one contribution of this section twice. The second one is treated as a new text; if it is a copy, "
    "remove it from the file and upload the file again."
)

Kind = Literal["same", "changed", "both", "new", "emptied", "missing", "not yours"]
LARGEST_KEY = 2**31  # PostgreSQL refuses to look for a larger one
WRITTEN: tuple[Kind, ...] = ("changed", "both", "new")


@dataclass(frozen=True)
class Change:
    """One text of the file, or an emptied or missing control (`value` None). `row` is its contribution, None for a new
    text. What is missing was removed with its control, or added to the report since: it stays as it is.

    `number` is the text's place in its section, counted from 0; `base` the revision that it grew from.
    """

    kind: Kind
    value: tree.Contribution | None = None
    number: int = 0
    row: Contribution | None = None
    base: int = 0


@dataclass(frozen=True)
class Changes:
    """The changes of one section. None: no claim in it holds, and the section is read like that of any other file."""

    parts: tuple[Change, ...] = ()
    notices: tuple[Notice, ...] = ()

    def of_kind(self, *kinds: Kind) -> list[Change]:
        return [part for part in self.parts if part.kind in kinds]

    def outcome(self, choice: str = "") -> str:
        """Return what an import does: nothing ("same", "not yours", or "differs" by choice), or it is "merged"."""
        if self.of_kind(*WRITTEN):
            return "differs" if choice == "keep" else "merged"
        if self.of_kind("emptied"):
            return "merged" if choice == "remove" else "differs"
        return "not yours" if self.of_kind("not yours") else "same"


@dataclass(frozen=True)
class Known:
    """What a report holds of the claims of a file: its pairs by section, and the texts of these revisions.

    `section_of` has the section of each contribution, also of one that was removed. `imported` has, by contribution,
    what earlier imports brought: the revision's number, and the text as it was sent.
    """

    claimed: Mapping[str, list[Pair | None]] = field(default_factory=dict)
    emptied: tuple[Pair, ...] = ()
    texts: Mapping[Pair, str] = field(default_factory=dict)
    section_of: Mapping[int, int] = field(default_factory=dict)
    imported: Mapping[int, list[tuple[int, str]]] = field(default_factory=dict)
    is_whole: bool = False  # the portal wrote the file with all texts of this report

    def holds(self, pair: Pair | None, row: Section) -> bool:
        """Return whether this section has, or had, that contribution, with that revision."""
        return pair is not None and pair in self.texts and self.section_of[pair[0]] == row.pk


def known(claims: Mapping[str, Any], report: Report) -> Known:
    """Return what a report has of the claims that are stored with a file. One query, none without claims."""
    claimed = {
        code: [(pair[0], pair[1]) if pair else None for pair in pairs]
        for code, pairs in claims.get("sections", {}).items()
    }
    emptied = tuple((pk, number) for pk, number in claims.get("emptied", ()))
    pairs = {pair for found in (*claimed.values(), emptied) for pair in found if pair and max(pair) < LARGEST_KEY}
    is_whole = _is_whole(claims.get("origin"), report)
    if not pairs:
        return Known(claimed, is_whole=is_whole)
    rows = Revision.objects.filter(
        Q(number__in={number for _, number in pairs}) | Q(upload__isnull=False, upload__undone_at=None),
        contribution__section__report=report,
        contribution__in={pk for pk, _ in pairs},
        language="",
    )
    texts: dict[Pair, str] = {}
    imported: dict[int, list[tuple[int, str]]] = {}
    section_of: dict[int, int] = {}
    rows = rows.defer(*units_behind("contribution"), *(f"upload__{name}" for name in Upload.LARGE))
    for row in rows.select_related("contribution", "upload"):
        texts[row.contribution_id, row.number] = row.body
        section_of[row.contribution_id] = row.contribution.section_id
        if row.upload and not row.upload.undone_at:
            imported.setdefault(row.contribution_id, []).append((row.number, row.as_sent))
    return Known(claimed, emptied, texts, section_of, imported, is_whole)


def _is_whole(origin: Mapping[str, Any] | None, report: Report) -> bool:
    of_report = (report.country.code, report.form.year)
    return origin is not None and origin["kind"] == "draft" and (origin["country"], origin["year"]) == of_report


def changes_of(section: tree.Section, row: Section, found: Known, *, by: User) -> Changes:
    """Return what the file changes in a section, without writing anything."""
    pairs = found.claimed.get(section.code, [])
    has_claims = any(found.holds(pair, row) for pair in (*pairs, *found.emptied))
    if not has_claims and found.is_whole and section.state == "blank":
        return Changes(tuple(_missing(section, row, found)))
    if not has_claims or section.state == "nothing":
        return Changes(notices=(Notice(NOT_HERE, {}, section.code),) if any(pairs) else ())
    parts = (*_texts(section, row, found, by), *_emptied(row, found, by), *_missing(section, row, found))
    if (row.frozen or row.nothing_to_report) and any(part.kind not in ("same", "missing") for part in parts):
        return Changes()
    notices = []
    live = {one.pk for one in row.contributions_now}
    new = {part.number for part in parts if part.kind == "new"}
    if any(pair and number in new and pair[0] not in live for number, pair in enumerate(pairs)):
        notices.append(Notice(NOT_HERE, {}, section.code))
    if any(pair and number in new and pair[0] in _keys(pairs[:number]) for number, pair in enumerate(pairs)):
        notices.append(Notice(COPIED, {}, section.code))
    if any(part.kind == "not yours" for part in parts):
        notices.append(Notice(NOT_YOURS, {}, section.code))
    return Changes(parts, tuple(notices))


def _keys(pairs: Sequence[Pair | None]) -> set[int]:
    return {pair[0] for pair in pairs if pair}


def _texts(section: tree.Section, row: Section, found: Known, by: User) -> Iterator[Change]:
    """Yield the texts of the file. The second control with the same contribution is a copy: a new text.

    A text that was removed from the report since, and not changed in the file, stays removed.
    """
    own = {one.pk: one for one in row.contributions_now}
    pairs = found.claimed.get(section.code, [])
    seen: set[int] = set()
    may_add = permissions.has_right(by, "add_contribution", row)
    for number, value in enumerate(section.contributions):
        pair = pairs[number] if number < len(pairs) else None  # a line that a person placed is the last one
        if pair and found.holds(pair, row) and pair[0] in own and pair[0] not in seen:
            seen.add(pair[0])
            kind = _kind_of(value, own[pair[0]], pair, found)
            if kind != "same" and not permissions.has_right(by, "write_contribution", own[pair[0]]):
                kind = "not yours"
            yield Change(kind, value, number, own[pair[0]], pair[1])
        elif any(one.body == value.original for one in own.values()) or _is_old(value, pair, row, found):
            yield Change("same", value, number)
        else:
            yield Change("new" if may_add else "not yours", value, number)
            may_add = may_add and permissions.has_right(by, "write_section", row)


def _is_old(value: tree.Contribution, pair: Pair | None, row: Section, found: Known) -> bool:
    return pair is not None and found.holds(pair, row) and found.texts[pair] == value.original


def _kind_of(value: tree.Contribution, now: Contribution, pair: Pair, found: Known) -> Kind:
    """Return what became of a text. What an earlier import brought is in the report, or was changed there since."""
    base = found.texts[pair]
    if value.original in (base, now.body):
        return "same"
    if any(number > pair[1] and sent == value.original for number, sent in found.imported.get(now.pk, ())):
        return "same"
    if base == now.body:
        return "changed"
    merged = merge(base, value.original, now.body)
    return "same" if merged.html == now.body and not merged.conflicts else "both"


def _emptied(row: Section, found: Known, by: User) -> Iterator[Change]:
    filled = _keys(found.claimed.get(row.code, []))
    live = {one.pk: one for one in row.contributions_now}
    for pair in found.emptied:
        one = live.get(pair[0])
        may_write = one is not None and permissions.has_right(by, "write_contribution", one)
        if may_write and pair[0] not in filled and found.holds(pair, row):
            yield Change("emptied", row=one, base=pair[1])


def _missing(section: tree.Section, row: Section, found: Known) -> Iterator[Change]:
    """Yield the contributions of which a file with all texts of the report has neither a control nor the text."""
    named = _keys([*found.claimed.get(section.code, ()), *found.emptied])
    said = {value.original for value in section.contributions}
    for one in row.contributions_now if found.is_whole else ():
        if one.pk not in named and one.body not in said:
            yield Change("missing", row=one)


def write(changes: Changes, row: Section, choice: str, *, by: User, upload: Upload | None) -> dict[str, Any]:
    """Merge the changes into a section; with "remove", take out what was emptied. Return what undoing needs.

    Raise Problem if the report becomes too long.
    """
    record: dict[str, Any] = {"nothing": False, "taken": [], "put": [], "texts": {}, "now": "text"}
    for part in changes.of_kind(*WRITTEN):
        assert part.value
        if part.row is None:
            language, authority = part.value.language, part.value.authority
            put = writing.add_contribution(
                row, part.value.original, language=language, authority=authority, by=by, how=How.READ, upload=upload
            )
            record["put"].append(put.pk)
            continue
        before = part.row.number
        saved = writing.save_text(part.row, part.value.original, base=part.base, by=by, how=How.READ, upload=upload)
        if saved.outcome == "saved":
            record["texts"][str(part.row.pk)] = [before, part.row.language]
    for part in changes.of_kind("emptied") if choice == "remove" else ():
        assert part.row
        writing.remove(part.row, by=by, upload=upload)
        record["taken"].append(part.row.pk)
    return record


def as_stored(notice: Notice) -> dict[str, object]:
    """Return a notice like those that are stored with a file."""
    return asdict(notice)
