"""What all stories of a Word file share: styles, lists, notes, counts, and the flow that they are read into."""

from reports.readers.flow import Flow, FlowParagraph
from reports.readers.word.notes import Notes, form_of_notes
from reports.readers.word.numbering import Numbering
from reports.readers.word.parts import Parts
from reports.readers.word.styles import Styles


class WordFile:
    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.flow = Flow("word", "paragraph")
        self.furniture: list[FlowParagraph] = []  # of the text; it follows at the end
        self.paragraphs = self.tables = self.controls = 0  # how many there were until now
        self.styles = Styles(parts.children("styles"))
        self.numbering = Numbering(parts.children("numbering"), self.styles)
        self.comments = Notes(parts.children("comments"), parts.target("comments"))
        settings = parts.children("settings")
        self.notes = {
            kind: Notes(parts.children(kind + "s"), parts.target(kind + "s"), form_of_notes(kind, parts.body, settings))
            for kind in ("footnote", "endnote")
        }
        self.has_moved = next(parts.body.iter("{*}moveTo"), None) is not None
