"""Read an OpenDocument text, zipped (.odt) or flat (.fodt), into a flow: one walk over its content.

Source of the rules: OpenDocument 1.3, part 3; what LibreOffice writes beyond it is named where it is read.
"""

from dataclasses import replace

from lxml import etree

from reports.document.problem import Problem
from reports.readers.draft import DEEPEST, TOO_DEEP, Draft, Style
from reports.readers.flow import Cell, Flow, FlowParagraph, Kind
from reports.readers.opendocument.parts import (
    MOST_COLUMNS,
    MOST_SPACES,
    NO_TEXT,
    NO_TEXT_ELEMENTS,
    NO_TEXT_SPACES,
    OBJECTS,
    Context,
    Item,
    Table,
    roots_of,
)
from reports.readers.opendocument.styles import OUTLINE, Counts, Styles, number_in
from reports.readers.package import attribute, local


def flow_of(data: bytes) -> Flow:
    """Return the flow of an OpenDocument text. Raise Problem if it cannot be read."""
    content, styles = roots_of(data)
    body = next((node for node in content.iter("{*}text") if local(node.getparent()) == "body"), None)
    if body is None:
        raise Problem(NO_TEXT)
    walk = _Walk(Styles(styles, content), content)
    walk.children(body, Context())
    for masters in styles.iter("{*}master-styles"):
        walk.children(masters, Context("furniture"))
    return walk.flow


class _Walk:
    """Reads elements in their order. `draft` is the paragraph that is open."""

    def __init__(self, styles: Styles, content: etree._Element) -> None:
        self.flow = Flow("opendocument", "paragraph")
        self._styles = styles
        self._draft: Draft | None = None
        self._item: Item | None = None
        self._note = ""  # number of the note whose first paragraph has not come yet
        self._number = self._tables = self._depth = 0
        self._outline = Counts()
        self._last_counts: dict[str, Counts] = {}
        self._counts_by_id: dict[str, Counts] = {}
        self._deletions = {
            attribute(region, "id"): deletion
            for region in content.iter("{*}changed-region")
            for deletion in region.iterchildren("{*}deletion")
        }
        self._controls = {
            attribute(control, "id"): attribute(control, "current-value")
            for forms in content.iter("{*}forms")
            for control in forms.iter("{*}text", "{*}textarea", "{*}combobox", "{*}formatted-text", "{*}date")
        }

    def children(self, node: etree._Element, context: Context) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise Problem(TOO_DEEP)
        self._say(node.text, context)
        for child in node:
            name = local(child)
            space = child.tag[1:].partition("}")[0] if name else ""
            if name and name not in NO_TEXT_ELEMENTS and not space.endswith(NO_TEXT_SPACES):
                getattr(self, "on_" + name.replace("-", "_"), self.children)(child, context)
            self._say(child.tail, context)
        self._depth -= 1

    def _say(self, text: str | None, context: Context) -> None:
        if self._draft:
            self._draft.say(text, context.style)

    def _put(self, text: str, context: Context) -> None:
        if self._draft:
            self._draft.put(text, context.style)

    # Paragraphs

    def on_p(self, node: etree._Element, context: Context) -> None:
        self._number += context.kind == "body"
        paragraph = FlowParagraph(context.kind, cell=context.cell, place=max(1, self._number))
        self._count(node, paragraph, context)
        hidden = context.style.hidden or any(
            attribute(field, "is-hidden") == "true" for field in node.iterchildren("{*}hidden-paragraph")
        )
        style = self._styles.over(Style(hidden=hidden), "paragraph", attribute(node, "style-name"))
        outer, draft = self._draft, Draft(paragraph)
        self._draft = draft
        if self._note:
            draft.put(self._note, Style(raised="sup"))
            draft.put(" ", Style())
            self._note = ""
        self.children(node, replace(context, style=style, list_style="", list_depth=0, counts=None))
        self._draft = outer
        draft.end(self.flow.append)

    def _count(self, node: etree._Element, paragraph: FlowParagraph, context: Context) -> None:
        """Number a paragraph that is the first one of its list item, or a heading whose level has a number."""
        item, self._item = self._item, None
        if not item and context.counts:
            context.counts.restart(context.list_depth + 1)
        depth = number_in(node, "outline-level", 0)
        if not item and local(node) == "h" and attribute(node, "is-list-header") != "true":
            if self._styles.level(OUTLINE, depth).kind != "ol" or not depth:
                return
            item = Item(OUTLINE, depth, self._outline, _start(node))
        if item:
            paragraph.mark, paragraph.number = item.counts.count(self._styles, item.style, item.depth, item.start)
            paragraph.list_kind = self._styles.level(item.style, item.depth).kind
            paragraph.level = item.depth if paragraph.list_kind else 0

    on_h = on_p

    def on_span(self, node: etree._Element, context: Context) -> None:
        self.children(node, replace(context, style=self._marked(node, context.style)))

    def on_a(self, node: etree._Element, context: Context) -> None:
        href = attribute(node, "href").strip()
        href = "" if href.startswith("#") else href
        self.children(node, replace(context, style=replace(self._marked(node, context.style), href=href)))

    def _marked(self, node: etree._Element, style: Style) -> Style:
        return self._styles.over(style, "text", attribute(node, "style-name"))

    def on_s(self, node: etree._Element, context: Context) -> None:
        self._put(" " * min(number_in(node, "c", 1), MOST_SPACES), context)

    def on_tab(self, node: etree._Element, context: Context) -> None:
        self._put("\t", context)

    def on_line_break(self, node: etree._Element, context: Context) -> None:
        self._put("\n", context)

    def on_section(self, node: etree._Element, context: Context) -> None:
        hidden = attribute(node, "display") == "none" or attribute(node, "is-hidden") == "true"
        style = replace(context.style, hidden=context.style.hidden or hidden)
        self.children(node, replace(context, style=style))

    def on_table_of_content(self, node: etree._Element, context: Context) -> None:
        """Read a table of contents or the like, which repeats headings: its program makes it, as it makes a header."""
        self.children(node, replace(context, kind="furniture" if context.kind == "body" else context.kind))

    on_illustration_index = on_table_index = on_object_index = on_user_index = on_alphabetical_index = (
        on_table_of_content
    )

    def on_content_control(self, node: etree._Element, context: Context) -> None:
        """Read a content control of LibreOffice 7.4 or newer, which stands within a paragraph."""
        if attribute(node, "showing-place-holder") == "true":
            return
        if self._draft and not self._draft.paragraph.control:
            self._draft.paragraph.control = attribute(node, "tag") or attribute(node, "alias")
        self.children(node, context)

    def on_control(self, node: etree._Element, context: Context) -> None:
        self._put(self._controls.get(attribute(node, "control"), ""), context)

    # What is not shown

    def on_change(self, node: etree._Element, context: Context) -> None:
        """Add the text that was deleted here; the file keeps it at its top."""
        deletion = self._deletions.pop(attribute(node, "change-id"), None)
        if deletion is None:
            return
        if self._draft is None:
            self.children(deletion, replace(context, kind="deleted"))
            return
        hidden = replace(context, style=Style(hidden=True))
        for index, paragraph in enumerate(deletion.iter("{*}p", "{*}h")):
            self._put("\n" if index else "", hidden)
            if not any(local(around) in ("p", "h") for around in paragraph.iterancestors()):
                self.children(paragraph, hidden)

    def on_hidden_text(self, node: etree._Element, context: Context) -> None:
        if attribute(node, "is-hidden") == "true":
            text = attribute(node, "string-value")
            self._put(text, replace(context, style=replace(context.style, hidden=True)))
        else:
            self.children(node, context)

    # What has paragraphs of its own, which follow the paragraph it stands in

    def _aside(self, node: etree._Element, context: Context, kind: Kind, note: str = "") -> None:
        own = Context(kind, Style(hidden=context.style.hidden), context.cell)

        def read() -> None:
            self._note, self._item = note, None
            self.children(node, own)
            self._note = ""

        if self._draft:
            self._draft.after.append(read)
        else:
            read()

    def on_note(self, node: etree._Element, context: Context) -> None:
        number = "".join("".join(cited.itertext()) for cited in node.iterchildren("{*}note-citation")).strip()
        self._put(number, replace(context, style=Style(raised="sup", hidden=context.style.hidden)))
        self._aside(node, context, "footnote", number)

    def on_annotation(self, node: etree._Element, context: Context) -> None:
        self._aside(node, context, "comment")

    def on_custom_shape(self, node: etree._Element, context: Context) -> None:
        self._aside(node, context, context.kind)

    on_rect = on_ellipse = on_circle = on_line = on_polyline = on_polygon = on_path = on_connector = on_caption = (
        on_custom_shape
    )

    def on_frame(self, node: etree._Element, context: Context) -> None:
        """Read a text box, or count what is no text. A picture beside an object only shows what the object is."""
        names = {local(child) for child in node}
        if boxes := list(node.iterchildren("{*}text-box")):
            for box in boxes:
                self.on_custom_shape(box, context)
        elif names & OBJECTS:
            self.flow.left_out["object"] += 1
        elif "image" in names:
            self.flow.left_out["picture"] += 1

    # Lists

    def on_list(self, node: etree._Element, context: Context) -> None:
        style, depth = attribute(node, "style-name") or context.list_style, context.list_depth + 1
        counts = self._counts(node, style, context.counts)
        inner = replace(context, list_style=style, list_depth=depth, counts=counts)
        for item in node:
            self._item = None
            if local(item) == "list-item":
                self._item = Item(style, depth, counts, _start(item))
            self.children(item, inner)
        self._item = None

    def _counts(self, node: etree._Element, style: str, outer: Counts | None) -> Counts:
        """Return the numbers that a list counts on from: of the list around it, of an earlier one, or none.

        An inner list starts anew only after a paragraph of the outer one. LibreOffice prints it so.
        """
        counts = outer or self._counts_by_id.get(attribute(node, "continue-list"))
        if counts is None and attribute(node, "continue-numbering") == "true":
            counts = self._last_counts.get(style)
        counts = counts or Counts()
        self._last_counts[style] = counts
        if name := attribute(node, "id"):
            self._counts_by_id[name] = counts
        return counts

    # Tables

    def on_table(self, node: etree._Element, context: Context) -> None:
        self._tables += 1
        table = Table(self._tables)
        self.children(node, replace(context, table=table, list_style="", list_depth=0, counts=None))

    def on_table_header_rows(self, node: etree._Element, context: Context) -> None:
        self.children(node, replace(context, in_heading_rows=True))

    def on_table_row(self, node: etree._Element, context: Context) -> None:
        if table := context.table:
            table.row, table.column = table.row + 1, 0
        self.children(node, context)

    def on_table_cell(self, node: etree._Element, context: Context) -> None:
        """Read a cell. One that is repeated is read once: it is blank, and a file may claim a million of them."""
        if not (table := context.table):
            self.children(node, context)
            return
        if number_in(node, "number-columns-spanned", 1) > 1 or number_in(node, "number-rows-spanned", 1) > 1:
            self.flow.merged_cells[table.number] += 1
        cell = Cell(table.number, table.row, table.column, context.in_heading_rows)
        self.children(node, replace(context, cell=cell, table=None, in_heading_rows=False))
        self.on_covered_table_cell(node, context)

    def on_covered_table_cell(self, node: etree._Element, context: Context) -> None:
        if table := context.table:
            table.column += max(1, min(number_in(node, "number-columns-repeated", 1), MOST_COLUMNS))


def _start(node: etree._Element) -> int:
    return number_in(node, "start-value", -1)
