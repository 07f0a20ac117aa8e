"""Lists whose numbers the normal form cannot show: "4. …" as the first item, "a) …", "iv. …".

A list of the normal form counts from 1, in digits. The numbers of any other list are text: its items become paragraphs
with the number before them, or lines of the item that the list is in.
"""

import re
from dataclasses import dataclass, field

_ATTRIBUTE = r"""(?:^|[\s"'/]){}\s*+=\s*+["']?\s*+{}"""
_START = re.compile(_ATTRIBUTE.format("start", "(-?[0-9]{1,6})"), re.IGNORECASE)
_VALUE = re.compile(_ATTRIBUTE.format("value", "(-?[0-9]{1,6})"), re.IGNORECASE)
_TYPE = re.compile(_ATTRIBUTE.format("type", "([aAiI])(?![a-zA-Z])"))
_STYLE = re.compile(r"list-style(?:-type)?\s*+:[^;\"'<>]{0,60}?(lower|upper)-(alpha|latin|roman)", re.IGNORECASE)
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
Tag = tuple[str, bool]  # its name, and whether it closes


@dataclass
class _List:
    name: str
    number: int = 1  # of the next item
    kind: str = ""  # "a", "A", "i" or "I" for a list that does not count in digits
    is_text: bool = False  # the normal form cannot show its numbers


@dataclass
class Lists:
    """The lists that are open, outermost first. `mark` is the number that the next text begins with."""

    open: list[_List] = field(default_factory=list)
    mark: str = ""
    ended: tuple[int, int] | None = None  # the depth of a numbered list that has just ended, and its next number

    def text(self, text: str) -> str:
        """Return a text with the number of its item before it."""
        if not text.strip():
            return text
        mark, self.mark, self.ended = self.mark, "", None
        return mark + text.lstrip() if mark else text

    def tag(self, name: str, closing: bool, attributes: str) -> list[Tag]:
        """Return the tags to write for a tag of a list."""
        return self._end(name) if closing else [self._begin(name, attributes)]

    def item(self, closing: bool, attributes: str) -> list[Tag]:
        """Return the tags to write for a tag of an item."""
        inner = self.open[-1] if self.open else None
        if closing:
            return [("p" if inner and inner.is_text else "li", True)]
        if inner is None or inner.name == "ul":
            self.mark = ""
            return [("li", False)]
        value, kind = _number(_VALUE, attributes, inner.number), _kind(attributes) or inner.kind
        before: list[Tag] = []
        if not inner.is_text and (value != inner.number or kind):
            inner.is_text, before = True, [("li", True), ("ol", True)]
        inner.kind = kind
        inner.number = value + 1
        self.mark = _mark(value, kind) if inner.is_text else ""
        return [*before, ("p" if inner.is_text else "li", False)]

    def _begin(self, name: str, attributes: str) -> Tag:
        new = _List(name)
        if name == "ol":
            new.number, new.kind = _number(_START, attributes, 1), _kind(attributes)
            goes_on = self.ended == (len(self.open), new.number)
            new.is_text = bool(new.kind) or (new.number != 1 and not goes_on)
        self.ended = None
        self.open.append(new)
        return ("p", False) if new.is_text else (name, False)

    def _end(self, name: str) -> list[Tag]:
        if not self.open:
            return [(name, True)]
        ended = self.open.pop()
        self.mark = ""
        if ended.is_text:
            return [("p", True)]
        self.ended = (len(self.open), ended.number) if ended.name == "ol" else None
        return [(ended.name, True)]


def _number(attribute: re.Pattern[str], attributes: str, otherwise: int) -> int:
    found = attribute.search(attributes)
    return int(found[1]) if found else otherwise


def _kind(attributes: str) -> str:
    if found := _TYPE.search(attributes):
        return found[1]
    if found := _STYLE.search(attributes):
        letter = "i" if found[2].lower() == "roman" else "a"
        return letter if found[1].lower() == "lower" else letter.upper()
    return ""


def _mark(number: int, kind: str) -> str:
    """Return what stands before an item: "4. ", "d) ", "iv. "."""
    if kind and 0 < number < 4000:
        text = _letters(number) + ")" if kind in "aA" else _roman(number) + "."
        return f"{text if kind.islower() else text.upper()} "
    return f"{number}. "


def _letters(number: int) -> str:
    text = ""
    while number:
        number, digit = divmod(number - 1, 26)
        text = chr(ord("a") + digit) + text
    return text


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        text += letters * count
    return text
