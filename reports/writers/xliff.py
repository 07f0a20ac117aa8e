"""Write the rows of a report as XLIFF 1.2, which every translation service reads.

A text is a `file`, because each has its own language; a row is a `trans-unit`. Marks and structure are `g` elements,
line breaks are `x`. An address is in `equiv-text`: the strict schema knows no attribute of our own.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape

from lxml import etree

from reports.document.block import Block
from reports.document.translation import codes
from reports.document.translation.exchange import Sent, SentText, SentUnit
from reports.document.translation.units import html_of

_TAG = re.compile(r'<(/?)([a-z]+)(?: href="([^"]*)")?>|([^<]+)')
_STATES = {"current": "translated", "stale": "needs-review-translation", "not wanted": "final"}
_TOOL = "country-reports"


def write(sent: Sent) -> bytes:
    """Return the file. Units without a translation have no target."""
    root = etree.Element(f"{{{codes.NAMESPACE}}}xliff", {"version": "1.2"}, nsmap={None: codes.NAMESPACE})
    for text in sent.texts:
        _add_text(root, text, sent)
    content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return content


def _add_text(root: etree._Element, text: SentText, sent: Sent) -> None:
    file = _add(
        root,
        "file",
        {
            "original": f"{sent.report}/{text.id}",
            "source-language": text.language,
            "target-language": sent.language,
            "datatype": "html",
            "tool-id": _TOOL,
        },
    )
    header = _add(file, "header")
    _add(header, "note").text = text.title
    _add(header, "tool", {"tool-id": _TOOL, "tool-name": "Country reports"})
    body = _add(file, "body")
    for unit in text.units:
        _add_unit(body, unit, text.language, sent.language)


def _add_unit(body: etree._Element, unit: SentUnit, source_language: str, language: str) -> None:
    kind = codes.kind_of(unit.source)
    node = _add(body, "trans-unit", {"id": unit.id, "restype": kind, _XML + "space": "preserve"})
    if unit.state == "not wanted":
        node.set("translate", "no")
    source = _add(node, "source", {_XML + "lang": source_language})
    marks = _Marks()
    _fill(source, _content(unit.source, kind), marks)
    if not unit.target:
        return
    if unit.state == "current" and unit.origin != "machine":
        node.set("approved", "yes")
    attributes = {_XML + "lang": language, "state": _STATES.get(unit.state, "new")}
    if unit.origin == "machine":
        attributes["state-qualifier"] = "leveraged-mt"
    elif unit.origin == "import":
        attributes["state-qualifier"] = "x-import"
    target = _add(node, "target", attributes)
    same = codes.kind_of(unit.target) == kind
    _fill(target, _content(unit.target, kind if same else ""), marks.of_target())


_XML = "{http://www.w3.org/XML/1998/namespace}"


def _add(parent: etree._Element, name: str, attributes: dict[str, str] | None = None) -> etree._Element:
    return etree.SubElement(parent, f"{{{codes.NAMESPACE}}}{name}", attributes or {})


def _content(found: Sequence[Block], kind: str) -> str:
    """Return the HTML of a row; of a single paragraph or item its words alone, for its kind is in the unit."""
    return found[0].html if kind and codes.is_single(kind) else html_of(found)


@dataclass
class _Marks:
    """The number of each mark: in a target, those of the source's marks that it repeats."""

    known: list[tuple[str, str, str]] = field(default_factory=list)  # tag, address, id
    used: set[str] = field(default_factory=set)

    def of_target(self) -> "_Marks":
        return _Marks(list(self.known))

    def number(self, tag: str, href: str) -> str:
        for name, address, id in self.known:
            if (name, address) == (tag, href) and id not in self.used:
                self.used.add(id)
                return id
        id = str(len(self.known) + 1)
        self.known.append((tag, href, id))
        self.used.add(id)
        return id


def _fill(node: etree._Element, html: str, marks: _Marks) -> None:
    open_nodes = [node]
    for closing, tag, href, text in _TAG.findall(html):
        if text:
            _add_words(open_nodes[-1], unescape(text))
        elif closing:
            open_nodes.pop()
        else:
            attributes = dict(_attributes(tag, unescape(href), marks))
            child = _add(open_nodes[-1], "x" if tag == "br" else "g", attributes)
            if tag != "br":
                open_nodes.append(child)


def _attributes(tag: str, href: str, marks: _Marks) -> Iterator[tuple[str, str]]:
    yield "id", marks.number(tag, href)
    yield "ctype", codes.TYPES[tag]
    if href:
        yield "equiv-text", href


def _add_words(node: etree._Element, text: str) -> None:
    if len(node):
        node[-1].tail = (node[-1].tail or "") + text
    else:
        node.text = (node.text or "") + text
