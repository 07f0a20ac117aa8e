"""What a Word file of the portal says about its origin: the one place that readers, writers and rules share.

A Word file that the portal wrote names its origin in two ways (ADR 27).

**Tags of content controls** (`w:sdt/w:sdtPr/w:tag`):

- `c:PK:REVISION`, for example `c:123:4`: the text of one contribution, as its revision 4 was. PK is the primary key of
  the contribution, REVISION the number of the revision of its original text.
- `s:CODE`, for example `s:2.1.A`: a place in that section for text that is no contribution yet. It is all of a blank
  section, holds "--" where there is nothing to report, and stands at the end of a section to which one may add.

**A custom XML part** with one element `report` in NAMESPACE, without content. Its attributes are the fields of Origin,
under the names of ATTRIBUTES.

**Placeholders.** An empty place shows one of PLACEHOLDERS, in a paragraph of the style PLACE_STYLE. A program that
drops the controls leaves these words behind: they are never an answer.

Tags and part are claims of a file that anybody can edit. They say where a text wants to go; whether it may, is decided
by the rights of the person who uploads it and by what the database holds.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

NAMESPACE = "urn:global-alliance:country-report:word:1"  # the last part is the version of what this module describes
ITEM_ID = "{6F1B4C2E-5A0D-4E7B-9C36-2D8E1F70A914}"  # identifies the custom part among those of other programs

Kind = Literal["blank", "draft", "own", "submission"]

# Field of Origin: attribute of the custom part.
ATTRIBUTES = {
    "country": "country",
    "year": "year",
    "sha256": "sha256",
    "form_language": "formLanguage",
    "kind": "kind",
    "submission": "submission",
    "made_for": "madeFor",
}

PLACE_STYLE = "Blank"  # name and id of the paragraph style of an empty place
# Form language: what an empty place shows in a blank section, and after the contributions of a section.
PLACES = {
    "en": ("Type the answer here.", "Type a further contribution here."),
    "nl": ("Typ hier het antwoord.", "Typ hier nog een bijdrage."),
    "fr": ("Saisissez la réponse ici.", "Saisissez ici une contribution supplémentaire."),
}
PLACEHOLDERS = frozenset(text for texts in PLACES.values() for text in texts)

_CONTRIBUTION = re.compile(r"c:([1-9][0-9]{0,17}):([1-9][0-9]{0,8})")
_SECTION = re.compile(r"s:([0-9A-Za-z.]{1,40})")
_NUMBER = re.compile("[0-9]{1,18}")


@dataclass(frozen=True)
class Origin:
    """Where a Word file came from.

    `sha256` is the hash of the document that was written: of all sections, or of those that an "own" file has.
    `submission` is the number of a submission, 0 in other files. `made_for` is the primary key of the account that
    downloaded the file, 0 for a command of the server.
    """

    country: str
    year: int
    sha256: str
    form_language: str
    kind: Kind = "draft"
    submission: int = 0
    made_for: int = 0

    def attributes(self) -> dict[str, str]:
        """Return the attributes of the custom part."""
        return {name: str(getattr(self, field)) for field, name in ATTRIBUTES.items()}


def origin_of(attributes: Mapping[str, str]) -> Origin | None:
    """Return the origin that these attributes of a custom part name; None if one is missing or is no such value."""
    found = {field: attributes.get(name, "") for field, name in ATTRIBUTES.items()}
    numbers = [found[field] for field in ("year", "submission", "made_for")]
    if found["kind"] not in ("blank", "draft", "own", "submission") or not all(map(_NUMBER.fullmatch, numbers)):
        return None
    if not (found["country"] and found["form_language"] and re.fullmatch("[0-9a-f]{64}", found["sha256"])):
        return None
    return Origin(
        country=found["country"],
        year=int(found["year"]),
        sha256=found["sha256"],
        form_language=found["form_language"],
        kind=found["kind"],  # type: ignore[arg-type]  # one of the four, as checked above
        submission=int(found["submission"]),
        made_for=int(found["made_for"]),
    )


def contribution_tag(pk: int, revision: int) -> str:
    """Return the tag of a control with the text of that revision of a contribution."""
    return f"c:{pk}:{revision}"


def section_tag(code: str) -> str:
    """Return the tag of a place in that section for text that is no contribution yet."""
    return f"s:{code}"


def tagged_contribution(tag: str) -> tuple[int, int] | None:
    """Return the contribution and revision that a tag names; None for any other tag."""
    found = _CONTRIBUTION.fullmatch(tag)
    return (int(found[1]), int(found[2])) if found else None


def is_place(tag: str) -> bool:
    """Return whether a tag is one of those that the portal writes."""
    return bool(tagged_contribution(tag) or tagged_section(tag))


def tagged_section(tag: str) -> str:
    """Return the section's code that a tag names; "" for any other tag."""
    found = _SECTION.fullmatch(tag)
    return found[1] if found else ""
