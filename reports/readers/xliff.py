"""Read an XLIFF 1.2 file that comes home from a translation service. Nothing in it is trusted.

Its size is bounded before it is parsed, it may define no entities, and its texts go through the same door as what is
typed. A code that the service lost costs a mark, never words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html import escape
from typing import NamedTuple

from lxml import etree

from reports.document import richtext
from reports.document.block import Block
from reports.document.lengths import check_file, check_pieces_of_file
from reports.document.problem import Problem, gettext_noop
from reports.document.translation import codes
from reports.document.translation.exchange import Sent, SentText, SentUnit, source_hash
from reports.document.translation.rows import State
from reports.document.translation.units import Origin, parsed
from reports.readers import Notice
from reports.readers.package import MOST_XML, attribute, local
from reports.readers.package import parsed as parsed_xml

TOO_LARGE = gettext_noop(
    "This file is larger than %(limit)s MB. The file of a report is far smaller: is it the right one?"
)
NOT_XLIFF = gettext_noop("This is no XLIFF file. Upload the file that came back from the translation service.")
OTHER_VERSION = gettext_noop(
    "This file is XLIFF %(version)s. Ask the translation service for the same file in XLIFF 1.2."
)
OTHER_REPORT = gettext_noop("This file belongs to another report. Open that report, and upload the file there.")
TWO_LANGUAGES = gettext_noop("This file has translations into several languages. Upload one file for each language.")
UNKNOWN = gettext_noop("The file has a passage that this portal did not send (%(id)s). It was left out.")
TWICE = gettext_noop("The file has the passage %(id)s twice. The first translation was taken.")
SOURCE_CHANGED = gettext_noop("The original was changed in the file: “%(text)s”. Check the translation.")
CODES_LOST = gettext_noop(
    "The translation lost %(count)s marks of the original (bold, links, list items): “%(text)s”. Check it."
)
CODES_UNKNOWN = gettext_noop(
    "The translation has %(count)s codes that the original has not: “%(text)s”. Their text was kept."
)
_STATES: dict[str, State] = {"translated": "current", "final": "not wanted", "needs-review-translation": "stale"}
_LOST = {"bpt", "ept", "ph", "it", "bx", "ex"}  # a program's own codes: their content is no text
_STRUCTURE = re.compile("<(?:p|ul|ol|table)>")
_BEFORE_XML = b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"  # byte order marks and white space, also in UTF-16
_SHOWN = 60  # characters of a passage in a notice


class Came(NamedTuple):
    """What a file has, as it was sent or translated, and what a person should look at; `section` is the text's id."""

    sent: Sent
    notices: tuple[Notice, ...]


def read(data: bytes, report: str) -> Came:
    """Return what came home for this report. Raise Problem for a file that is none, too large, or hostile."""
    if len(data) > MOST_XML:
        raise Problem(TOO_LARGE, limit=MOST_XML // 1_000_000)
    if not data.lstrip(_BEFORE_XML).startswith(b"<"):
        raise Problem(NOT_XLIFF)
    root = parsed_xml(data)
    if local(root) != "xliff":
        raise Problem(NOT_XLIFF)
    if (version := attribute(root, "version")) != "1.2":
        raise Problem(OTHER_VERSION, version=version[:10])
    files = [node for node in root if local(node) == "file"]
    texts = "".join(root.itertext())
    check_file(len(texts) // 2)  # the originals and their translations
    check_pieces_of_file(sum(1 for _node in root.iter()) // 2)
    languages = {attribute(file, "target-language") for file in files}
    if len(languages) > 1:
        raise Problem(TWO_LANGUAGES)
    reading = _Reading(report)
    found = tuple(reading.text(file) for file in files)
    return Came(Sent(report, next(iter(languages), ""), found), tuple(reading.notices))


@dataclass
class _Codes:
    """The codes of a passage, by id: those of its original, which are `known`, and those `found` in it."""

    known: dict[str, tuple[str, str]] = field(default_factory=dict)  # tag and address
    found: dict[str, tuple[str, str]] = field(default_factory=dict)
    unknown: int = 0

    def take(self, node: etree._Element) -> tuple[str, str]:
        """Return the tag and the address of a code, "" if it says nothing to us. Those of the original count."""
        id = node.get("id", "")
        own = (codes.TAGS.get(node.get("ctype", ""), ""), node.get("equiv-text", ""))
        tag, href = self.found[id] = self.known.get(id, own)
        self.unknown += not tag
        return tag, href


@dataclass
class _Reading:
    report: str
    notices: list[Notice] = field(default_factory=list)

    def text(self, file: etree._Element) -> SentText:
        report, _slash, id = attribute(file, "original").rpartition("/")
        if report != self.report:
            raise Problem(OTHER_REPORT)
        units: dict[str, SentUnit] = {}
        for node in file.iter(f"{{{codes.NAMESPACE}}}trans-unit"):
            name = node.get("id", "")
            unit = self.unit(node, name, id)
            if unit and name in units:
                self.say(TWICE, id, id=name[:_SHOWN])
            elif unit:
                units[name] = unit
        title = next((node.text or "" for node in file.iter(f"{{{codes.NAMESPACE}}}note")), "")
        return SentText(id, title, attribute(file, "source-language"), tuple(units.values()))

    def say(self, message: str, section: str, **params: object) -> None:
        self.notices.append(Notice(message, params, section))

    def unit(self, node: etree._Element, name: str, text: str) -> SentUnit | None:
        number, _dot, hashes = name.partition(".")
        made_from, _dot, base = hashes.partition(".")
        source_node, target_node = (_child(node, part) for part in ("source", "target"))
        like = codes.block_of(node.get("restype", ""))
        is_single = codes.is_single(node.get("restype", ""))
        known = _Codes()
        source = _blocks(source_node, known, like, is_single)
        if not (number.isdecimal() and len(number) < 7 and made_from and base and source):
            self.say(UNKNOWN, text, id=richtext.text_only(name)[:_SHOWN])
            return None
        state, origin = _state(node, target_node)
        used = _Codes(known.found)
        target = _blocks(target_node, used, like, is_single)
        unit = SentUnit(int(number), source, target, state, origin, made_from, base)
        self.look_at(unit, known, used, text)
        return unit

    def look_at(self, unit: SentUnit, known: _Codes, used: _Codes, text: str) -> None:
        shown = _words(unit.source)
        if source_hash(unit.source) != unit.made_from:
            self.say(SOURCE_CHANGED, text, text=shown)
        if not unit.target or unit.is_as_sent:
            return
        if lost := len(known.found.keys() - used.found.keys()):
            self.say(CODES_LOST, text, text=shown, count=lost)
        if used.unknown:
            self.say(CODES_UNKNOWN, text, text=shown, count=used.unknown)


def _child(node: etree._Element, name: str) -> etree._Element | None:
    return next((child for child in node if local(child) == name), None)


def _state(node: etree._Element, target: etree._Element | None) -> tuple[State, Origin]:
    if node.get("translate") == "no":
        state: State = "not wanted"
    elif target is None:
        return "untranslated", "person"
    else:
        state = _STATES.get(target.get("state", ""), "current")
    qualifier = target.get("state-qualifier", "") if target is not None else ""
    return state, "machine" if qualifier == "leveraged-mt" else "import" if qualifier == "x-import" else "person"


def _blocks(node: etree._Element | None, used: _Codes, like: Block, is_single: bool) -> tuple[Block, ...]:
    if node is None:
        return ()
    html = "".join(_html(node, used))
    found = parsed(richtext.from_typed(html, is_html=True), (like,))
    if not is_single or _STRUCTURE.search(html):
        return found
    return tuple(replace(block, kind=like.kind, depth=like.depth) for block in found)


def _html(node: etree._Element, used: _Codes) -> Iterator[str]:
    yield escape(node.text or "", quote=False)
    for child in node:
        name = local(child)
        if name == "x":
            yield "<br>" if used.take(child)[0] == "br" else ""
        elif name == "g":
            tag, href = used.take(child)
            yield f'<a href="{escape(href)}">' if tag == "a" else f"<{tag}>" if tag else ""
            yield from _html(child, used)
            yield f"</{tag}>" if tag else ""
        elif name in _LOST:
            used.unknown += 1
        else:
            yield from _html(child, used)
        yield escape(child.tail or "", quote=False)


def _words(found: tuple[Block, ...]) -> str:
    return " ".join(richtext.text_content(f"<p>{block.html}</p>") for block in found)[:_SHOWN]
