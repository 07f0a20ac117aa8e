"""What Word prints before a paragraph by itself: bullets, numbers, and the letters of a form's prompts.

A paragraph names a list (`numId`) and a level (`ilvl`), itself or through its style. Lists of one definition
(`abstractNum`) share their counts (ISO 29500-1, 17.9).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from reports.document.clean import NOT_ALLOWED
from reports.readers.flow import FlowParagraph
from reports.readers.package import attribute, local
from reports.readers.word.parts import find, is_on, value, whole_number
from reports.readers.word.styles import Styles

MOST_LEVELS = 9  # ISO 29500-1, 17.9.3
LONGEST_MARK = 60  # characters before the numbers are put in
_INDENTED = re.compile("list (?:bullet|number) ([2-5])", re.IGNORECASE)
_DIGITS = {"decimal", "decimalZero"}
_ROMAN = {1000: "m", 900: "cm", 500: "d", 400: "cd", 100: "c", 90: "xc", 50: "l", 40: "xl"}
_ROMAN |= {10: "x", 9: "ix", 5: "v", 4: "iv", 1: "i"}


@dataclass
class _List:
    """A list with its levels by their numbers from 0 on, and the numbers at which some of them start anew."""

    counts: dict[int, int]  # the number that each level has reached; shared by the lists of one definition
    levels: dict[int, etree._Element] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)
    has_begun: bool = False

    def start(self, level: int) -> int:
        return self.starts.get(level, whole_number(value(self.levels.get(level), "start"), 1))

    def form(self, level: int) -> str:
        """Return the name of a level's format. A newer one has an older one beside it for programs such as ours."""
        element = self.levels.get(level)
        form = value(element, "numFmt") or value(element, "AlternateContent", "Fallback", "numFmt")
        return form or "decimal"


class Numbering:
    """The lists of a file, and how far each has counted."""

    def __init__(self, elements: Iterable[etree._Element], styles: Styles) -> None:
        self._styles = styles
        elements = list(elements)
        definitions = {attribute(one, "abstractNumId"): one for one in elements if local(one) == "abstractNum"}
        of_style = {value(one, "styleLink"): name for name, one in definitions.items() if value(one, "styleLink")}
        levels = {name: _levels(one) for name, one in definitions.items()}
        counts: dict[str, dict[int, int]] = {name: {} for name in definitions}
        self._lists: dict[str, _List] = {}
        for element in elements:
            name = value(element, "abstractNumId")
            if local(element) == "num" and name in definitions:
                name = of_style.get(value(definitions[name], "numStyleLink"), name)
                self._lists[attribute(element, "numId")] = _list_of(element, levels[name], counts[name])

    def number(self, paragraph: FlowParagraph, properties: etree._Element | None, style: str) -> None:
        """Count the paragraph if it is an item of a list, and enter what is printed before it."""
        found, level = self._item(properties, style)
        if found is None or level not in found.levels:
            return
        count = _counted(found, level)
        form, mark = found.form(level), _mark(found, level)
        if not mark.strip():
            return  # indented like an item, without a mark
        paragraph.list_kind = "ul" if form in ("bullet", "none") else "ol"
        paragraph.level, paragraph.mark = (level or self._indent_of_style(style)) + 1, mark
        paragraph.number = count if form in _DIGITS else 0

    def _indent_of_style(self, style: str) -> int:
        """Return how deep Word's own styles indent a list. Each has a list of its own, of which it is the first level.

        Word writes the names of its own styles in English, whatever its language is.
        """
        names = (_INDENTED.fullmatch(value(one, "name")) for one in self._styles.chain(style))
        return next((int(name[1]) - 1 for name in names if name), 0)

    def _item(self, properties: etree._Element | None, style: str) -> tuple[_List | None, int]:
        """Return the list of a paragraph and the level, from 0 on.

        The list may come from one style and the level from another. A list of headings names the style of each level.
        """
        own = find(properties, "numPr")
        names, places = [], [own]
        for one in self._styles.chain(style):
            names.append(attribute(one, "styleId"))
            places.append(find(one, "pPr", "numPr"))
        found = self._lists.get(next(filter(None, (value(place, "numId") for place in places)), ""))
        if found is None:
            return None, 0
        of_style = next(_levels_of_styles(found.levels, names), "")
        levels = (value(own, "ilvl"), of_style, *(value(place, "ilvl") for place in places[1:]))
        return found, whole_number(next(filter(None, levels), "0"), 0)


def _levels(definition: Iterable[etree._Element]) -> dict[int, etree._Element]:
    levels = {whole_number(attribute(one, "ilvl"), 0): one for one in definition if local(one) == "lvl"}
    return {number: level for number, level in levels.items() if number < MOST_LEVELS}


def _list_of(element: etree._Element, levels: dict[int, etree._Element], counts: dict[int, int]) -> _List:
    overrides = [one for one in element if local(one) == "lvlOverride"]
    own = _levels(level for one in overrides if (level := find(one, "lvl")) is not None)
    starts = {
        whole_number(attribute(one, "ilvl"), 0): whole_number(value(one, "startOverride"), 1)
        for one in overrides
        if find(one, "startOverride") is not None
    }
    return _List(counts, levels | own, starts)


def _levels_of_styles(levels: Mapping[int, etree._Element], names: Iterable[str]) -> Iterator[str]:
    linked = {value(level, "pStyle"): str(number) for number, level in levels.items()}
    return (linked[name] for name in names if name in linked)


def _counted(one: _List, level: int) -> int:
    """Count one item and return its number. Deeper levels begin again, unless their definition forbids it."""
    if not one.has_begun:
        one.has_begun = True
        for restarted in one.starts:
            one.counts.pop(restarted, None)
    one.counts[level] = one.counts[level] + 1 if level in one.counts else one.start(level)
    for deeper in [number for number in one.counts if number > level]:
        restarts_after = whole_number(value(one.levels.get(deeper), "lvlRestart"), deeper)
        if level < restarts_after:
            del one.counts[deeper]
    return one.counts[level]


def _mark(one: _List, level: int) -> str:
    element = one.levels[level]
    text = NOT_ALLOWED.sub("", value(element, "lvlText")[:LONGEST_MARK])
    in_digits = is_on(find(element, "isLgl"))
    for number in range(level + 1):
        if f"%{number + 1}" in text:
            form = "decimal" if in_digits else one.form(number)
            text = text.replace(f"%{number + 1}", printed(form, one.counts.get(number, one.start(number))))
    return text


def printed(form: str, number: int) -> str:
    """Return a number as a format of Word prints it; in digits if the format is a rare one."""
    if form == "none":
        return ""
    if form == "decimalZero":
        return f"{number:02}"
    if form in ("upperLetter", "lowerLetter") and 0 < number <= 780:
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)  # after z comes aa, then bb
        return letters.upper() if form == "upperLetter" else letters
    if form in ("upperRoman", "lowerRoman") and 0 < number < 4000:
        return roman(number).upper() if form == "upperRoman" else roman(number)
    return str(number)


def roman(number: int) -> str:
    """Return a number from 1 to 3999 in small Roman numerals."""
    signs = []
    for worth, sign in _ROMAN.items():
        signs.append(sign * (number // worth))
        number %= worth
    return "".join(signs)
