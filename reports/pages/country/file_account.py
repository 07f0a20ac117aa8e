"""The account of a file: what became of everything in it that is no answer and has no place to be given."""

from dataclasses import dataclass

from reports.models import Upload
from reports.pages.country.file_terms import StoredLine, place_of


@dataclass(frozen=True)
class AccountLine:
    place: str
    near: str
    text: str


@dataclass(frozen=True)
class Account:
    """`form` has the form's own words, and addresses that became links."""

    comments: tuple[AccountLine, ...]
    deleted: tuple[AccountLine, ...]
    furniture: tuple[AccountLine, ...]
    form: tuple[AccountLine, ...]


def account_of(upload: Upload) -> Account:
    return Account(
        comments=lines_of(upload, "comment"),
        deleted=lines_of(upload, "deleted"),
        furniture=lines_of(upload, "furniture"),
        form=lines_of(upload, "frame", "prompt", "address"),
    )


def lines_of(upload: Upload, *kinds: str) -> tuple[AccountLine, ...]:
    return tuple(account_line(upload, line) for line in upload.lines if line["kind"] in kinds)


def account_line(upload: Upload, line: StoredLine) -> AccountLine:
    place = place_of(upload.unit, line["number"], line.get("page", 0))
    return AccountLine(place=place, near=line.get("near", ""), text=line["text"])
