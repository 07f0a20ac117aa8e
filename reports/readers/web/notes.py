"""The notes and comments of a web page: pairs of links, one in the text and one back to it.

Word, LibreOffice, Google Docs and encyclopedias all write them so, each with names of its own. Nothing else on a page
links to a place further down that links back.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from reports.readers.flow import Kind

_LONGEST_MARK = 12  # characters: "[AB12]"
_MOST_LINKS = 20  # that are looked at in one note
_COMMENT = re.compile(r"_?(?:ms_?o?com|cmnt|comment)", re.IGNORECASE)
_INLINE = {"a", "span", "sup", "sub", "strong", "em", "b", "i", "font", "del", "ins", "u", "code"}


@dataclass(frozen=True)
class Note:
    """A footnote or comment: `block` is the element with its text, `back` the links that return to the main text."""

    kind: Kind
    number: str
    block: etree._Element
    back: tuple[etree._Element, ...]


class Notes:
    """The notes of a page by the link in the text, and by their element."""

    def __init__(self, root: etree._Element) -> None:
        self.by_link: dict[etree._Element, Note] = {}
        self.by_block: dict[etree._Element, Note] = {}
        self._links: dict[etree._Element, list[etree._Element]] = {}
        self._order: dict[etree._Element, int] = {}
        self._named: dict[str, etree._Element] = {}
        for place, node in enumerate(root.iter(etree.Element)):
            self._order[node] = place
            for name in filter(None, (node.get("id"), node.get("name"))):
                self._named.setdefault(name, node)
        by_target: dict[etree._Element, Note] = {}
        for link in root.iter("a"):
            target = self._named.get(_target_name(link))
            if target is None:
                continue
            if note := self._note(link, target, by_target.get(target)):
                self.by_link[link] = by_target[target] = self.by_block[note.block] = note

    def _note(self, link: etree._Element, target: etree._Element, known: Note | None) -> Note | None:
        """Return the note that a link leads to, None if it leads elsewhere. A note may be referred to twice."""
        mark = "".join(islice(link.itertext(), 10)).strip()
        if self._order[target] <= self._order[link] or len(mark) > _LONGEST_MARK or not mark:
            return None
        if known:
            return known
        block = _block_of(target)
        names = set(_names_around(link))
        back = tuple(one for one in self._links_in(block) if _target_name(one) in names)
        if not back or any(around is block for around in link.iterancestors()):
            return None
        outer = block.getparent()
        # A note of several paragraphs is in an element of its own.
        if outer is not None and outer.tag in ("div", "aside") and len(self._links_in(outer)) == len(back):
            block = outer
        kind: Kind = "comment" if _COMMENT.match(_target_name(link)) else "footnote"
        return Note(kind, mark.strip("[]() "), block, back)

    def _links_in(self, block: etree._Element) -> list[etree._Element]:
        """Return the first links within a page that an element has."""
        if block not in self._links:
            inner = (link for link in block.iter("a") if _target_name(link))
            self._links[block] = list(islice(inner, _MOST_LINKS))
        return self._links[block]


def _target_name(link: etree._Element) -> str:
    href = link.get("href", "").strip()
    return href[1:] if href.startswith("#") else ""


def _names_around(link: etree._Element) -> Iterator[str]:
    """Yield the names that a link back may use: of the link, of what is right around it, and of what is in it."""
    nodes = [link, *islice(link.iterancestors(), 2), *islice(link.iter(), 5)]
    for node in nodes:
        yield from filter(None, (node.get("id"), node.get("name")))


def _block_of(node: etree._Element) -> etree._Element:
    while node.tag in _INLINE and node.getparent() is not None:
        node = node.getparent()
    return node
