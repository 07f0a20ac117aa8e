"""The changes that a Word file of the portal contains, each beside the report's present text."""

from collections.abc import Mapping
from dataclasses import dataclass

from reports.document.compare import beside
from reports.document.tree import Section
from reports.document.word_identity import Origin
from reports.models import Membership, Upload, User
from reports.pages.country.preview_passages import PassagePreview
from reports.rules import upload_choices
from reports.rules.word_changes import Change, Changes


@dataclass(frozen=True)
class ChangePreview:
    """`kind` is that of the change; the difference is marked in both texts of `passage`."""

    kind: str
    passage: PassagePreview


def changes_in(section: Section, changes: Changes, languages: Mapping[str, str]) -> tuple[ChangePreview, ...]:
    """Return the changes of a section, without its texts that are the same."""
    return tuple(
        ChangePreview(part.kind, passage_of(section, part, languages)) for part in changes.parts if part.kind != "same"
    )


def passage_of(section: Section, part: Change, languages: Mapping[str, str]) -> PassagePreview:
    """Return a text of the file beside that of its contribution, whose language and authority it keeps."""
    now, value = part.row, part.value
    if value is None:
        return PassagePreview("", 0, "", "", "", "", now, now.body if now else "")
    if now is None:
        key = upload_choices.language_key(section.code, part.number)
        language = languages.get(key, value.language)
        return PassagePreview(key, part.number + 1, value.authority, language, value.language, value.original)
    now_body, body = beside(now.body, value.original)
    return PassagePreview("", part.number + 1, now.authority, now.language, now.language, body, now, now_body)


@dataclass(frozen=True)
class PortalFile:
    """A file that the portal wrote. `submission` is its number, 0 for the draft; `taken_by` downloaded the file, None
    if that was who uploaded it, or nobody of this country."""

    submission: int
    taken_by: User | None


def portal_file(upload: Upload) -> PortalFile | None:
    """Return what a file says of its origin, None for a file that the portal did not write for this report.

    A file may name any account: only a person of the report's country is shown.
    """
    found = upload.claims.get("origin")
    origin = Origin(**found) if found else None
    report = upload.report
    if origin is None or (origin.country, origin.year) != (report.country.code, report.form.year):
        return None
    people = Membership.objects.filter(country=report.country, user=origin.made_for).exclude(user=upload.by_id)
    member = people.select_related("user").first()
    return PortalFile(origin.submission if origin.kind == "submission" else 0, member.user if member else None)
