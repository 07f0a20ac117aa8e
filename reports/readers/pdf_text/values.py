"""What a page of a PDF holds, in points (1/72 inch) from its lower left corner."""

from dataclasses import dataclass, field
from typing import NamedTuple

from reports.readers.flow import Kind


class Box(NamedTuple):
    left: float
    bottom: float
    right: float
    top: float

    @property
    def is_upright(self) -> bool:
        return self.top - self.bottom > self.right - self.left

    def holds(self, x: float, y: float) -> bool:
        return self.left - 1 <= x <= self.right + 1 and self.bottom - 1 <= y <= self.top + 1


# Characters of a page times its rules or links, each compared with each. A page of a form has 200,000.
MOST_COMPARED = 5_000_000


class Style(NamedTuple):
    """The look of characters. `family` is the font's name without the words for bold and italic."""

    bold: bool = False
    italic: bool = False
    family: str = ""


PLAIN = Style()


@dataclass(slots=True)
class Character:
    """One character. `base` is the height of its base line.

    `after_gap`: PDFium sees a gap before it. `mark` is the number of the marked content (MCID) that it belongs to, -1
    outside of any; an `artifact` is what the file says is no content, such as a page number.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    style: Style = PLAIN
    href: str = ""
    struck: bool = False
    after_gap: bool = False
    mark: int = -1
    artifact: bool = False


class Typed(NamedTuple):
    """Text that somebody typed onto a page, with its lines as they were typed."""

    kind: Kind
    text: str
    box: Box


@dataclass
class Page:
    """`rules` are drawn lines and the sides of drawn frames; `turned` is text that does not run from left to right.

    `discs` are small filled shapes, as Chromium draws the marks of lists. `pictures` counts the pictures, and
    `picture_area` is the part of the page that they cover.
    """

    number: int  # from 1 on
    width: float = 0.0
    height: float = 0.0
    characters: list[Character] = field(default_factory=list)
    discs: list[Character] = field(default_factory=list)
    rules: list[Box] = field(default_factory=list)
    turned: str = ""
    typed: list[Typed] = field(default_factory=list)
    pictures: int = 0
    picture_area: float = 0.0

    @property
    def is_picture(self) -> bool:
        """Whether the page is a scan: a picture of most of it, and no text."""
        return self.picture_area > 0.5 * self.width * self.height and not self.has_text

    @property
    def has_text(self) -> bool:
        return bool(self.typed) or any(not character.text.isspace() for character in self.characters)
