"""Fields that are spread over runs and paragraphs: an instruction, then what it shows.

Fields stand in one another: a table of contents holds links, which hold page numbers (ISO 29500-1, 17.16).
"""

import re
from dataclasses import dataclass, field

from lxml import etree

from reports.readers.package import attribute, local
from reports.readers.word.parts import LONGEST_ADDRESS, find, is_on, value, whole_number

# What they show belongs to the pages of the file, not to its text.
_PAGES = {"PAGE", "NUMPAGES", "SECTIONPAGES", "TOC", "TOA", "INDEX"}
_WORDS = re.compile(r'"([^"]*)"|“([^”]*)”|(\S+)')
_SWITCHES_WITH_VALUE = {"\\l", "\\o", "\\t"}


@dataclass
class _Field:
    """`is_hidden`, `is_page` and `href` hold what the fields around say too, so that only the innermost is asked."""

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
            self._open.append(_Field())
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


def form_value(node: etree._Element) -> str:
    """Return what a field of an older form shows that is not written as text: the choice of a list, or a box.

    Such a field is a character that begins a field and has its data in it (ISO 29500-1, 17.16.5).
    """
    choices = find(node, "ffData", "ddList")
    if choices is not None:
        entries = [attribute(one, "val") for one in choices if local(one) == "listEntry"]
        number = whole_number(value(choices, "result") or value(choices, "default"), 0)
        return entries[number] if number < len(entries) else ""
    box = find(node, "ffData", "checkBox")
    if box is None:
        return ""
    checked = find(box, "checked")
    return "☒" if is_on(checked if checked is not None else find(box, "default")) else "☐"


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
