"""What an OpenDocument text says elsewhere about a passage: the marks of its styles, the levels of its lists.

Source of the rules: OpenDocument 1.3, part 3, chapters 16 and 20.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from lxml import etree

from reports.readers.draft import Style
from reports.readers.list_marks import HIGHEST, ListKind, counted
from reports.readers.package import attribute, local

MOST_PARENTS = 30  # of a style
DEEPEST_LIST = 10  # OpenDocument has no more levels
_BOLD = {"bold", "bolder", "600", "700", "800", "900"}


@dataclass(frozen=True)
class Level:
    """A level of a list style. `shown` is how many levels its number prints: 2 in "1.2"."""

    kind: ListKind = "ul"
    form: str = ""
    before: str = ""
    after: str = ""
    bullet: str = "•"
    start: int = 1
    shown: int = 1


class Styles:
    """The styles of a file. A later root has precedence over an earlier one."""

    def __init__(self, *roots: etree._Element) -> None:
        self._styles: dict[tuple[str, str], etree._Element] = {}
        self._lists: dict[str, dict[int, Level]] = {}
        self._said: dict[tuple[str, str], dict[str, Any]] = {}
        for node in (node for root in roots for node in root.iter("{*}style", "{*}list-style", "{*}outline-style")):
            match local(node):
                case "style":
                    self._styles[attribute(node, "family"), attribute(node, "name")] = node
                case "list-style":
                    self._lists[attribute(node, "name")] = dict(_levels(node))
                case _:
                    self._lists[OUTLINE] = dict(_levels(node))

    def over(self, style: Style, family: str, name: str) -> Style:
        """Return `style` with what a named style says. Hidden text stays hidden."""
        said = self._all_said(family, name)
        return replace(style, **{**said, "hidden": style.hidden or said.get("hidden", False)})

    def level(self, name: str, depth: int) -> Level:
        return self._lists.get(name, {}).get(depth, Level())

    def _all_said(self, family: str, name: str) -> dict[str, Any]:
        """Return what a style and those it is based on say; the nearest has precedence."""
        if (family, name) in self._said:
            return self._said[family, name]
        said: dict[str, Any] = {}
        node = self._styles.get((family, name))
        for _ in range(MOST_PARENTS):
            if node is None:
                break
            for child in node:
                if local(child) == "text-properties":
                    said = {**dict(_properties(child)), **said}
            node = self._styles.get((family, attribute(node, "parent-style-name")))
        self._said[family, name] = said
        return said


OUTLINE = "\0outline"  # stands for the numbering of headings, among the names of list styles


def _properties(node: etree._Element) -> Iterator[tuple[str, Any]]:
    """Yield the fields of Style that text properties set."""
    language, country = attribute(node, "language"), attribute(node, "country")
    if language and language not in ("none", "zxx"):
        yield "language", f"{language}-{country}" if country and country != "none" else language
    for key, value in node.attrib.items():
        match str(key).rpartition("}")[2]:
            case "font-weight":
                yield "strong", value in _BOLD
            case "font-style":
                yield "em", value in ("italic", "oblique")
            case "text-line-through-style" | "text-line-through-type":
                yield "struck", value != "none"
            case "text-position":
                yield "raised", _raised(str(value))
            case "display":
                yield "hidden", value == "none"


def _raised(position: str) -> str:
    """Return "sup" for "super 58%" or "33% 58%", "sub" for "sub 58%" or "-33%", "" for "0% 100%"."""
    shift = position.split()[0] if position.split() else "0%"
    if shift == "sub" or shift.startswith("-"):
        return "sub"
    return "" if shift.startswith("0") else "sup"


def _levels(style: etree._Element) -> Iterator[tuple[int, Level]]:
    for node in style:
        depth = number_in(node, "level", 0)
        match local(node):
            case "list-level-style-number" | "outline-level-style" if attribute(node, "num-format"):
                start, shown = number_in(node, "start-value", 1), number_in(node, "display-levels", 1)
                ends = attribute(node, "num-prefix"), attribute(node, "num-suffix")
                yield depth, Level("ol", attribute(node, "num-format"), *ends, "", start, shown)
            case "list-level-style-bullet":
                # LibreOffice writes the bullet as the suffix too, and shows it once.
                yield depth, Level("ul", bullet=attribute(node, "bullet-char") or "•")
            case "list-level-style-image":
                yield depth, Level()
            case _:
                yield depth, Level("", bullet="")  # the level prints nothing


def number_in(node: etree._Element, name: str, default: int) -> int:
    """Return the number in an attribute, at most HIGHEST."""
    text = attribute(node, name)
    return min(int(text), HIGHEST) if text.isascii() and text.isdigit() and len(text) < 12 else default


@dataclass
class Counts:
    """The numbers that a list has come to, for each depth."""

    numbers: dict[int, int] = field(default_factory=dict)

    def restart(self, depth: int) -> None:
        """Let the next item of this depth, and all deeper ones, be the first."""
        self.numbers = {other: number for other, number in self.numbers.items() if other < depth}

    def count(self, styles: Styles, style: str, depth: int, start: int) -> tuple[str, int]:
        """Count an item, or start again with `start` if it is not -1. Return its printed mark and its number."""
        level = styles.level(style, depth)
        number = self.numbers[depth] + 1 if depth in self.numbers else level.start
        number = start if start >= 0 else number
        self.restart(depth)
        for upper in range(1, depth):  # an item without text of its own counts as the first one
            self.numbers.setdefault(upper, styles.level(style, upper).start)
        self.numbers[depth] = number
        if level.kind != "ol":
            return level.bullet, 0
        parts = []
        for shown in range(max(1, depth - min(level.shown, DEEPEST_LIST) + 1), depth + 1):
            form = styles.level(style, shown).form
            if form:
                parts.append(counted(form, self.numbers.get(shown, 1)))
        return level.before + ".".join(parts) + level.after, number if level.form == "1" else 0
