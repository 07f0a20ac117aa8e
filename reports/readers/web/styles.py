"""What a web page says about the look of a passage: its elements, style attributes and simple style sheets.

Only what carries meaning is read: bold, italics, raised, struck and hidden text, and how a list counts. Google Docs
says all of it in classes, word processors in elements and style attributes.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import tinycss2
from lxml import etree

from reports.readers.draft import Style

LONGEST_SHEETS = 200_000  # characters together: Word's have 30,000
_MOST_CLASSES = 20  # of one element
_ELEMENTS: dict[str, dict[str, Any]] = {
    "strong": {"strong": True},
    "em": {"em": True},
    "cite": {"em": True},
    "sup": {"raised": "sup"},
    "sub": {"raised": "sub"},
    "del": {"struck": True},
    **{f"h{level}": {"strong": True} for level in range(1, 7)},
}
_COUNTER = re.compile(r'content\s*:\s*"([^"]{0,9})"\s*counter\([\w-]+,\s*([\w-]+)\)\s*"([^"]{0,9})')
_GOOGLE_LIST = re.compile(r"\s*\.(lst-kix_[\w-]+)\s*>\s*li:before\s*")
# The names of CSS for how a list counts, and the forms of `list_marks.counted`.
FORMS = {
    "decimal": "1",
    "lower-alpha": "a",
    "lower-latin": "a",
    "upper-alpha": "A",
    "upper-latin": "A",
    "lower-roman": "i",
    "upper-roman": "I",
}


def declarations(text: str) -> Iterator[tuple[str, str]]:
    """Yield the names and values of a style attribute, in small letters."""
    for rule in text.lower().split(";"):
        name, colon, value = rule.partition(":")
        if colon:
            yield name.strip(), value.replace("!important", "").strip()


def _said(style: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Return the fields of Style that declarations set, and "pre" for white space that counts."""
    said: dict[str, Any] = {}
    for name, value in style:
        match name:
            case "font-weight":
                said["strong"] = value in ("bold", "bolder") or (value.isdigit() and value >= "600")
            case "font-style":
                said["em"] = value.startswith(("italic", "oblique"))
            case "vertical-align" if value in ("super", "sub"):
                said["raised"] = "sup" if value == "super" else "sub"
            case "mso-text-raise" if value[:1].isdigit() or value.startswith("-"):
                said["raised"] = "sub" if value.startswith("-") else "sup"
            case "text-decoration" | "text-decoration-line" if "line-through" in value:
                said["struck"] = True
            case "display" | "mso-hide" if value in ("none", "all"):
                said["hidden"] = True
            case "white-space":
                said["pre"] = value.startswith(("pre", "break-spaces")) and value != "pre-line"
    return said


class Sheet:
    """The rules for single elements and classes in the style sheets of a page. All other selectors are left out."""

    def __init__(self, root: etree._Element) -> None:
        self._rules: dict[str, dict[str, Any]] = {}
        self.counters: dict[str, tuple[str, str, str]] = {}  # of lists of Google Docs: before, form, after
        room = LONGEST_SHEETS
        for node in root.iter("style"):
            text = "".join(node.itertext()).replace("<!--", "").replace("-->", "")
            room -= len(text)
            if room >= 0:
                self._read(text)

    def _read(self, text: str) -> None:
        for rule in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
            if rule.type != "qualified-rule":
                continue
            try:
                selectors, content = tinycss2.serialize(rule.prelude), tinycss2.serialize(rule.content)
            except RecursionError:  # brackets in a thousand brackets, which only an attacker writes
                continue
            for selector in selectors.split(","):
                if found := _GOOGLE_LIST.fullmatch(selector):
                    if counter := _COUNTER.search(content):
                        self.counters[found[1]] = (counter[1], FORMS.get(counter[2], "1"), counter[3].rstrip())
                elif said := _said(declarations(content)):
                    self._add(selector.strip(), said)

    def _add(self, selector: str, said: dict[str, Any]) -> None:
        name, _, of_class = selector.partition(".")
        if re.fullmatch(r"[\w-]*", name) and re.fullmatch(r"[\w-]*", of_class):
            self._rules[selector.lower()] = {**self._rules.get(selector.lower(), {}), **said}

    def over(self, style: Style, is_pre: bool, node: etree._Element) -> tuple[Style, bool]:
        """Return `style` and `is_pre` with what an element says. Struck and hidden text stays so."""
        name = node.tag.lower()
        said = {**_ELEMENTS.get(name, {}), **self._rules.get(name, {})}
        for of_class in node.get("class", "").lower().split()[:_MOST_CLASSES]:
            said |= self._rules.get(f".{of_class}", {}) | self._rules.get(f"{name}.{of_class}", {})
        if attribute := node.get("style"):
            said |= _said(declarations(attribute))
        if node.get("hidden") is not None:
            said["hidden"] = True
        if language := node.get("lang"):
            said["language"] = language
        is_pre = said.pop("pre", is_pre) or name in ("pre", "textarea")
        if not said:
            return style, is_pre
        for field in ("struck", "hidden"):
            said[field] = getattr(style, field) or said.get(field, False)
        return replace(style, **said), is_pre
