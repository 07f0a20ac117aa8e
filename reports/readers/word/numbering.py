"""What Word prints before a paragraph by itself: bullets, numbers, and the letters of a form's prompts.

A paragraph names a list (`numId`) and a level (`ilvl`), itself or through its style. Lists of one definition
(`abstractNum`) share their counts (ISO 29500-1, 17.9).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

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


@dataclass(frozen=True)
class _Level:
    """What a definition says of one level. It is read once, for a file may have any number of items."""

    form: str
    text: str
    start: int
    restarts_after: int  # a deeper level than this one begins again; 0: never
    in_digits: bool  # also the numbers of other levels
    style: str  # of the paragraphs that are items of this level


@dataclass(frozen=True)
class _Styled:
    """What a style of paragraphs says of lists, itself or through those that it is based on."""

    number: str  # of the list, "" for none
    level: str
    names: tuple[str, ...]
    indent: int


@dataclass
class _List:
    """A list with its levels by their numbers from 0 on, and the numbers at which some of them start anew."""

    counts: dict[int, int]  # the number that each level has reached; shared by the lists of one definition
    levels: dict[int, _Level]
    starts: dict[int, int]
    has_begun: bool = False

    def start(self, level: int) -> int:
        return self.starts.get(level, self.levels[level].start if level in self.levels else 1)


class Numbering:
    """The lists of a file, and how far each has counted."""

    def __init__(self, elements: Iterable[etree._Element], styles: Styles) -> None:
        self._styles = styles
        self._styled: dict[str, _Styled] = {}
        elements = list(elements)
        definitions = {attribute(one, "abstractNumId"): one for one in elements if local(one) == "abstractNum"}
        of_style = {value(one, "styleLink"): name for name, one in definitions.items() if value(one, "styleLink")}
        same_as = {name: of_style.get(value(one, "numStyleLink"), name) for name, one in definitions.items()}
        levels = {name: _levels(one) for name, one in definitions.items()}
        counts: dict[str, dict[int, int]] = {name: {} for name in definitions}
        self._lists: dict[str, _List] = {}
        for element in elements:
            name = same_as.get(value(element, "abstractNumId"), "")
            if local(element) == "num" and name in definitions:
                self._lists[attribute(element, "numId")] = _list_of(element, levels[name], counts[name])

    def number(self, paragraph: FlowParagraph, properties: etree._Element | None, style: str) -> None:
        """Count the paragraph if it is an item of a list, and enter what is printed before it."""
        styled = self._of_style(style)
        found, level = self._item(find(properties, "numPr"), styled)
        if found is None or level not in found.levels:
            return
        count = _counted(found, level)
        form, mark = found.levels[level].form, _mark(found, level)
        if not mark.strip():
            return  # indented like an item, without a mark
        paragraph.list_kind = "ul" if form in ("bullet", "none") else "ol"
        paragraph.level, paragraph.mark = (level or styled.indent) + 1, mark
        paragraph.number = count if form in _DIGITS else 0

    def _item(self, own: etree._Element | None, styled: _Styled) -> tuple[_List | None, int]:
        """Return the list of a paragraph and the level, from 0 on.

        The list may come from one style and the level from another. A list of headings names the style of each level.
        """
        found = self._lists.get(value(own, "numId") or styled.number)
        if found is None:
            return None, 0
        linked = {level.style: str(number) for number, level in found.levels.items()}
        of_style = next((linked[name] for name in styled.names if name in linked), "")
        return found, whole_number(value(own, "ilvl") or of_style or styled.level or "0", 0)

    def _of_style(self, style: str) -> _Styled:
        """Return what a style says of lists.

        Each of Word's own styles for deeper items has a list of its own, of which it is the first level. Their names
        are English in every Word.
        """
        if style not in self._styled:
            chain = list(self._styles.chain(style))
            indents = (_INDENTED.fullmatch(one.name) for one in chain)
            self._styled[style] = _Styled(
                number=next((one.number for one in chain if one.number), ""),
                level=next((one.level for one in chain if one.level), ""),
                names=tuple(one.id for one in chain),
                indent=next((int(indent[1]) - 1 for indent in indents if indent), 0),
            )
        return self._styled[style]


def _levels(definition: Iterable[etree._Element]) -> dict[int, _Level]:
    elements = {whole_number(attribute(one, "ilvl"), 0): one for one in definition if local(one) == "lvl"}
    return {number: _level(element, number) for number, element in elements.items() if number < MOST_LEVELS}


def _level(element: etree._Element, number: int) -> _Level:
    """Return what an element says of a level. A newer format has an older one beside it for programs such as ours."""
    form = value(element, "numFmt") or value(element, "AlternateContent", "Fallback", "numFmt")
    return _Level(
        form or "decimal",
        NOT_ALLOWED.sub("", value(element, "lvlText")[:LONGEST_MARK]),
        whole_number(value(element, "start"), 1),
        whole_number(value(element, "lvlRestart"), number),
        is_on(find(element, "isLgl")),
        value(element, "pStyle"),
    )


def _list_of(element: etree._Element, levels: dict[int, _Level], counts: dict[int, int]) -> _List:
    overrides = [one for one in element if local(one) == "lvlOverride"]
    own = _levels(level for one in overrides if (level := find(one, "lvl")) is not None)
    starts = {
        whole_number(attribute(one, "ilvl"), 0): whole_number(value(one, "startOverride"), 1)
        for one in overrides
        if find(one, "startOverride") is not None
    }
    return _List(counts, levels | own, starts)


def _counted(one: _List, level: int) -> int:
    """Count one item and return its number. Deeper levels begin again, unless their definition forbids it."""
    if not one.has_begun:
        one.has_begun = True
        for restarted in one.starts:
            one.counts.pop(restarted, None)
    one.counts[level] = one.counts[level] + 1 if level in one.counts else one.start(level)
    for deeper in [number for number in one.counts if number > level]:
        if deeper not in one.levels or level < one.levels[deeper].restarts_after:
            del one.counts[deeper]
    return one.counts[level]


def _mark(one: _List, level: int) -> str:
    text = one.levels[level].text
    for number in range(level + 1):
        if f"%{number + 1}" in text:
            form = one.levels[number].form if number in one.levels else "decimal"
            form = "decimal" if one.levels[level].in_digits else form
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
