"""Mends the tags that WeasyPrint 70 writes, so that a screen reader meets the document as it is.

What is wrong with them, each mended below:
- what is split by a page break becomes two elements: two tables, two lists, two paragraphs;
- a link that runs over two lines becomes two links, and a bold word in it becomes one more, outside its tag;
- `lang` is not written at all;
- the item of a list that holds a paragraph lacks the body that PDF/UA asks for,
  and a list within an item stands beside that item;
- a header cell lacks its scope, and `headers` of a cell is ignored.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pydyf
from weasyprint.css import AnonymousStyle
from weasyprint.pdf import tags

Node = Any  # a structure element: a pydyf.Dictionary, or None

build_box_tree = tags._build_box_tree


def _build_box_tree_with_sources(box: Any, *arguments: Any) -> Iterator[Node]:
    """WeasyPrint's own function, but every element remembers which HTML element it was made from."""
    box_itself = getattr(box, "_box", box)  # an absolutely placed box stands in a placeholder
    element, tag = box_itself.element, box_itself.element_tag
    makes_no_element_itself = element is None or tag in ("html", "body")
    is_anonymous = isinstance(box_itself.style, AnonymousStyle)
    for node in build_box_tree(box, *arguments):
        # The box around a table is anonymous, but it is the one that becomes the table.
        if not makes_no_element_itself and (node["S"] == "/Table" or not is_anonymous):
            node.source = (element, tag)
        yield node


def install() -> None:
    """Puts the wrapper where WeasyPrint looks its function up; it calls itself through that name."""
    tags._build_box_tree = _build_box_tree_with_sources


def mend(pdf: Any) -> None:
    """Mends the whole tag tree of a PDF that is about to be written."""
    root = next(item for item in pdf.objects if isinstance(item, dict) and item.get("S") == "/Document")
    tree = Tree(pdf)
    tree.visit(root)
    tree.link_cells()
    tree.point_content_to_joined_links()


class Tree:
    def __init__(self, pdf: Any) -> None:
        self.pdf = pdf
        self.header_cells: dict[str, Node] = {}
        self.cells: list[tuple[Node, list[str]]] = []
        self.joined: dict[bytes, bytes] = {}  # reference of a part -> reference of the element it went into
        self.mending: dict[str, Callable[[Node], None]] = {
            "/LI": self.mend_item,
            "/L": self.mend_list,
            "/Link": self.remove_inner_links,
        }

    def element(self, child: Any) -> Node:
        """The structure element that a child refers to; None for content and annotations."""
        if not isinstance(child, bytes):
            return None
        found = self.pdf.objects[int(child.split()[0])]
        return found if isinstance(found, dict) and found.get("Type") == "/StructElem" else None

    def visit(self, node: Node) -> None:
        self.join_children(node)
        self.mending.get(node["S"], self.mend_nothing)(node)
        self.mend_attributes(node)
        for child in tuple(node["K"]):
            element = self.element(child)
            if element is not None:
                self.visit(element)

    def join_children(self, node: Node) -> None:
        """Puts the parts of one HTML element together again."""
        first_parts: dict[Any, Node] = {}
        kept = pydyf.Array()
        for child in node["K"]:
            element = self.element(child)
            source = getattr(element, "source", None)
            first = first_parts.get(source) if source else None
            if first is None or not self.may_join(first, element):
                kept.append(child)
                if source:
                    first_parts[source] = element
            else:
                self.move(element["K"], first)
                self.joined[element.reference] = first.reference
                element.clear()
        node["K"] = kept

    @staticmethod
    def may_join(first: Node, second: Node) -> bool:
        # A link holds its content itself, and content is counted page by page.
        return bool(first["S"] != "/Link" or first["Pg"] == second["Pg"])

    def move(self, children: list[Any], parent: Node) -> None:
        for child in tuple(children):
            element = self.element(child)
            if element is not None:
                element["P"] = parent.reference
            parent["K"].append(child)

    def mend_nothing(self, node: Node) -> None:
        pass

    def mend_list(self, node: Node) -> None:
        """Moves a list that stands beside its item into it."""
        kept = pydyf.Array()
        item = None
        for child in node["K"]:
            element = self.element(child)
            if element is not None and element["S"] == "/L" and item is not None:
                self.move([child], item)
            else:
                kept.append(child)
                item = element
        node["K"] = kept

    def mend_item(self, node: Node) -> None:
        """Leaves an item with its label and one body."""
        labels, bodies, loose = pydyf.Array(), [], []
        for child in node["K"]:
            element = self.element(child)
            tag = element["S"] if element is not None else None
            if tag == "/Lbl":
                labels.append(child)
            elif tag == "/LBody":
                bodies.append(element)
                loose.extend(element["K"])
            else:
                loose.append(child)
        node["K"] = labels
        if not loose:
            return
        body = bodies[0] if bodies else self.new_body(node)
        body["K"] = pydyf.Array()
        self.move(loose, body)
        self.move([body.reference], node)

    def new_body(self, item: Node) -> Node:
        body = pydyf.Dictionary(
            {"Type": "/StructElem", "S": "/LBody", "K": pydyf.Array(), "Pg": item["Pg"], "P": item.reference}
        )
        self.pdf.add_object(body)
        return body

    def remove_inner_links(self, node: Node) -> None:
        """Leaves a link with its own annotations alone, not those of the bold or slanted words in it."""
        for child in node["K"]:
            element = self.element(child)
            if element is not None:
                element["K"] = pydyf.Array(inner for inner in element["K"] if not self.removed(inner))
                self.remove_inner_links(element)

    def removed(self, child: Any) -> bool:
        """Whether the child was a reference to an annotation, which is then gone from its page."""
        found = self.pdf.objects[int(child.split()[0])] if isinstance(child, bytes) else {}
        if found.get("Type") != "/OBJR":
            return False
        page = self.pdf.objects[int(found["Pg"].split()[0])]
        page["Annots"].remove(found["Obj"])
        return True

    def mend_attributes(self, node: Node) -> None:
        html, _ = getattr(node, "source", (None, ""))
        if html is None or not hasattr(html, "get"):
            return
        if html.get("lang"):
            node["Lang"] = pydyf.String(html.get("lang"))
        if node["S"] == "/TH":
            node["A"]["Scope"] = "/Row" if html.get("scope") == "row" else "/Column"
            self.header_cells[html.get("id")] = node
        elif node["S"] == "/TD":
            self.cells.append((node, html.get("headers", "").split()))

    def link_cells(self) -> None:
        """Lets every cell name the header cells that its `headers` attribute names."""
        for cell, names in self.cells:
            identifiers = [self.header_cells[name]["ID"] for name in names if name in self.header_cells]
            cell["A"]["Headers"] = pydyf.Array(identifiers)

    def point_content_to_joined_links(self) -> None:
        """Corrects the table that leads from a page's content and annotations back to their elements."""
        root = next(item for item in self.pdf.objects if isinstance(item, dict) and "ParentTree" in item)
        entries = self.pdf.objects[int(root["ParentTree"].split()[0])]["Nums"]
        for position, entry in enumerate(entries):
            if isinstance(entry, bytes):
                entries[position] = self.joined.get(entry, entry)
            elif isinstance(entry, list):
                entry[:] = [self.joined.get(reference, reference) for reference in entry]
