"""The structure tree of a tagged PDF: its paragraphs, items, cells and notes in reading order.

PDFium gives the tree of each page apart and does not say which elements of two pages are one, so pikepdf reads it
(ISO 32000-1, 14.7 and 14.8). Nothing here is trusted: a tree that is damaged, endless or too deep is no tree.
"""

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pikepdf

from reports.readers.flow import Cell, Kind

MOST_NODES = 30_000  # the longest real form has some 2,000
DEEPEST = 150
MOST_COLUMNS = 1_000
Content = tuple[int, int]  # the number of a page, and that of marked content on it (MCID)

# Elements within a paragraph (ISO 32000-1, 14.8.4.4; "Sub", "Em" and "Strong" are of PDF 2.0). "NonStruct" and
# "Private" have no meaning of their own (14.8.4.2), so they are as transparent.
_INLINE = {"Span", "Link", "Quote", "Reference", "BibEntry", "Code", "Annot", "Ruby", "RB", "RT", "RP", "Warichu"}
_INLINE |= {"WT", "WP", "NonStruct", "Private", "Sub", "Em", "Strong", "Lbl"}
_NOTES = {"Note", "FENote"}
# WeasyPrint makes two elements of one that a page break splits; the portal joins them in the PDFs that it prints.
_CUTS_AT_PAGES = "WeasyPrint"
_DAMAGED = (pikepdf.PdfError, AttributeError, KeyError, IndexError, TypeError, ValueError, RuntimeError, OverflowError)


@dataclass
class Block:
    """A paragraph or item. `labels` is the content of its list's mark, where the file says which that is."""

    kind: Kind = "body"
    level: int = 0  # of the list, 0: no item
    is_counted: bool = False  # the file says that its list counts
    has_label: bool = False
    cell: Cell | None = None
    labels: list[Content] = field(default_factory=list)
    contents: list[Content] = field(default_factory=list)


@dataclass
class Tree:
    blocks: list[Block] = field(default_factory=list)
    merged: Counter[int] = field(default_factory=Counter)  # cells over several columns or rows, by table

    @property
    def spans_pages(self) -> bool:
        """Whether a paragraph or a table goes on over a page."""
        pages: dict[int, set[int]] = {}
        for block in self.blocks:
            own = {page for page, _ in block.contents}
            if len(own | (pages.setdefault(block.cell.table, set()) if block.cell else set())) > 1:
                return True
            if block.cell:
                pages[block.cell.table] |= own
        return False


def tree_of(data: bytes) -> Tree | None:
    """Return the structure tree, None if the file has none or one that cannot be read."""
    try:
        with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as pdf:
            root = pdf.Root.get("/StructTreeRoot")
            tree = None if root is None else _Walk(pdf, root).tree()
            cuts_at_pages = str(pdf.docinfo.get("/Producer", "")).startswith(_CUTS_AT_PAGES)
            return None if cuts_at_pages and tree and not tree.spans_pages else tree
    except _DAMAGED:
        return None


@dataclass
class _Item:
    """A list item: its mark waits for its first text."""

    level: int
    is_counted: bool
    has_label: bool = False
    labels: list[Content] = field(default_factory=list)
    has_text: bool = False


@dataclass
class _Holder:
    """An element that holds text itself; `block` is the one that its text goes to, None after an element in it."""

    block: Block | None = None


@dataclass(frozen=True)
class _Context:
    page: int = 0
    kind: Kind = "body"
    level: int = 0
    is_counted: bool = False
    cell: Cell | None = None
    item: _Item | None = None
    is_label: bool = False
    holder: _Holder = field(default_factory=_Holder)


@dataclass
class _Table:
    """The place of the next cell; `taken` says for each column in how many rows more it belongs to a cell above."""

    number: int
    row: int = -1
    column: int = 0
    taken: dict[int, int] = field(default_factory=dict)

    def next_row(self) -> None:
        self.row += 1
        self.column = 0
        self.taken = {column: rows - 1 for column, rows in self.taken.items() if rows > 1}

    def next_cell(self, columns: int, rows: int) -> int:
        while self.column in self.taken:
            self.column += 1
        first = self.column
        self.column += columns
        if rows > 1:
            self.taken |= dict.fromkeys(range(first, self.column), rows)
        return first


class _Walk:
    def __init__(self, pdf: pikepdf.Pdf, root: Any) -> None:
        self.roles = root.get("/RoleMap", {})
        self.pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        self.root = root
        self.found = Tree()
        self.nodes = 0
        self.tables = 0
        self.seen: set[tuple[int, int]] = set()

    def tree(self) -> Tree:
        self.children(self.root, _Context(), 0)
        return self.found

    def children(self, node: Any, context: _Context, depth: int) -> None:
        """Visit what an element holds. Raise ValueError for a tree that no program makes."""
        for kid in _list(node.get("/K")):
            self.nodes += 1
            if self.nodes > MOST_NODES or depth > DEEPEST:
                raise ValueError("no tree of a report")
            if isinstance(kid, int):
                self.content(int(kid), context)
            elif isinstance(kid, pikepdf.Dictionary):
                self.kid(kid, context, depth)

    def kid(self, kid: Any, context: _Context, depth: int) -> None:
        if kid.get("/Type") == "/OBJR":  # an annotation: PDFium gives links with their places
            return
        page = self.pages.get(kid.Pg.objgen, 0) if "/Pg" in kid else context.page
        context = replace(context, page=page)
        if "/MCID" in kid and "/S" not in kid:
            if "/Stm" in kid:
                raise ValueError("content of a form object: its numbers are not the page's")
            self.content(int(kid.MCID), context)
            return
        if kid.objgen != (0, 0):
            if kid.objgen in self.seen:
                raise ValueError("an element in itself")
            self.seen.add(kid.objgen)
        self.element(kid, context, depth + 1)

    def role(self, node: Any) -> str:
        """Return the standard type that an element's own type stands for."""
        name = str(node.get("/S", ""))
        for _ in range(10):
            mapped = str(self.roles.get(name, "")) if name else ""
            if not mapped or mapped == name:
                break
            name = mapped
        return name.removeprefix("/")

    def element(self, node: Any, context: _Context, depth: int) -> None:
        role = self.role(node)
        if role == "Lbl" and context.item and not context.item.has_text:
            context.item.has_label = True
            self.children(node, replace(context, is_label=True), depth)
        elif role in _INLINE:
            self.children(node, context, depth)
        elif role in _NOTES:
            # The paragraph around a note goes on after it.
            note = _Context(context.page, "footnote", cell=context.cell)
            self.children(node, note, depth)
        elif role == "Table":
            self.table(node, replace(context, item=None, level=0), depth)
            context.holder.block = None
        else:
            self.block(node, role, context, depth)
            context.holder.block = None

    def block(self, node: Any, role: str, context: _Context, depth: int) -> None:
        context = replace(context, holder=_Holder())
        if role == "L":
            context = replace(context, level=context.level + 1, is_counted=_is_counted(node), item=None)
        elif role == "LI":
            context = replace(context, item=_Item(max(1, context.level), context.is_counted))
        self.children(node, context, depth)
        if role == "LI" and context.item and context.item.labels and not context.item.has_text:
            self.begin(context)

    def table(self, node: Any, context: _Context, depth: int) -> None:
        table = _Table(self.tables)
        self.tables += 1
        for row, is_heading, page in self.rows(node, context.page, depth, is_heading=False):
            table.next_row()
            cells = [kid for kid in _list(row.get("/K")) if isinstance(kid, pikepdf.Dictionary)]
            roles = [self.role(kid) for kid in cells]
            all_headings = is_heading or (table.row == 0 and len(roles) > 1 and set(roles) == {"TH"})
            for kid, role in zip(cells, roles, strict=True):
                own = replace(context, page=self.pages.get(kid.Pg.objgen, page) if "/Pg" in kid else page)
                if role in ("TD", "TH"):
                    columns, rows = _span(kid, "/ColSpan"), _span(kid, "/RowSpan")
                    self.found.merged += Counter({table.number: int(columns > 1 or rows > 1)})
                    column = table.next_cell(columns, rows)
                    own = replace(own, cell=Cell(table.number, table.row, column, all_headings), holder=_Holder())
                    self.children(kid, own, depth + 1)
                else:
                    self.kid(kid, own, depth + 1)

    def rows(self, node: Any, page: int, depth: int, *, is_heading: bool) -> Iterator[tuple[Any, bool, int]]:
        """Yield the rows of a table, each with whether it is one of headings, and its page."""
        if depth > DEEPEST:
            raise ValueError("no tree of a report")
        for kid in _list(node.get("/K")):
            self.nodes += 1
            if self.nodes > MOST_NODES:
                raise ValueError("no tree of a report")
            if not isinstance(kid, pikepdf.Dictionary):
                continue
            role = self.role(kid)
            own = self.pages.get(kid.Pg.objgen, page) if "/Pg" in kid else page
            if role == "TR":
                yield kid, is_heading, own
            elif role in ("THead", "TBody", "TFoot"):
                yield from self.rows(kid, own, depth + 1, is_heading=is_heading or role == "THead")
            elif role:
                self.kid(kid, _Context(own), depth + 1)  # a caption

    def content(self, number: int, context: _Context) -> None:
        content = (context.page, number)
        if context.is_label and context.item:
            context.item.labels.append(content)
            return
        if context.holder.block is None:
            context.holder.block = self.begin(context)
        context.holder.block.contents.append(content)

    def begin(self, context: _Context) -> Block:
        block = Block(context.kind, cell=context.cell)
        item = context.item
        if item and not item.has_text:
            item.has_text = True
            block.level, block.is_counted = item.level, item.is_counted
            block.has_label, block.labels = item.has_label, item.labels
        self.found.blocks.append(block)
        return block


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, pikepdf.Array) else [value]


def _attributes(node: Any) -> Iterator[Any]:
    yield from (one for one in _list(node.get("/A")) if isinstance(one, pikepdf.Dictionary))


def _span(cell: Any, name: str) -> int:
    found = next((int(attributes[name]) for attributes in _attributes(cell) if name in attributes), 1)
    return min(max(found, 1), MOST_COLUMNS)


def _is_counted(node: Any) -> bool:
    kinds = {str(attributes.get("/ListNumbering", "")) for attributes in _attributes(node)}
    return bool(kinds & {"/Decimal", "/UpperRoman", "/LowerRoman", "/UpperAlpha", "/LowerAlpha", "/Ordered"})
