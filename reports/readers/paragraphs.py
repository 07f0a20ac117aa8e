"""Put the lines of an answer together to paragraphs and lists.

It depends on the program whether a line ends where its paragraph ends or where the page does, and how items are marked.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from reports.document.block import Block, Kind
from reports.document.characters import SOFT_HYPHEN
from reports.document.inline import from_typed, literal, to_html, typed_link
from reports.readers.addresses import Link

# U+F020 to U+F0FF are Word's bullets in the fonts Symbol and Wingdings, which have no other code. A dash without a
# space after it is a bullet only before a capital, since "-ing" may continue a word. A mark alone has its text below.
# A letter is a bullet only before a tab: Word's hollow bullet is an "o", and Wingdings' other bullets are letters.
_BULLET = re.compile(
    r"(?P<mark>[•●▪▫◦■□‣⁃·➢➤►▸▶✓✔❖◆◇○∙→➔➜➣◾◽❑❒\uf020-\uf0ff])[ \t\u00a0]*"
    r"|(?P<letter>[oØü§vqà])(?:[ \u00a0]*\t[ \t\u00a0]*| {3,})(?=\S)"
    r"|(?P<spaced>[*–—-])[ \t\u00a0]+(?=\S)"
    r"|(?P<tight>-)(?=[A-ZÀ-ÖØ-Þ«“‘])"
    r"|(?P<alone>[*–-])$"
    r"|(?P<number>\d{1,3})[.)][ \t\u00a0]+(?=\S)"
)
# Marks that the normal form has no list for: the line is a paragraph, which begins with its mark.
_LETTERED = re.compile(r"(?:\(?(?:[a-zA-Z]|[ivxIVX]{2,4}|\d{1,2})\)|(?:\d{1,3}|[a-z]|[ivx]{2,4})\.)[ \t\u00a0]+(?=\S)")
_CLOSERS = " \t\u00a0»”’\"')]*_"
_OPENERS = " \t\u00a0«“‘\"'([*_"
_SENTENCE_ENDS = ".!?…:;"
_AND = {"and", "or", "en", "of", "et", "ou", "und", "oder"}  # "in- en uitvoer": the hyphen replaces a word
_LONGEST_WRAPPED = 160  # characters; no page has longer lines, so such a line is a whole paragraph
_MOST_WORDS_ALONE = 4  # of a line that is an entry of a list without marks
_SHORTEST_CUT = 40  # characters that a line has at least where a page cut its sentence
_FULL = 0.9  # of the width of the lines around: a line that is shorter was ended on purpose


@dataclass(frozen=True)
class AnswerLine:
    """One line of an answer. In a `marked` file, asterisks and brackets are marks (Markdown)."""

    number: int
    text: str
    links: tuple[Link, ...]
    indent: int
    after_blank: bool
    marked: bool

    def without(self, length: int) -> "AnswerLine":
        """Return the line without the mark at its start."""
        links = (Link(link.start - length, link.end - length, link.address) for link in self.links)
        return replace(self, text=self.text[length:], links=tuple(links))

    def typed(self) -> str:
        """Return the line with its links in it, as inline.from_typed reads it."""
        if self.marked:
            return self.text
        typed, end = "", 0
        for link in sorted(self.links, key=lambda link: link.start):
            typed += literal(self.text[end : link.start])
            typed += typed_link(literal(self.text[link.start : link.end], in_link=True), link.address)
            end = link.end
        return typed + literal(self.text[end:])


@dataclass
class Paragraph:
    """A paragraph or an item while its lines are put together; `first` is the number of its first line."""

    kind: Kind
    depth: int
    first: int
    after_blank: bool
    lines: list[AnswerLine] = field(default_factory=list)
    typed: list[str] = field(default_factory=list)

    def add(self, line: AnswerLine, joint: str) -> None:
        if self.typed:
            self.typed[-1] = self.typed[-1].removesuffix(SOFT_HYPHEN)
        self.typed.append((joint if self.typed else "") + line.typed())
        if line.text:
            self.lines.append(line)

    @property
    def ends_in_colon(self) -> bool:
        return bool(self.lines) and self.lines[-1].text.rstrip(_CLOSERS).endswith(":")

    def block(self) -> Block:
        return Block(self.kind, self.depth, to_html(from_typed("".join(self.typed))))


@dataclass(frozen=True)
class _Level:
    """A list that is open: how its items are marked, how far they are indented, and its last number."""

    mark: str
    indent: int
    number: int


@dataclass(frozen=True)
class Assembly:
    """The paragraphs of an answer. `joined` are the numbers of lines put together across a blank line."""

    paragraphs: tuple[Paragraph, ...]
    joined: tuple[tuple[int, int], ...]


def assemble_paragraphs(lines: Sequence[AnswerLine], *, is_wrapped: bool) -> Assembly:
    """Put lines together. `is_wrapped` says that lines end where the page does, and not where the paragraph does."""
    assembler = _Assembler(lines, is_wrapped)
    for index, line in enumerate(lines):
        assembler.add(index, line)
    nest_under_colons(assembler.paragraphs)
    return Assembly(tuple(assembler.paragraphs), tuple(assembler.joined))


@dataclass
class _Assembler:
    lines: Sequence[AnswerLine]
    is_wrapped: bool
    paragraphs: list[Paragraph] = field(default_factory=list)
    levels: list[_Level] = field(default_factory=list)
    joined: list[tuple[int, int]] = field(default_factory=list)

    def add(self, index: int, line: AnswerLine) -> None:
        current = self.paragraphs[-1] if self.paragraphs else None
        item = self.item(line, current)
        if item:
            self.paragraphs.append(item)
            return
        joint = self.joint(current, line, self.width_around(index)) if current else None
        if current and joint is not None:
            if current.lines and line.after_blank:
                self.joined.append((current.lines[-1].number, line.number))
            current.add(line, joint)
            return
        self.levels = []
        self.paragraphs.append(Paragraph("p", 0, line.number, line.after_blank))
        self.paragraphs[-1].add(line, "")

    def item(self, line: AnswerLine, current: Paragraph | None) -> Paragraph | None:
        found = _BULLET.match(line.text)
        if not found:
            return None
        mark = found["mark"] or found["letter"] or found["spaced"] or found["tight"] or found["alone"] or "1."
        number = int(found["number"] or 0)
        if (mark in "–—" and self.is_dash(line, current)) or (number > 1 and not self.continues_numbers(number)):
            return None
        self.open_level(_Level(mark, line.indent, number))
        item = Paragraph("ol" if number else "ul", len(self.levels), line.number, line.after_blank)
        item.add(line.without(found.end()), "")
        return item

    def is_dash(self, line: AnswerLine, current: Paragraph | None) -> bool:
        """Return whether a dash at the start of a line belongs to the sentence before it, and marks no item."""
        in_sentence = bool(current and current.lines and not _ends_sentence(current.lines[-1].text))
        return in_sentence and not line.after_blank and not any(level.mark in "–—" for level in self.levels)

    def continues_numbers(self, number: int) -> bool:
        return any(level.number == number - 1 for level in self.levels)

    def open_level(self, level: _Level) -> None:
        """Open the level of an item: a known mark returns to its level, a new or further indented one goes below."""
        same = [
            i for i, open_ in enumerate(self.levels) if open_.mark == level.mark and level.indent <= open_.indent + 1
        ]
        if same:
            inside = [i for i in same if self.levels[i].indent <= level.indent + 1]
            del self.levels[inside[-1] if inside else same[0] :]
        else:
            while self.levels and level.indent < self.levels[-1].indent - 1:
                self.levels.pop()
        self.levels.append(level)

    def joint(self, current: Paragraph, line: AnswerLine, width: int) -> str | None:
        """Return what joins a line to the current paragraph; None if the line starts another one."""
        if not current.lines:
            return ""
        before = current.lines[-1].text
        joint = joint_between(before, line.text)
        if _LETTERED.match(line.text) and (not self.is_wrapped or _LETTERED.match(current.lines[0].text)):
            return None
        if line.after_blank:
            return joint if self.is_cut(current, line, width) else None
        if not self.is_wrapped or len(before) > _LONGEST_WRAPPED:
            indented = current.kind != "p" and line.indent > 1
            is_cut = len(before.split()) > _MOST_WORDS_ALONE and not _ends_sentence(before) and _starts_small(line.text)
            return joint if indented or is_cut else None
        if not self.starts_sentence(before, line, width):
            return joint
        return None if current.kind == "p" else "\n"  # an item whose bullet was lost: a new line in the item before

    def is_cut(self, current: Paragraph, line: AnswerLine, width: int) -> bool:
        """Return whether a sentence goes on after a blank line: a page ended, or an item's first line is apart."""
        before = current.lines[-1].text
        if _ends_sentence(before):
            return False
        if _starts_small(line.text):
            return len(before) >= (width // 2 if self.is_wrapped else _SHORTEST_CUT)
        apart = current.kind != "p" and len(current.lines) == 1
        full = width * (0.6 if apart else 0.75)
        return self.is_wrapped and before.rstrip(_CLOSERS) == before.rstrip() and len(before) >= full

    def starts_sentence(self, before: str, line: AnswerLine, width: int) -> bool:
        """Return whether a line begins a sentence: the line before ended one, with room for this line's first word."""
        if not _ends_sentence(before) or _starts_small(line.text):
            return False
        return len(before) + 1 + len(line.text.split(maxsplit=1)[0]) < width * _FULL

    def width_around(self, index: int) -> int:
        """Return the length of the longest line nearby that a page may have cut."""
        near = [len(line.text) for line in self.lines[max(0, index - 5) : index + 5]]
        return max((length for length in near if length <= _LONGEST_WRAPPED), default=0)


def nest_under_colons(paragraphs: Sequence[Paragraph]) -> None:
    """Move items one level down that follow an item ending in a colon, without a blank line between them.

    Programs that flatten lists lose this level, and the colon says that it was there.
    """
    index = 0
    while index < len(paragraphs):
        head = paragraphs[index]
        end = _end_of_run(paragraphs, index) if head.kind != "p" and head.ends_in_colon else index + 1
        run = paragraphs[index + 1 : end]
        # A single item is more likely the next one of the list than the only one below its head.
        if run and run[0].depth == head.depth and sum(item.depth == head.depth for item in run) > 1:
            for item in run:
                item.depth += 1
        index = max(end, index + 1)


def _end_of_run(paragraphs: Sequence[Paragraph], head: int) -> int:
    """Return where the items end that may belong below the item `head`."""
    end = head + 1
    level = paragraphs[head].depth
    while end < len(paragraphs):
        item = paragraphs[end]
        is_apart = item.after_blank and end > head + 1
        if item.depth < level or is_apart or (item.depth == level and item.ends_in_colon):
            break
        end += 1
    return end


def _ends_sentence(text: str) -> bool:
    return text.rstrip(_CLOSERS)[-1:] in tuple(_SENTENCE_ENDS)


def _starts_small(text: str) -> bool:
    return text.lstrip(_OPENERS)[:1].islower()


def joint_between(before: str, after: str) -> Literal["", " "]:
    """Return what joins two lines: nothing after a hyphen, which belongs to the word or is soft; else a space."""
    if before.endswith(SOFT_HYPHEN):
        return ""
    hyphen = before.endswith("-") and before[-2:-1].isalpha()
    first = after.split(maxsplit=1)[:1]
    return "" if hyphen and first and first[0].casefold() not in _AND else " "
