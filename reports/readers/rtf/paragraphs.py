"""The paragraphs of an RTF file: each in its text, its list and its cell."""

from dataclasses import dataclass, field

from reports.readers.draft import Draft, Style
from reports.readers.flow import Flow, FlowParagraph, Kind
from reports.readers.list_marks import told_by_mark
from reports.readers.rtf.tables import RtfTable
from reports.readers.rtf.words import Tables


@dataclass
class Story:
    """A text of its own: the body, a note, a header, a text box. `ended` are its paragraphs, once it is over."""

    kind: Kind
    draft: Draft | None = None
    mark: str = ""
    list_number: int = 0
    level: int = 0
    table_depth: int = 0  # of the paragraph
    tables: list[RtfTable] = field(default_factory=list)  # that are open, each in a cell of the one before
    ended: list[FlowParagraph] = field(default_factory=list)
    note: str = ""  # number of the note whose first paragraph comes next
    trims: bool = False  # no text of the note has come yet
    row_words: list[tuple[str, int]] = field(default_factory=list)  # the definition of a table that comes next


DEEPEST_TABLE = 20
_MOST_ROW_WORDS = 1_000  # of one row


class Paragraphs:
    """Puts paragraphs into the flow."""

    def __init__(self, flow: Flow, words: Tables) -> None:
        self.body = Story("body")
        self._flow, self._words = flow, words
        self._number = self._tables = 0

    def open(self, story: Story, *, in_contents: bool = False) -> Draft:
        """Return the open paragraph, or begin one."""
        if story.draft is None:
            self._number += story.kind == "body"
            kind = "furniture" if in_contents and story.kind == "body" else story.kind
            paragraph = FlowParagraph(kind, place=max(1, self._number))
            story.draft = Draft(paragraph)
            if story.note:
                story.draft.put(story.note, Style(raised="sup"))
                story.draft.put(" ", Style())
                story.note, story.trims = "", True
        return story.draft

    def end(self, story: Story) -> None:
        """End the paragraph, and put it into its list and cell."""
        self.fit_tables(story, story.table_depth)
        draft, story.draft = self.open(story), None
        self._put_into_list(draft.paragraph, story)
        draft.end(lambda paragraph: self._append(story, paragraph))
        story.trims = False

    def _append(self, story: Story, paragraph: FlowParagraph) -> None:
        if story.tables and paragraph.cell is None:
            story.tables[-1].place(paragraph)
        if story is self.body:
            self._flow.append(paragraph)
        else:
            story.ended.append(paragraph)

    def _put_into_list(self, paragraph: FlowParagraph, story: Story) -> None:
        mark, story.mark = story.mark.strip(), ""
        kind = self._words.kind(story.list_number, story.level) if story.list_number else None
        if kind == "" or not (mark or story.list_number):
            return
        told, number = told_by_mark(mark)
        paragraph.list_kind = kind or told or "ul"
        paragraph.mark = mark or ("•" if paragraph.list_kind == "ul" else "")
        paragraph.level = story.level + 1
        paragraph.number = number if paragraph.list_kind == "ol" else 0

    def finish(self, story: Story) -> None:
        if story.draft and not story.draft.is_empty():
            self.end(story)
        self.fit_tables(story, 0)

    def put_into(self, outer: Story, inner: Story) -> None:
        """Let a note, comment or text box follow the paragraph it stands in."""

        def add() -> None:
            for paragraph in inner.ended:
                self._append(outer, paragraph)

        if inner.kind in ("footnote", "comment") or (outer.draft and not outer.draft.is_empty()):
            self.open(outer).after.append(add)
        else:
            add()

    def fit_tables(self, story: Story, depth: int) -> None:
        """End tables, or begin some, until as many are open as there are around the paragraph."""
        while len(story.tables) > depth:
            story.tables.pop().end(self._flow)
        while len(story.tables) < depth:
            self._tables += 1
            story.tables.append(RtfTable(self._tables))
            if len(story.tables) == 1:
                for word, number in story.row_words:
                    story.tables[0].word(word, number)
                story.row_words = []

    # Control words

    def word(self, story: Story, word: str, number: int) -> None:
        """Do what a control word of paragraphs or tables says. Leave out an unknown one."""
        match word:
            case "pard":
                story.list_number = story.level = story.table_depth = 0
            case "ls":
                story.list_number = number
            case "ilvl":
                story.level = max(0, min(number, 8))
            case "intbl":
                story.table_depth = max(1, story.table_depth)
            case "itap":
                story.table_depth = max(0, min(number, DEEPEST_TABLE))
            case "par" | "sect" if word == "par" or story.draft:
                self.end(story)
            case "cell" | "nestcell":
                story.table_depth = max(1, story.table_depth)
                self.end(story)
                story.tables[-1].end_cell()
            case "row" if story.tables:
                self.fit_tables(story, 1)
                story.tables[0].end_row()
            case "nestrow" if len(story.tables) > 1:
                story.tables[-1].end_row()

    def define_row(self, story: Story, word: str, number: int, *, nested: bool) -> None:
        """Take in the definition of a row. That of a table's first row may come before its first paragraph."""
        if nested:
            if len(story.tables) > 1:
                story.tables[-1].word(word, number)
        elif story.tables:
            story.tables[0].word(word, number)
        elif word == "trowd":
            story.row_words = [(word, number)]
        elif len(story.row_words) < _MOST_ROW_WORDS:
            story.row_words.append((word, number))
