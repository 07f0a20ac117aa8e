"""Lines of an answer as paragraphs and lists, whichever program cut them and however their items are marked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from reports.document.block import Block, Kind
from reports.document.inline import from_typed, literal, to_html, typed_link
from reports.readers.addresses import Link

_BULLET = re.compile(
    r"(?P<mark>[•●▪▫◦■□‣⁃·\uf0b7\uf0a7])[ \t\u00a0]*"
    r"|(?P<spaced>[*–—-])[ \t\u00a0]+(?=\S)"
    r"|(?P<tight>-)(?=[A-ZÀ-ÖØ-Þ«“‘])"
    r"|(?P<alone>[*–-])$"
    r"|(?P<number>\d{1,3})\.[ \t\u00a0]+(?=\S)"
)
_CLOSERS = " \t\u00a0»”’\"')]*_"
_OPENERS = " \t\u00a0«“‘\"'([*_"
_SENTENCE_ENDS = ".!?…:;"
_AND = {"and", "or", "en", "of", "et", "ou", "und", "oder"}  # "in- en uitvoer": the hyphen stands for a word
_LONGEST_WRAPPED = 160
_SHORTEST_CUT = 40
_FULL = 0.9  # of the width: a line that is shorter was ended on purpose


@dataclass(frozen=True)
class Written:
    """One line of an answer. In a `marked` file asterisks and brackets mean something."""

    number: int
    text: str
    links: tuple[Link, ...]
    indent: int
    after_blank: bool
    marked: bool

    def without(self, length: int) -> "Written":
        """The line without the mark at its start."""
        links = (Link(link.start - length, link.end - length, link.address) for link in self.links)
        return replace(self, text=self.text[length:], links=tuple(links))

    def typed(self) -> str:
        """The line as inline.from_typed reads it, its links in it."""
        if self.marked:
            return self.text
        typed, end = "", 0
        for link in sorted(self.links, key=lambda link: link.start):
            typed += literal(self.text[end : link.start])
            typed += typed_link(literal(self.text[link.start : link.end], in_link=True), link.address)
            end = link.end
        return typed + literal(self.text[end:])


@dataclass
class Part:
    """A paragraph or an item while its lines are put together."""

    kind: Kind
    depth: int
    first: int
    after_blank: bool
    lines: list[Written] = field(default_factory=list)
    typed: list[str] = field(default_factory=list)

    def add(self, line: Written, joint: str) -> None:
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
    mark: str
    indent: int
    number: int


class Parts:
    """Puts lines together. `wrapped` says that lines end where the page does and not where the paragraph does."""

    def __init__(self, lines: Sequence[Written], *, wrapped: bool) -> None:
        self.lines = lines
        self.wrapped = wrapped
        self.parts: list[Part] = []
        self.levels: list[_Level] = []
        self.joined: list[tuple[int, int]] = []  # numbers of lines put together across a blank line
        for index, line in enumerate(lines):
            self.add(index, line)
        self.nest_under_colons()

    def add(self, index: int, line: Written) -> None:
        current = self.parts[-1] if self.parts else None
        item = self.item(line, current)
        if item:
            self.parts.append(item)
            return
        joint = self.joint(current, line, self.width_around(index)) if current else None
        if current and joint is not None:
            if current.lines and line.after_blank:
                self.joined.append((current.lines[-1].number, line.number))
            current.add(line, joint)
            return
        self.levels = []
        self.parts.append(Part("p", 0, line.number, line.after_blank))
        self.parts[-1].add(line, "")

    def item(self, line: Written, current: Part | None) -> Part | None:
        found = _BULLET.match(line.text)
        if not found:
            return None
        mark = found["mark"] or found["spaced"] or found["tight"] or found["alone"] or "1."
        number = int(found["number"] or 0)
        if (mark in "–—" and self.is_dash(line, current)) or (number > 1 and not self.continues_numbers(number)):
            return None
        self.open_level(_Level(mark, line.indent, number))
        part = Part("ol" if number else "ul", len(self.levels), line.number, line.after_blank)
        part.add(line.without(found.end()), "")
        return part

    def is_dash(self, line: Written, current: Part | None) -> bool:
        """Whether a dash at the start of a line goes on with a sentence."""
        in_sentence = bool(current and current.lines and not _ends_sentence(current.lines[-1].text))
        return in_sentence and not line.after_blank and not any(level.mark in "–—" for level in self.levels)

    def continues_numbers(self, number: int) -> bool:
        return any(level.number == number - 1 for level in self.levels)

    def open_level(self, level: _Level) -> None:
        """Marks that are further in, or new to the list, stand below; a mark that occurred returns to its level."""
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

    def joint(self, current: Part, line: Written, width: int) -> str | None:
        """What stands between a part and the line that goes on with it; None if the line starts a part of its own."""
        if not current.lines:
            return ""
        before = current.lines[-1].text
        joint = joint_between(before, line.text)
        if line.after_blank:
            return joint if self.is_cut(current, line, width) else None
        if not self.wrapped or len(before) > _LONGEST_WRAPPED:
            indented = current.kind != "p" and line.indent > 1
            return joint if indented or (not _ends_sentence(before) and _starts_small(line.text)) else None
        if not self.starts_sentence(before, line, width):
            return joint
        return None if current.kind == "p" else "\n"  # a lost bullet: a line of its own in the item before

    def is_cut(self, current: Part, line: Written, width: int) -> bool:
        """Whether a sentence goes on after a blank line: a page ended, or a bullet's first line stands apart."""
        before = current.lines[-1].text
        if _ends_sentence(before):
            return False
        if _starts_small(line.text):
            return len(before) >= (width // 2 if self.wrapped else _SHORTEST_CUT)
        apart = current.kind != "p" and len(current.lines) == 1
        full = width * (0.6 if apart else 0.75)
        return self.wrapped and before.rstrip(_CLOSERS) == before.rstrip() and len(before) >= full

    def starts_sentence(self, before: str, line: Written, width: int) -> bool:
        """Whether a line begins anew: the one before ended a sentence and had room for this one's first word."""
        if not _ends_sentence(before) or _starts_small(line.text):
            return False
        return len(before) + 1 + len(line.text.split(maxsplit=1)[0]) < width * _FULL

    def width_around(self, index: int) -> int:
        """How long lines are hereabouts."""
        near = [len(line.text) for line in self.lines[max(0, index - 5) : index + 5]]
        return max((length for length in near if length <= _LONGEST_WRAPPED), default=0)

    def nest_under_colons(self) -> None:
        """A tight run of items on the level of their head, right after it, when the head ends in a colon."""
        index = 0
        while index < len(self.parts):
            head = self.parts[index]
            end = self.end_of_run(index) if head.kind != "p" and head.ends_in_colon else index + 1
            run = self.parts[index + 1 : end]
            if run and run[0].depth == head.depth and sum(part.depth == head.depth for part in run) > 1:
                for part in run:
                    part.depth += 1
            index = max(end, index + 1)

    def end_of_run(self, head: int) -> int:
        end = head + 1
        level = self.parts[head].depth
        while end < len(self.parts):
            part = self.parts[end]
            parted = part.after_blank and end > head + 1
            if part.depth < level or parted or (part.depth == level and part.ends_in_colon):
                break
            end += 1
        return end


def _ends_sentence(text: str) -> bool:
    return text.rstrip(_CLOSERS)[-1:] in tuple(_SENTENCE_ENDS)


def _starts_small(text: str) -> bool:
    return text.lstrip(_OPENERS)[:1].islower()


def joint_between(before: str, after: str) -> Literal["", " "]:
    """Nothing after a hyphen at a line's end, which belongs to its word; else a space."""
    hyphen = before.endswith("-") and before[-2:-1].isalpha()
    first = after.split(maxsplit=1)[:1]
    return "" if hyphen and first and first[0].casefold() not in _AND else " "
