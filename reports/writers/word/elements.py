"""The elements of WordprocessingML (ISO 29500-1, 17), made without a template.

`w("p", w("pPr"), …)` is `<w:p><w:pPr/>…</w:p>`. The standard fixes the order of the children of an element, and Word
refuses a file with another one, so all properties are made here.
"""

from collections.abc import Iterable
from typing import TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATION = f"{{{R}}}id"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
NAMES = {"w": W, "r": R}
_OF_A_FILE = {**NAMES, "mc": MC, "w15": W15}
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_TEXT = "t"

# Order of the children of pPr, rPr and sdtPr (17.3.1.26, 17.3.2.28, 17.5.2.38), of those that are used.
_IN_PARAGRAPH = (
    *("pStyle", "keepNext", "keepLines", "pageBreakBefore", "widowControl", "numPr", "pBdr", "tabs", "bidi", "spacing"),
    *("ind", "contextualSpacing", "jc", "outlineLvl", "rPr"),
)
_IN_RUN = (
    *("rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "color", "spacing", "sz", "szCs", "u", "vertAlign", "rtl"),
    "lang",
)


def w(name: str, /, *children: Element | None, **attributes: str | int) -> Element:
    """Return an element with these children, without those that are None, and attributes of the same namespace."""
    node = etree.Element(f"{{{W}}}{name}", nsmap=NAMES)
    for attribute, value in attributes.items():
        node.set(f"{{{W}}}{attribute}", str(value))
    node.extend(child for child in children if child is not None)
    return node


def on(name: str, is_on: bool = True) -> Element | None:
    """Return a property that is switched on; None if it is not."""
    return w(name) if is_on else None


def paragraph_properties(*children: Element | None) -> Element:
    return _ordered("pPr", children, _IN_PARAGRAPH)


def run_properties(*children: Element | None) -> Element:
    return _ordered("rPr", children, _IN_RUN)


def _ordered(name: str, children: Iterable[Element | None], order: tuple[str, ...]) -> Element:
    there = [child for child in children if child is not None]
    return w(name, *sorted(there, key=lambda child: order.index(etree.QName(child).localname)))


def text_elements(text: str) -> list[Element]:
    """Return the content of a run: the text, with an element for each line break and tab."""
    out: list[Element] = []
    for place, line in enumerate(text.split("\n")):
        if place:
            out.append(w("br"))
        for column, piece in enumerate(line.split("\t")):
            if column:
                out.append(w("tab"))
            if piece:
                node = w(_TEXT)
                node.text = piece
                node.set(_SPACE, "preserve")
                out.append(node)
    return out


def only_for_older_programs(content: Element) -> Element:
    """Return what a program reads as this content, unless it knows later extensions of Word (ISO 29500-3, 7.6)."""
    alternatives = etree.Element(f"{{{MC}}}AlternateContent", nsmap=_OF_A_FILE)
    etree.SubElement(alternatives, f"{{{MC}}}Choice").set("Requires", "w15")
    etree.SubElement(alternatives, f"{{{MC}}}Fallback").append(content)
    return alternatives


def to_xml(root: Element) -> bytes:
    if root.tag.startswith(f"{{{W}}}"):  # a name in "Requires" counts as unused
        etree.cleanup_namespaces(root, top_nsmap=_OF_A_FILE, keep_ns_prefixes=list(_OF_A_FILE))
    content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return content
