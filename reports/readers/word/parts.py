"""The parts of a Word file, found through their relations, and how their XML is asked.

Elements are matched by their local names: a strict file (ISO 29500-1) has other namespaces throughout than the
transitional one (29500-4) that Word writes unless it is told otherwise.
"""

import posixpath

from lxml import etree

from reports.document.problem import Problem, gettext_noop
from reports.readers.package import Package, attribute, local

NOT_WORD = gettext_noop(
    "This is not a Word document. Open it, save its text as a Word document (.docx), and upload that file."
)
LONGEST_ADDRESS = 8_000  # characters; no browser follows a longer one
_ON = {"", "1", "true", "on"}


def find(node: etree._Element | None, *path: str) -> etree._Element | None:
    """Return the first child with this name, its first child with the next name, and so on; None if one is missing."""
    for name in path:
        if node is None:
            return None
        node = next((child for child in node if local(child) == name), None)
    return node


def value(node: etree._Element | None, *path: str, default: str = "") -> str:
    """Return the `val` of the element at this path, the default if there is no such element."""
    found = find(node, *path)
    return default if found is None else attribute(found, "val")


def is_on(node: etree._Element | None) -> bool:
    """Return whether an on/off property is there and not switched off (ISO 29500-1, 17.17.4)."""
    return node is not None and is_true(attribute(node, "val"))


def is_true(word: str) -> bool:
    return word in _ON


def whole_number(text: str, default: int) -> int:
    """Return the number that an attribute holds, the default if it is none or absurdly large."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else default


class Parts:
    """The parts of one file. Raises Problem if it is no Word document, or damaged."""

    def __init__(self, data: bytes) -> None:
        self._package = Package(data)
        self._relations: dict[str, list[etree._Element]] = {}
        self._links: dict[str, dict[str, str]] = {}
        # The main part is nearly always word/document.xml, but only the relation says so.
        self.main = next(iter(self.targets("", "officeDocument")), "")
        main = self._package.xml(self.main) if self.main else None
        body = find(main, "body")
        if main is None or body is None or local(main) != "document":
            raise Problem(NOT_WORD)
        self.body = body

    def target(self, kind: str) -> str:
        """Return the name of the part that has this relation to the main part, "" if there is none."""
        return next(iter(self.targets(self.main, kind)), "")

    def targets(self, source: str, kind: str) -> list[str]:
        """Return the names of the parts with this relation, each once."""
        folder = posixpath.join("/", posixpath.dirname(source))
        names = (
            posixpath.normpath(posixpath.join(folder, relation.get("Target", ""))).lstrip("/")
            for relation in self._relations_of(source)
            if relation.get("Type", "").endswith("/" + kind)
        )
        return list(dict.fromkeys(names))

    def links(self, source: str) -> dict[str, str]:
        """Return the addresses that the links of a part lead to, by the id of their relation."""
        if source not in self._links:
            self._links[source] = {
                relation.get("Id", ""): relation.get("Target", "")
                for relation in self._relations_of(source)
                if relation.get("Type", "").endswith("/hyperlink") and len(relation.get("Target", "")) < LONGEST_ADDRESS
            }
        return self._links[source]

    def root(self, name: str) -> etree._Element | None:
        return self._package.xml(name) if name else None

    def children(self, kind: str) -> list[etree._Element]:
        """Return the elements of the part with this relation, none if there is no such part."""
        root = self.root(self.target(kind))
        return [] if root is None else list(root)

    def _relations_of(self, source: str) -> list[etree._Element]:
        if source not in self._relations:
            folder, file = posixpath.split(source)
            root = self._package.xml(posixpath.join(folder, "_rels", file + ".rels"))
            self._relations[source] = [] if root is None else [one for one in root if local(one) == "Relationship"]
        return self._relations[source]
