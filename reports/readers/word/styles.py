"""How the characters of a run look: what is set for the run itself, in its styles, and for the whole file."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from lxml import etree

from reports.readers.package import attribute, local
from reports.readers.word.parts import find, is_true, value

Raised = Literal["", "sup", "sub"]

MOST_STYLES = 50  # that are based on one another; Word's own go to about five
_TOGGLED = ("b", "i", "strike", "vanish")
_RAISED: dict[str, Raised] = {"superscript": "sup", "subscript": "sub"}
_PLACEHOLDER = "placeholder text"  # the name of Word's style; its id differs by language


@dataclass(frozen=True)
class Look:
    """`on`: which of Word's on/off properties hold, by their names in the file."""

    on: frozenset[str] = frozenset()
    raised: Raised = ""
    language: str = ""

    @property
    def strong(self) -> bool:
        return "b" in self.on

    @property
    def em(self) -> bool:
        return "i" in self.on

    @property
    def is_gone(self) -> bool:
        """Struck or hidden: a reader of the document does not take it for text."""
        return not self.on.isdisjoint(("strike", "dstrike", "vanish"))


@dataclass(frozen=True)
class Style:
    """What is read of a style, once: a file may name it for any number of paragraphs and runs."""

    id: str
    name: str  # as in an English Word
    based_on: str
    characters: Mapping[str, str]  # the values of the properties of characters
    number: str  # of its list, "" for none
    level: str


class Styles:
    """The styles of a file."""

    def __init__(self, elements: Iterable[etree._Element]) -> None:
        self._styles: dict[str, Style] = {}
        self._defaults: Mapping[str, str] = {}
        self._looks: dict[tuple[str, str], Look] = {}
        self._placeholders = {"PlaceholderText"}
        self.default = ""  # the style of paragraphs that name none
        for element in elements:
            if local(element) == "docDefaults":
                self._defaults = _values(find(element, "rPrDefault", "rPr"))
            elif local(element) == "style":
                style = _style(element)
                self._styles[style.id] = style
                if style.name.casefold() == _PLACEHOLDER:
                    self._placeholders.add(style.id)
                if attribute(element, "type") == "paragraph" and attribute(element, "default") in ("1", "true", "on"):
                    self.default = style.id

    def chain(self, style: str) -> Iterator[Style]:
        """Yield the style and those that it is based on. A circle of styles ends."""
        for _ in range(MOST_STYLES):
            if style not in self._styles:
                return
            yield self._styles[style]
            style = self._styles[style].based_on

    def is_placeholder(self, style: str) -> bool:
        return style in self._placeholders

    def look(self, properties: etree._Element | None, paragraph_style: str) -> Look:
        """Return the look of a run with these properties in a paragraph of this style."""
        styled = self._styled(value(properties, "rStyle"), paragraph_style)
        if properties is None or not len(properties):
            return styled
        own = _values(properties)
        return Look(
            frozenset(name for name in (*_TOGGLED, "dstrike") if _holds(name, own, styled)),
            _RAISED.get(own["vertAlign"], "") if "vertAlign" in own else styled.raised,
            own.get("lang") or styled.language,
        )

    def _styled(self, style: str, paragraph_style: str) -> Look:
        if (style, paragraph_style) not in self._looks:
            on = {name for name in _TOGGLED if self._is_toggled(name, style, paragraph_style)}
            if is_true(self._nearest("dstrike", style, paragraph_style, "0")):
                on.add("dstrike")
            raised = _RAISED.get(self._nearest("vertAlign", style, paragraph_style), "")
            language = self._nearest("lang", style, paragraph_style)
            self._looks[style, paragraph_style] = Look(frozenset(on), raised, language)
        return self._looks[style, paragraph_style]

    def _is_toggled(self, name: str, style: str, paragraph_style: str) -> bool:
        """Return whether the styles switch a property on (ISO 29500-1, 17.7.3).

        Bold in a character style within bold text of a paragraph style is not bold: each toggles the other. A default
        of the whole file holds in any case.
        """
        of_file = self._defaults.get(name)
        if of_file is not None and is_true(of_file):
            return True
        of_character, of_paragraph = self._set_in(name, style), self._set_in(name, paragraph_style)
        return (of_character is not None and is_true(of_character)) != (
            of_paragraph is not None and is_true(of_paragraph)
        )

    def _nearest(self, name: str, style: str, paragraph_style: str, default: str = "") -> str:
        found = (self._set_in(name, style), self._set_in(name, paragraph_style), self._defaults.get(name))
        return next((one for one in found if one is not None), default)

    def _set_in(self, name: str, style: str) -> str | None:
        return next((one.characters[name] for one in self.chain(style) if name in one.characters), None)


def _style(element: etree._Element) -> Style:
    numbering = find(element, "pPr", "numPr")
    return Style(
        attribute(element, "styleId"),
        value(element, "name"),
        value(element, "basedOn"),
        _values(find(element, "rPr")),
        value(numbering, "numId"),
        value(numbering, "ilvl"),
    )


def _values(properties: etree._Element | None) -> dict[str, str]:
    return {local(one): attribute(one, "val") for one in properties} if properties is not None else {}


def _holds(name: str, own: Mapping[str, str], styled: Look) -> bool:
    return is_true(own[name]) if name in own else name in styled.on
