"""The walk over one story of a Word file: the body, a header, a note, a comment, a text box.

What is not known by name (insertions, smart tags, formulas …) is entered, so that no text is lost.
"""

from collections.abc import Callable
from dataclasses import replace

from lxml import etree

from reports.document.word_identity import is_place
from reports.readers.flow import Kind
from reports.readers.package import attribute, local
from reports.readers.word.draft import goes_on
from reports.readers.word.drawings import alternative, look_into
from reports.readers.word.fields import address, form_value, is_page, with_anchor
from reports.readers.word.paragraphs import Around, Paragraphs
from reports.readers.word.parts import LONGEST_ADDRESS, find, is_on, value
from reports.readers.word.styles import Look, Raised
from reports.readers.word.tables import Table, is_merged

# Properties and anchors. What is below them is no text.
_WITHOUT_TEXT = {
    *("rPr", "pPr", "tblPr", "tblGrid", "tblPrEx", "tcPr", "trPr", "sectPr", "sdtPr", "sdtEndPr"),
    *("proofErr", "bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "lastRenderedPageBreak"),
    *("annotationRef", "footnoteRef", "endnoteRef", "separator", "continuationSeparator", "pgNum", "softHyphen"),
    "rt",  # how a word of Chinese or Japanese is spoken
}
# Google Docs puts controls of its own around suggestions and comments. They are no places of a form.
_NO_PLACE = "goog_rdk_"


class Story(Paragraphs):
    """Read a story into the flow of its file."""

    def walk(self, node: etree._Element, around: Around) -> None:
        for child in node:
            name = local(child)
            if handler := HANDLERS.get(name):
                handler(self, child, around)
            elif name not in _WITHOUT_TEXT:
                self.walk(child, around)

    # Paragraphs

    def paragraph(self, node: etree._Element, around: Around) -> None:
        properties = find(node, "pPr")
        self.begin(around, properties)
        self.walk(node, around)
        if goes_on(properties):
            self.open(around).goes_on = True
        else:
            self.end()

    # Text

    def run(self, node: etree._Element, around: Around) -> None:
        properties = find(node, "rPr")
        if around.is_placeholder and self.file.styles.is_placeholder(value(properties, "rStyle")):
            return
        look = self.file.styles.look(properties, self.open(around).style)
        self.walk(node, replace(around, look=look))

    def text(self, node: etree._Element, around: Around) -> None:
        """Read characters. A line end among them is a space, for a line break is an element of its own."""
        self.say((node.text or "").replace("\n", " "), around)

    def symbol(self, node: etree._Element, around: Around) -> None:
        """Read a character that is named by its number, in Symbol and Wingdings a private one."""
        code = attribute(node, "char")
        try:
            character = chr(int(code[:6], 16))
        except (ValueError, OverflowError):
            return
        self.say(character, around)

    def field_character(self, node: etree._Element, around: Around) -> None:
        if shown := form_value(node):
            self.say(shown, around)
        self.fields.turn(attribute(node, "fldCharType"))

    def instruction(self, node: etree._Element, around: Around) -> None:
        self.fields.read(node.text or "")

    def simple_field(self, node: etree._Element, around: Around) -> None:
        instruction = attribute(node, "instr")
        is_furniture = around.is_furniture or is_page(instruction)
        self.walk(node, replace(around, href=address(instruction) or around.href, is_furniture=is_furniture))

    def link(self, node: etree._Element, around: Around) -> None:
        target = self.file.parts.links(self.part).get(attribute(node, "id"), "")
        anchor = attribute(node, "anchor")[:LONGEST_ADDRESS]
        self.walk(node, replace(around, href=with_anchor(target, anchor) or around.href))

    # What changes were tracked, and what is not text

    def deletion(self, node: etree._Element, around: Around) -> None:
        self.walk(node, replace(around, is_deleted=True))

    def move(self, node: etree._Element, around: Around) -> None:
        """Leave out text that was moved away. A file without the place it went to has lost it: it is deleted."""
        self.walk(node, replace(around, is_moved=self.file.has_moved, is_deleted=not self.file.has_moved))

    def control(self, node: etree._Element, around: Around) -> None:
        properties = find(node, "sdtPr")
        tag = value(properties, "tag")
        # A control that somebody put into a text of the portal is a part of that text.
        is_inner = is_place(around.control) and not is_place(tag)
        control, number = around.control, around.control_number
        if tag and not tag.startswith(_NO_PLACE) and not is_inner:
            self.file.controls += 1
            control, number = tag, self.file.controls
        if self.draft is not None and control and not self.draft.paragraph.control:
            self.draft.paragraph.control, self.draft.paragraph.control_number = control, number
        content = find(node, "sdtContent")
        if content is None:
            return
        gallery = value(properties, "docPartObj", "docPartGallery")
        around = replace(
            around,
            control=control,
            control_number=number,
            is_placeholder=around.is_placeholder or is_on(find(properties, "showingPlcHdr")),
            is_furniture=around.is_furniture or gallery == "Table of Contents",
        )
        self.walk(content, around)

    def alternatives(self, node: etree._Element, around: Around) -> None:
        chosen = alternative(node)
        if chosen is not None:
            self.walk(chosen, around)

    def drawing(self, node: etree._Element, around: Around) -> None:
        draft = self.open(around)
        found = look_into(node)
        if found.left_out:
            self.leave_out(found.left_out, around)
        kept = replace(around, look=Look(), href="", raised="", table=None)
        place = draft.paragraph.place
        self.boxes += [(Story(self.file, self.part, self.kind, kept, place=place), box) for box in found.boxes]

    def embedded(self, node: etree._Element, around: Around) -> None:
        self.leave_out("object", around)

    # Tables

    def table(self, node: etree._Element, around: Around) -> None:
        self.end()
        table = Table(self.file.tables)
        self.file.tables += 1
        self.walk(node, replace(around, table=table))
        self.end()

    def row(self, node: etree._Element, around: Around) -> None:
        is_deleted = around.is_deleted or find(node, "trPr", "del") is not None
        if around.table:
            around.table.begin_row(node, is_deleted=is_deleted)
        self.walk(node, replace(around, is_deleted=is_deleted))

    def table_cell(self, node: etree._Element, around: Around) -> None:
        self.end()
        is_deleted = around.is_deleted or find(node, "tcPr", "cellDel") is not None
        around = replace(around, is_deleted=is_deleted)
        if around.table:
            if is_merged(node) and not around.is_gone and self.kind == "body":
                self.file.flow.merged_cells[around.table.number] += 1
            around = replace(around, cell=around.table.cell(node, is_deleted=is_deleted))
        self.walk(node, around)
        self.end()

    # Notes

    def note(self, node: etree._Element, around: Around) -> None:
        """Read a reference to a footnote or an endnote: its number in the text, and the note after the paragraph.

        No note is read within a note, which might be its own.
        """
        notes = self.file.notes[local(node).removesuffix("Reference")]
        name = attribute(node, "id")
        if self.kind in ("footnote", "comment") or around.is_moved:
            return
        has_own_mark = attribute(node, "customMarkFollows") in ("1", "true", "on")
        mark = "" if has_own_mark or around.is_deleted else notes.mark(name)
        self.say(mark, replace(around, raised="sup", look=replace(around.look, on=around.look.on - {"b", "i"})))
        self.follow("footnote", notes.take(name), notes.part, around, mark)

    def comment(self, node: etree._Element, around: Around) -> None:
        """Read a comment. It stays a comment where the text that it is about was deleted."""
        if self.kind != "comment" and not around.is_moved:
            comments = self.file.comments
            name = attribute(node, "id")
            self.follow("comment", comments.take(name), comments.part, replace(around, is_deleted=False))

    def follow(self, kind: Kind, root: etree._Element | None, part: str, around: Around, mark: str = "") -> None:
        if root is not None:
            kept = Around(
                cell=around.cell,
                control=around.control,
                control_number=around.control_number,
                is_deleted=around.is_deleted,
            )
            place = self.open(around).paragraph.place
            self.following.append((Story(self.file, part, kind, kept, place=place, mark=mark), root))


def _character(character: str) -> Callable[[Story, etree._Element, Around], None]:
    return lambda story, node, around: story.say(character, around)


def _raised(raised: Raised) -> Callable[[Story, etree._Element, Around], None]:
    return lambda story, node, around: story.walk(node, replace(around, raised=raised))


def _fraction(story: Story, node: etree._Element, around: Around) -> None:
    """Read a fraction of a formula as "1/2"."""
    for name, before in (("num", ""), ("den", "/")):
        part = find(node, name)
        if part is not None:
            story.say(before, around)
            story.walk(part, around)


HANDLERS: dict[str, Callable[[Story, etree._Element, Around], None]] = {
    "p": Story.paragraph,
    "r": Story.run,
    "t": Story.text,
    "delText": Story.text,
    "tab": _character("\t"),
    "ptab": _character("\t"),
    "br": _character("\n"),
    "cr": _character("\n"),
    "noBreakHyphen": _character("-"),
    "sym": Story.symbol,
    "symEx": Story.symbol,
    "sup": _raised("sup"),
    "sub": _raised("sub"),
    "f": _fraction,
    "fldChar": Story.field_character,
    "instrText": Story.instruction,
    "delInstrText": Story.instruction,
    "fldSimple": Story.simple_field,
    "hyperlink": Story.link,
    "del": Story.deletion,
    "moveFrom": Story.move,
    "sdt": Story.control,
    "AlternateContent": Story.alternatives,
    "drawing": Story.drawing,
    "pict": Story.drawing,
    "object": Story.drawing,
    "altChunk": Story.embedded,
    "tbl": Story.table,
    "tr": Story.row,
    "tc": Story.table_cell,
    "footnoteReference": Story.note,
    "endnoteReference": Story.note,
    "commentReference": Story.comment,
}
