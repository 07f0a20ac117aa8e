"""What the lists of a web page print before their items: HTML's own, Google Docs', Word's on the desktop and online."""

import re
from dataclasses import dataclass

from lxml import etree

from reports.readers.list_marks import HIGHEST, ListKind, counted, told_by_mark
from reports.readers.web.styles import FORMS, Sheet, declarations

DEEPEST_LIST = 20
_GOOGLE_LEVEL = re.compile(r"\b(lst-kix_\w{1,40}-(\d))\b")
_WORD_LEVEL = re.compile(r"mso-list\s*:\s*\w{1,20}\s+level([1-9])")
_LENGTH = re.compile(r"(\d{1,5}|\d{0,5}\.\d{1,5})(pt|in|cm|px)")
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 28.35, "px": 0.75}
_WORD_STEP = 36  # points that Word indents each level


@dataclass(frozen=True)
class Mark:
    """What the next paragraph is in its list."""

    kind: ListKind
    level: int
    text: str
    number: int = 0


@dataclass
class HtmlList:
    """A list that is open. `number` is that of its last item; `form` is "" if the list prints nothing."""

    kind: ListKind
    level: int
    form: str
    number: int
    before: str = ""
    after: str = "."

    def next_item(self, node: etree._Element) -> Mark:
        self.number = _number(node.get("value"), self.number + 1)
        level = _number(node.get("data-aria-level") or node.get("aria-level"), 0) or level_of_word(node) or self.level
        level = max(1, min(level, DEEPEST_LIST))
        if self.kind == "ul":
            own = node.get("data-leveltext", "")  # Word online says the character here
            return Mark("ul", level, own if len(own) == 1 else self.form)
        printed = self.before + counted(self.form, self.number) + self.after if self.form else ""
        return Mark("ol", level, printed, self.number if self.form == "1" else 0)


def opened(node: etree._Element, outer: int, sheet: Sheet) -> HtmlList:
    """Return the list that an element opens inside `outer` others."""
    found = _GOOGLE_LEVEL.search(node.get("class", ""))
    level = int(found[2]) + 1 if found else outer + 1
    if node.tag != "ol":
        return HtmlList("ul", level, "•", 0)
    number = _number(node.get("start"), 1) - 1
    if found and found[1] in sheet.counters:
        before, form, after = sheet.counters[found[1]]
        return HtmlList("ol", level, form, number, before, after)
    form = node.get("type", "1")
    form = form if form in FORMS.values() else "1"
    for name, value in declarations(node.get("style", "")):
        if name == "list-style-type":
            form = "" if value == "none" else FORMS.get(value, form)
    return HtmlList("ol", level, form, number)


def level_of_word(node: etree._Element) -> int:
    """Return the level that Word says in the style of a paragraph, 0 if it is no item."""
    found = _WORD_LEVEL.search(node.get("style", "").lower())
    return int(found[1]) if found else 0


def level_by_indent(node: etree._Element) -> int:
    """Return the level of a list paragraph of Word's filtered pages, which tell it only by the indent."""
    for name, value in declarations(node.get("style", "")):
        if name == "margin-left" and (found := _LENGTH.fullmatch(value)):
            return max(1, min(round(float(found[1]) * _POINTS[found[2]] / _WORD_STEP), 9))
    return 1


def mark_of(text: str, level: int) -> Mark:
    """Return the mark that a page has as text before an item."""
    text = text.strip()
    kind, number = told_by_mark(text)
    return Mark(kind or "ul", level, text or "•", number)


def _number(text: str | None, default: int) -> int:
    text = (text or "").strip()
    return min(int(text), HIGHEST) if text.isascii() and text.isdigit() and len(text) < 12 else default
