"""Fields that are spread over runs and paragraphs: an instruction, then what it shows.

Fields stand in one another: a table of contents holds links, which hold page numbers (ISO 29500-1, 17.16).
"""

import re
from dataclasses import dataclass, field

from reports.readers.word.parts import LONGEST_ADDRESS

# What they show belongs to the pages of the file, not to its text.
_PAGES = {"PAGE", "NUMPAGES", "SECTIONPAGES", "TOC", "TOA", "INDEX"}
_WORDS = re.compile(r'"([^"]*)"|“([^”]*)”|(\S+)')
_SWITCHES_WITH_VALUE = {"\\l", "\\o", "\\t"}


@dataclass
class _Field:
    """`is_hidden`, `is_page` and `href` also hold what the fields around say, so that only the innermost is asked."""

    is_hidden: bool = True  # until its instruction ends
    is_page: bool = False
    href: str = ""
    instruction: list[str] = field(default_factory=list)


class Fields:
    """The fields that are open at one point of a story."""

    def __init__(self) -> None:
        self._open = [_Field(is_hidden=False)]

    @property
    def is_hidden(self) -> bool:
        return self._open[-1].is_hidden

    @property
    def is_page(self) -> bool:
        return self._open[-1].is_page

    @property
    def href(self) -> str:
        return self._open[-1].href

    def turn(self, kind: str) -> None:
        """Take note that a field begins, shows its text from here on ("separate"), or ends."""
        if kind == "begin":
            around = self._open[-1]
            self._open.append(_Field(is_page=around.is_page, href=around.href))
        elif kind == "separate" and len(self._open) > 1:
            self._show(self._open[-1], self._open[-2])
        elif kind == "end" and len(self._open) > 1:
            self._open.pop()

    def read(self, words: str) -> None:
        """Add words to the instruction of the innermost field, which may be cut anywhere."""
        self._open[-1].instruction.append(words)

    @staticmethod
    def _show(one: _Field, around: _Field) -> None:
        instruction = "".join(one.instruction)
        one.is_hidden = around.is_hidden
        one.is_page = around.is_page or is_page(instruction)
        one.href = address(instruction) or around.href


def is_page(instruction: str) -> bool:
    name = instruction.split(maxsplit=1)[:1]
    return bool(name) and name[0].upper() in _PAGES


def address(instruction: str) -> str:
    """Return the address of a HYPERLINK field, "" for other fields and for links within the file."""
    words = [next(filter(None, found), "") for found in _WORDS.findall(instruction[:LONGEST_ADDRESS])]
    if not words or words[0].upper() != "HYPERLINK":
        return ""
    target = anchor = ""
    place = 1
    while place < len(words):
        word = words[place]
        if word.lower() in _SWITCHES_WITH_VALUE:
            place += 1
            if word.lower() == "\\l" and place < len(words):
                anchor = words[place]
        elif not word.startswith("\\"):
            target = target or word
        place += 1
    return with_anchor(target, anchor)


def with_anchor(target: str, anchor: str) -> str:
    """Return an address with its place in the page. A place in the file itself is no address."""
    return f"{target}#{anchor}" if target and anchor and "#" not in target else target
