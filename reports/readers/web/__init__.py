"""Read a web page into a flow: one that Word, LibreOffice, Google Docs or a mail program wrote, or any other.

Source of the rules: what browsers show (the HTML standard, section 15); what a program writes beyond it is named where
it is read.
"""

import re
from dataclasses import dataclass, field, replace

from lxml import etree

from reports.document.problem import Problem
from reports.readers.draft import DEEPEST, TOO_DEEP, Draft, Style
from reports.readers.flow import Cell, Flow, FlowParagraph, Kind
from reports.readers.web.elements import BLOCKS, OBJECTS, PICTURES, SKIPPED, kind_of
from reports.readers.web.lists import HtmlList, Mark, level_by_indent, level_of_word, mark_of, opened
from reports.readers.web.notes import Note, Notes
from reports.readers.web.page import text_of, tree_of
from reports.readers.web.styles import Sheet
from reports.readers.web.tables import HtmlTable

_WORD_IGNORES = re.compile(r"mso-special-character\s*:\s*comment")
_WORD_MARK = re.compile(r"mso-list\s*:\s*ignore")
_WORD_TAB = re.compile(r"mso-tab-count\s*:\s*[1-9]")
_AFTER_MARK = re.compile(r"font\s*:\s*7\.0pt")  # Word's blanks between a mark and the text
_HANGS = re.compile(r"text-indent\s*:\s*-")  # as the items of Word do
_LONGEST_MARK = 12
_QUOTES = (("“", "”"), ("‘", "’"))


@dataclass(frozen=True)
class _Context:
    """What the elements around a passage say about it."""

    kind: Kind = "body"
    style: Style = field(default_factory=Style)
    is_pre: bool = False
    cell: Cell | None = None
    table: HtmlTable | None = None
    lists: tuple[HtmlList, ...] = ()
    quotes: int = 0
    control: str = ""


def flow_of(data: bytes) -> Flow:
    """Return the flow of a web page, also of one in an MHTML file. Raise Problem if it cannot be read."""
    return flow_of_html(text_of(data))


def flow_of_html(html: str) -> Flow:
    """Return the flow of HTML that is decoded already, such as what a program puts on the clipboard. Raise Problem."""
    walk = _Walk()
    root = tree_of(html)
    if root is not None:
        walk.read(root)
    return walk.flow


class _Walk:
    """Reads elements in their order. `draft` is the paragraph that is open; white space alone opens none."""

    def __init__(self) -> None:
        self.flow = Flow("web", "paragraph")
        self._draft: Draft | None = None
        self._item: Mark | None = None  # of the paragraph that comes next
        self._note = ""  # number of the note whose first paragraph comes next
        self._indent = 0  # level of Word's list paragraph that is open, if only its indent tells it
        self._number = self._tables = self._depth = 0

    def read(self, root: etree._Element) -> None:
        self._sheet, notes = Sheet(root), Notes(root)
        self._links, self._blocks, self._unread = notes.by_link, notes.by_block, dict(notes.by_block)
        self._back = {link for note in self._unread.values() for link in note.back}
        makers = (meta.get("content", "") for meta in root.iter("meta") if meta.get("name", "").lower() == "generator")
        self._is_libreoffice = any(maker.startswith(("LibreOffice", "OpenOffice")) for maker in makers)
        self.children(root, _Context())
        self._end()
        for note in list(self._unread.values()):
            self._read_note(note)

    def children(self, node: etree._Element, context: _Context) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise Problem(TOO_DEEP)
        self._say(node.text, context)
        for child in node:
            if isinstance(child.tag, str):
                self._element(child, context)
            elif self._is_libreoffice:
                self._comment(child.text or "", context)
            self._say(child.tail, context)
        self._depth -= 1

    def _element(self, node: etree._Element, context: _Context) -> None:
        name = node.tag.lower()
        if name in SKIPPED or node in self._blocks or self._is_of_word_alone(node, context):
            return
        if name in PICTURES or name in OBJECTS:
            self.flow.left_out["picture" if name in PICTURES else "object"] += 1
            return
        style, is_pre = self._sheet.over(context.style, context.is_pre, node)
        kind = kind_of(node, context.kind)
        if (style, is_pre, kind) != (context.style, context.is_pre, context.kind):
            context = replace(context, style=style, is_pre=is_pre, kind=kind)
        default = self._block if name in BLOCKS else self.children
        getattr(self, "on_" + name.replace(":", "_"), default)(node, context)

    def _is_of_word_alone(self, node: etree._Element, context: _Context) -> bool:
        """Return whether an element holds no text but Word's apparatus, and take a list's mark out of it."""
        if not (style := node.get("style", "").lower()):
            return "EOP" in node.get("class", "").split()  # Word online ends a paragraph so
        if _WORD_MARK.search(style):
            if self._draft is None and self._item:
                self._item = mark_of("".join(node.itertext()), self._item.level)
            return True
        if _AFTER_MARK.search(style) and self._indent and not "".join(node.itertext()).strip():
            if self._draft and self._draft.length <= _LONGEST_MARK:
                self._item = mark_of(self._draft.text_so_far(), self._indent)
                self._draft, self._indent = None, 0
            return True
        if _WORD_TAB.search(style):
            self._say("\t", replace(context, is_pre=True))
            return True
        return bool(_WORD_IGNORES.search(style))

    # Text

    def _say(self, text: str | None, context: _Context) -> None:
        if not text or (self._draft is None and not text.strip()):
            return
        if context.is_pre:
            text = text.replace("\r\n", "\n")
            self._open(context).put(text if self._draft and self._draft.last else text.lstrip("\n"), context.style)
        else:
            self._open(context).say(text, context.style)

    def _open(self, context: _Context) -> Draft:
        """Return the open paragraph, or begin one."""
        if self._draft is None:
            self._number += context.kind == "body"
            paragraph = FlowParagraph(context.kind, cell=context.cell, place=max(1, self._number))
            paragraph.control = context.control
            if item := self._item:
                paragraph.list_kind, paragraph.level = item.kind, item.level
                paragraph.mark, paragraph.number = item.text, item.number
            self._draft, self._item = Draft(paragraph), None
            if self._note:
                self._draft.put(self._note, Style(raised="sup"))
                self._draft.put(" ", Style())
                self._note = ""
        return self._draft

    def _end(self) -> None:
        draft, self._draft = self._draft, None
        if draft:
            draft.end(self._append)

    def _append(self, paragraph: FlowParagraph) -> None:
        if paragraph.text.strip():
            self.flow.append(paragraph)

    def _block(self, node: etree._Element, context: _Context) -> None:
        self._end()
        if level := level_of_word(node):
            self._item = Mark("ul", level, "•")
        elif _HANGS.search(node.get("style", "").lower()) and not self._item:
            self._indent = level_by_indent(node)
        self.children(node, context)
        self._end()
        self._indent = 0
        self._item = None if level else self._item

    def on_br(self, node: etree._Element, context: _Context) -> None:
        """Add a line break; a second one in a row ends a paragraph, as mail programs write it."""
        if self._draft and self._draft.last == "\n" and not context.lists:
            self._end()
        elif self._draft:
            self._draft.put("\n", context.style)

    def on_q(self, node: etree._Element, context: _Context) -> None:
        before, after = _QUOTES[context.quotes % 2]
        self._say(before, context)
        self.children(node, replace(context, quotes=context.quotes + 1))
        self._say(after, context)

    def on_sdfield(self, node: etree._Element, context: _Context) -> None:
        """Read a field of LibreOffice, unless it is the number of a page."""
        if node.get("type", "").upper() != "PAGE":
            self.children(node, context)

    def on_w_sdt(self, node: etree._Element, context: _Context) -> None:
        """Read a content control of Word, unless it shows its placeholder."""
        if node.get("showingplchdr"):
            return
        control = context.control or node.get("sdttag") or node.get("title") or ""
        if self._draft and not self._draft.paragraph.control:
            self._draft.paragraph.control = control
        self.children(node, replace(context, control=control))

    # Links, notes and comments

    def on_a(self, node: etree._Element, context: _Context) -> None:
        if note := self._links.get(node):
            self._refer(note, context)
        elif node not in self._back and not node.get("class", "").startswith("msocom"):
            href = node.get("href", "").strip()
            href = "" if href.startswith("#") else href or context.style.href
            self.children(node, replace(context, style=replace(context.style, href=href)))

    def _refer(self, note: Note, context: _Context) -> None:
        """Put a note's number at its place. The note follows the paragraph; one that a note refers to, at the end."""
        draft = self._open(context)
        if note.kind == "footnote":
            draft.put(note.number, Style(raised="sup", struck=context.style.struck, hidden=context.style.hidden))
        if context.kind == "body" and note.block in self._unread:
            draft.after.append(lambda: self._read_note(note))

    def _read_note(self, note: Note) -> None:
        if self._unread.pop(note.block, None):
            self._note, self._item = (note.number if note.kind == "footnote" else ""), None
            self._block(note.block, _Context(note.kind))
            self._note = ""

    def _comment(self, text: str, context: _Context) -> None:
        """Keep a comment of LibreOffice, which writes it where HTML has comments of its own."""
        paragraph = FlowParagraph("comment", cell=context.cell, place=max(1, self._number))
        draft = Draft(paragraph)
        draft.say(text, Style())
        if self._draft:
            self._draft.after.append(lambda: draft.end(self._append))
        else:
            draft.end(self._append)

    # Lists and tables

    def on_ul(self, node: etree._Element, context: _Context) -> None:
        self._end()
        self._item = None
        inner = opened(node, len(context.lists), self._sheet)
        self.children(node, replace(context, lists=(*context.lists, inner)))
        self._end()

    on_ol = on_menu = on_dir = on_ul

    def on_li(self, node: etree._Element, context: _Context) -> None:
        self._end()
        lists = context.lists or (HtmlList("ul", 1, "•", 0),)
        self._item = lists[-1].next_item(node)
        self.children(node, context)
        self._end()
        self._item = None

    def on_table(self, node: etree._Element, context: _Context) -> None:
        self._end()
        if node.get("role") == "presentation":  # a table only for the looks
            self.children(node, replace(context, table=None))
        else:
            self._tables += 1
            self.children(node, replace(context, table=HtmlTable(self._tables)))
        self._end()

    def on_tr(self, node: etree._Element, context: _Context) -> None:
        self._end()
        if context.table:
            context.table.next_row(node)
        self.children(node, context)

    def on_td(self, node: etree._Element, context: _Context) -> None:
        table = context.table
        if not table:
            self._block(node, context)
            return
        self._end()
        self._item = None
        if table.row < 0:
            table.next_row(node)
        column, is_merged = table.next_cell(node)
        if is_merged:
            self.flow.merged_cells[table.number] += 1
        cell, before = Cell(table.number, table.row, column, table.is_heading), len(self.flow.paragraphs)
        self.children(node, replace(context, cell=cell, table=None, lists=()))
        self._end()
        if len(self.flow.paragraphs) == before:
            self.flow.append(FlowParagraph(context.kind, cell=cell, place=max(1, self._number)))

    on_th = on_td
