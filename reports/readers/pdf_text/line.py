"""Characters as pieces and lines: what stands on one base line, in one cell or column."""

import re
import statistics
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from reports.readers.pdf_text.values import Character, Style

# U+F0xx are the bullets of Symbol and Wingdings. "o" is Word's second bullet, in the font Courier.
BULLET = re.compile(
    r"(?P<sign>[•●▪▫◦■□‣⁃·\u2013\u2014\uf000-\uf0ff*o-])(?:\s+(?=\S)|$)"
    r"|(?P<tight>[•●▪▫◦■□‣⁃\uf000-\uf0ff])"
    r"|(?P<number>\(?(?P<digits>\d{1,3})[.)])(?:\s+(?=\S)|$)"
    r"|(?P<letter>\(?(?:[a-z]|[ivxl]{1,6})[.)])(?:\s+(?=\S)|$)"
)
ENDS = (".", "!", "?", ":", ";", "…")
CLOSERS, OPENERS = " »”’\"')]", " «“‘\"'(["
# A line does not end at a no-break space, nor within « French quotation marks » and before : ; ! ? of French, where
# many fonts make any space of it.
_FIRST_WORD = re.compile(r"(?:«\s|\s(?=[»:;!?])|[^ \t])+")
_GAP = 0.15  # of the size: with less between two characters there is no space
_WIDE_GAP = 0.2  # and with more there is one, even if PDFium sees none
_SMALL = 0.85  # of the line's size: smaller characters may be raised

Raised = Literal["", "sup", "sub"]
Place = tuple[float, ...] | None  # the cell or column that a line stands in


@dataclass
class Line:
    """Characters from left to right, without spaces at the ends. `cell` is None outside of every cell."""

    page: int
    cell: Place
    characters: list[Character]
    text: str = field(init=False)
    size: float = field(init=False)
    base: float = field(init=False)
    left: float = field(init=False)
    right: float = field(init=False)

    def __post_init__(self) -> None:
        self.characters = _trimmed(self.characters)
        self.text = "".join(character.text for character in self.characters)
        self.size = max((character.size for character in self.characters), default=0)
        large = [character.base for character in self.characters if character.size > _SMALL * self.size]
        self.base = statistics.median_low(large) if large else 0
        self.left = self.characters[0].left if self.characters else 0
        self.right = self.characters[-1].right if self.characters else 0

    def raised(self, character: Character) -> Raised:
        shift = character.base - self.base
        if abs(shift) < 0.04 * self.size or character.size > _SMALL * self.size:
            return ""
        return "sup" if shift > 0 else "sub"

    @cached_property
    def style(self) -> Style | None:
        """The style of all its characters, None if they differ."""
        styles = {character.style for character in self.characters if not character.text.isspace()}
        return styles.pop() if len(styles) == 1 else None

    @cached_property
    def mark(self) -> re.Match[str] | None:
        """What looks like the mark of a list item at its start."""
        return BULLET.match(self.text)

    @cached_property
    def first_word(self) -> float:
        """How wide its first word is, after a list's mark."""
        start = self.mark.end() if self.mark else 0
        found = _FIRST_WORD.match(self.text, start)
        return self.characters[found.end() - 1].right - self.characters[start].left if found else 0.0

    @property
    def ends_sentence(self) -> bool:
        return self.text.rstrip(CLOSERS).endswith(ENDS)

    @property
    def starts_small(self) -> bool:
        return self.text.lstrip(OPENERS)[:1].islower()


def _trimmed(characters: list[Character]) -> list[Character]:
    start, end = 0, len(characters)
    while start < end and characters[start].text.isspace():
        start += 1
    while end > start and characters[end - 1].text.isspace():
        end -= 1
    return characters[start:end]


def goes_on(before: Line | None, line: Line) -> bool:
    """Whether a line goes on with a sentence, by its words alone."""
    if line.text[:1] in tuple(CLOSERS + ":;!?,.") and not line.text.startswith("..."):
        return True
    return before is not None and line.starts_small and not before.ends_sentence


Piece = list[Character]


def pieces_of(characters: Iterable[Character], is_parted: Callable[[float, float, float], bool]) -> Iterator[Piece]:
    """Yield characters that follow one another on one base line, cut at wide gaps and where `is_parted` says so.

    `is_parted` gets the right end of a character, the left end of the next one, and their base line.
    """
    piece: Piece = []
    for character in characters:
        if piece and _is_apart(piece[-1], character, is_parted):
            yield piece
            piece = []
        elif piece and _is_gap(piece[-1], character, _GAP if character.after_gap else _WIDE_GAP):
            piece.append(_space(piece[-1], character))
        piece.append(character)
    if piece:
        yield piece


def _is_apart(last: Character, character: Character, is_parted: Callable[[float, float, float], bool]) -> bool:
    step = character.left - last.right
    return (
        abs(character.base - last.base) > 0.4 * max(character.size, last.size)
        or step > 1.5 * character.size
        or character.left < last.left - character.size
        or (step > 1 and is_parted(last.right, character.left, character.base))
    )


def _is_gap(last: Character, character: Character, least: float = _GAP) -> bool:
    step = character.left - last.right
    return step > least * max(last.size, character.size) and not last.text.isspace() and not character.text.isspace()


def _space(last: Character, character: Character) -> Character:
    style = last.style
    href = last.href if last.href == character.href else ""
    struck = last.struck and character.struck
    return Character(" ", last.right, character.left, last.base, last.size, style, href, struck)


def rows_of(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Return the pieces, which come in reading order, put together to rows of one base line."""
    rows: list[list[Piece]] = []
    for piece in pieces:
        size = max(character.size for character in piece)
        if rows and abs(rows[-1][0][0].base - piece[0].base) < 0.45 * max(size, rows[-1][0][0].size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return rows


def line_of(page: int, cell: Place, pieces: list[Piece]) -> Line:
    characters: list[Character] = []
    for piece in sorted(pieces, key=lambda piece: piece[0].left):
        if characters and _is_gap(characters[-1], piece[0]):
            characters.append(_space(characters[-1], piece[0]))
        characters += piece
    return Line(page, cell, characters)
