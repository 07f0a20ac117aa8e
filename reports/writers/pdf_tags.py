"""Correct the structure tree that WeasyPrint 70 writes, so that a screen reader meets the document as it is.

The tree of structure elements ("tags", ISO 32000-1, 14.7 and 14.8) has these faults, each corrected below:

- An element that a page break splits becomes two: two tables, two lists, two paragraphs.
- A link over two lines becomes two links, and a bold word in it becomes one more, outside its tag (PDF/UA-1, 7.18.5).
- `lang` is not written at all (PDF/UA-1, 7.2).
- A list item with a paragraph lacks its body (LBody), and a list inside an item is placed beside it (PDF/UA-1, 7.6).
- A header cell lacks its scope, and `headers` of a cell is ignored (PDF/UA-1, 7.5).
- A row of headings that is printed again on the next page is read again, in the middle of the table (PDF/UA-1, 7.1).
"""

from collections.abc import Callable, Iterator
from typing import Any

import pydyf
from weasyprint.css import AnonymousStyle
from weasyprint.pdf import tags

Node = Any  # a structure element: a pydyf.Dictionary, or None

build_box_tree = tags._build_box_tree


def _build_box_tree_with_sources(box: Any, *arguments: Any) -> Iterator[Node]:
    """Do what WeasyPrint's function does, and note on each structure element the HTML element that it came from."""
    box_itself = getattr(box, "_box", box)  # an absolutely positioned box is inside a placeholder
    element, tag = box_itself.element, box_itself.element_tag
    makes_no_element_itself = element is None or tag in ("html", "body")
    is_anonymous = isinstance(box_itself.style, AnonymousStyle)
    for node in build_box_tree(box, *arguments):
        # The box around a table is anonymous, but it is the one that becomes the table.
        if not makes_no_element_itself and (node["S"] == "/Table" or not is_anonymous):
            node.source = (element, tag)
        yield node


def install() -> None:
    """Replace WeasyPrint's function, which also calls itself by this name."""
    tags._build_box_tree = _build_box_tree_with_sources


def correct(pdf: Any) -> None:
    """Correct the structure tree of a PDF that is about to be written."""
    root = next(item for item in pdf.objects if isinstance(item, dict) and item.get("S") == "/Document")
    tree = StructureTree(pdf)
    tree.visit(root)
    tree.link_cells()
    tree.link_columns()
    tree.point_content_to_joined_links()


class StructureTree:
    """The structure tree of a PDF, while it is corrected from the root down."""

    def __init__(self, pdf: Any) -> None:
        self.pdf = pdf
        self.header_cells: dict[str, Node] = {}
        self.cells: list[tuple[Node, list[str]]] = []
        self.grids: list[Node] = []  # the tables of answers
        self.joined: dict[bytes, bytes] = {}  # by the reference of a part: that of the element that took its content
        self.corrections: dict[str, Callable[[Node], None]] = {
            "/LI": self.correct_item,
            "/L": self.correct_list,
            "/Link": self.remove_inner_links,
        }

    def element(self, child: Any) -> Node:
        """Return the structure element that a child refers to; None for content and annotations."""
        if not isinstance(child, bytes):
            return None
        found = self.pdf.objects[int(child.split()[0])]
        return found if isinstance(found, dict) and found.get("Type") == "/StructElem" else None

    def visit(self, node: Node) -> None:
        self.join_children(node)
        correct_type = self.corrections.get(node["S"])
        if correct_type:
            correct_type(node)
        self.write_attributes(node)
        for child in tuple(node["K"]):
            element = self.element(child)
            if element is not None:
                self.visit(element)

    def join_children(self, node: Node) -> None:
        """Join the parts of one HTML element."""
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
            elif element["S"] != "/THead":  # that of another page stays outside of the tree, as the foot of a page does
                self.move(element["K"], first)
                self.joined[element.reference] = first.reference
                element.clear()
        node["K"] = kept

    @staticmethod
    def may_join(first: Node, second: Node) -> bool:
        # A link contains its content itself, and content is numbered within a page (MCID): so only parts on one page.
        return bool(first["S"] != "/Link" or first["Pg"] == second["Pg"])

    def move(self, children: list[Any], parent: Node) -> None:
        for child in tuple(children):
            element = self.element(child)
            if element is not None:
                element["P"] = parent.reference
            parent["K"].append(child)

    def correct_list(self, node: Node) -> None:
        """Move a list that is beside its item into that item."""
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

    def correct_item(self, node: Node) -> None:
        """Give an item one label and one body (Lbl and LBody), with all its content in the body."""
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
        """Remove the annotations of bold or italic words inside a link, so that the link has only its own."""
        for child in node["K"]:
            element = self.element(child)
            if element is not None:
                element["K"] = pydyf.Array(inner for inner in element["K"] if not self.remove_annotation(inner))
                self.remove_inner_links(element)

    def remove_annotation(self, child: Any) -> bool:
        """Remove the annotation that a child refers to from its page. Return whether the child was one (OBJR)."""
        found = self.pdf.objects[int(child.split()[0])] if isinstance(child, bytes) else {}
        if found.get("Type") != "/OBJR":
            return False
        page = self.pdf.objects[int(found["Pg"].split()[0])]
        page["Annots"].remove(found["Obj"])
        return True

    def write_attributes(self, node: Node) -> None:
        """Write `lang` and the scope of a header cell, and note the headers that a cell names."""
        html, _ = getattr(node, "source", (None, ""))
        if html is None or not hasattr(html, "get"):
            return
        if html.get("lang"):
            node["Lang"] = pydyf.String(html.get("lang"))
        if node["S"] == "/TH":
            node["A"]["Scope"] = "/Row" if html.get("scope") == "row" else "/Column"
            self.header_cells[html.get("id")] = node
        elif node["S"] == "/TD" and html.get("headers"):
            self.cells.append((node, html.get("headers").split()))
        elif node["S"] == "/Table" and html.get("class") is None:
            self.grids.append(node)

    def link_cells(self) -> None:
        """Write into every cell the identifiers of the header cells in its `headers` attribute."""
        for cell, names in self.cells:
            identifiers = [self.header_cells[name]["ID"] for name in names if name in self.header_cells]
            cell["A"]["Headers"] = pydyf.Array(identifiers)

    def link_columns(self) -> None:
        """Write into every cell of an answer's table the heading of its column, as it stands on the first page."""
        for table in self.grids:
            rows = [row for group in self.elements(table) for row in self.elements(group)]
            headings = [cell["ID"] for row in rows[:1] for cell in self.elements(row) if cell["S"] == "/TH"]
            for row in rows:
                for column, cell in enumerate(self.elements(row)):
                    if cell["S"] == "/TD":
                        cell["A"]["Headers"] = pydyf.Array(headings[column : column + 1])

    def elements(self, node: Node) -> Iterator[Node]:
        return (element for child in node["K"] if (element := self.element(child)) is not None)

    def point_content_to_joined_links(self) -> None:
        """Correct the parent tree, which leads from content to its elements (ISO 32000-1, 14.7.4.4)."""
        root = next(item for item in self.pdf.objects if isinstance(item, dict) and "ParentTree" in item)
        entries = self.pdf.objects[int(root["ParentTree"].split()[0])]["Nums"]
        for position, entry in enumerate(entries):
            if isinstance(entry, bytes):
                entries[position] = self.joined.get(entry, entry)
            elif isinstance(entry, list):
                entry[:] = [self.joined.get(reference, reference) for reference in entry]
