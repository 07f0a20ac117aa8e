"""The paragraphs of one story, put together from what the walk finds, and what holds where the walk is."""

from dataclasses import dataclass, field

from lxml import etree

from reports.document.clean import NOT_ALLOWED
from reports.document.inline import Run
from reports.readers.flow import Cell, FlowParagraph, Kind, LeftOut
from reports.readers.word.draft import CHARACTERS, Draft
from reports.readers.word.fields import Fields
from reports.readers.word.file import WordFile
from reports.readers.word.parts import value
from reports.readers.word.styles import Look, Raised
from reports.readers.word.tables import Table


@dataclass(frozen=True)
class Around:
    """What holds for everything in an element. `look` is that of the run."""

    look: Look = field(default_factory=Look)
    href: str = ""
    raised: Raised = ""
    is_deleted: bool = False
    is_moved: bool = False  # away from here: the text stands at another place
    is_furniture: bool = False
    is_placeholder: bool = False  # of a content control that nobody has filled in
    control: str = ""
    control_number: int = 0
    table: Table | None = None
    cell: Cell | None = None

    @property
    def is_gone(self) -> bool:
        return self.is_deleted or self.is_moved


class Paragraphs:
    """The story that is read, and the paragraph that is open.

    `place`: that of the paragraph to which the story belongs; 0 in the body, which counts its own. `mark`: the number
    of a note, which its text begins with.
    """

    def __init__(
        self, file: WordFile, part: str, kind: Kind, around: Around, *, place: int = 0, mark: str = ""
    ) -> None:
        self.file, self.part, self.kind, self.place, self.mark = file, part, kind, place, mark
        self.around = around
        self.fields = Fields()
        self.draft: Draft | None = None
        self.following: list[tuple[Paragraphs, etree._Element]] = []  # notes and comments of the paragraph
        self.boxes: list[tuple[Paragraphs, etree._Element]] = []

    def read(self, root: etree._Element) -> None:
        self.walk(root, self.around)
        self.end()

    def walk(self, node: etree._Element, around: Around) -> None:
        """Read what is in an element."""
        raise NotImplementedError

    def begin(self, around: Around, properties: etree._Element | None) -> None:
        """Begin a paragraph with these properties, or go on with the open one.

        As long as only deleted text came before, the paragraph is what its second part says.
        """
        draft = self.open(around)
        draft.goes_on = False
        if not draft.text or draft.at_start:
            draft.properties = properties
            draft.style = value(properties, "pStyle") or self.file.styles.default
            draft.is_gone = around.is_gone

    def open(self, around: Around) -> Draft:
        """Return the paragraph that text goes into: the open one, else a new one."""
        if self.draft is None:
            self.file.paragraphs += self.kind == "body" and not self.place
            place = self.place or (self.file.paragraphs if self.kind == "body" else 0)
            paragraph = FlowParagraph(self.kind, cell=around.cell, place=place)
            paragraph.control, paragraph.control_number = around.control, around.control_number
            self.draft = Draft(paragraph, style=self.file.styles.default, is_gone=around.is_gone)
            if self.mark:
                self.draft.say(self.mark, Run("", raised="sup"), "")
                self.draft.say(" ", Run(""), "")
                self.draft.at_start, self.mark = True, ""
        return self.draft

    def end(self) -> None:
        """Put the open paragraph into the flow, then what stands beside it."""
        if self.draft is None:
            return
        draft, self.draft = self.draft, None
        following, self.following, boxes, self.boxes = self.following, [], self.boxes, []
        if not draft.is_gone and (draft.text or not draft.goes_on):
            self.file.numbering.number(draft.paragraph, draft.properties, draft.style)
            self.file.flow.append(draft.finished())
        for story, root in following:
            story.read(root)
        for deleted in draft.beside("deleted", draft.deleted):
            self.file.flow.append(deleted)
        self.file.furniture += draft.beside("furniture", draft.furniture)
        for story, root in boxes:
            story.read(root)

    def say(self, text: str, around: Around) -> None:
        """Add characters to the open paragraph, or to what stands beside it."""
        draft = self.open(around)
        text = NOT_ALLOWED.sub("", text.translate(CHARACTERS))
        if not text or around.is_moved:
            return
        is_beside = around.is_furniture or around.is_placeholder or self.fields.is_page
        if is_beside and self.kind != "furniture":
            draft.furniture.add(text, Run(""))
        elif around.is_deleted or around.look.is_gone or self.fields.is_hidden:
            draft.delete(text)
        else:
            look = around.look
            style = Run("", around.href or self.fields.href, look.strong, look.em, around.raised or look.raised)
            draft.say(text, style, look.language)

    def leave_out(self, what: LeftOut, around: Around) -> None:
        """Count what does not come along. The pictures of headers are nobody's answer."""
        if self.kind in ("body", "footnote") and not around.is_gone:
            self.file.flow.left_out[what] += 1
