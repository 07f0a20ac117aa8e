"""Footnotes, endnotes and comments: where the text refers to them, and what they say."""

from collections.abc import Iterable

from lxml import etree

from reports.readers.package import attribute
from reports.readers.word.numbering import printed
from reports.readers.word.parts import find, value


class Notes:
    """The notes of one kind. Each is read once, however often the file refers to it."""

    def __init__(self, elements: Iterable[etree._Element], part: str, form: str = "decimal") -> None:
        self.part = part
        self._form = form
        self._waiting = {attribute(one, "id"): one for one in elements}
        self._marks: dict[str, str] = {}

    def mark(self, note: str) -> str:
        """Return the number that the text shows for a note."""
        if note not in self._marks:
            self._marks[note] = printed(self._form, len(self._marks) + 1)
        return self._marks[note]

    def take(self, note: str) -> etree._Element | None:
        """Return the note, None if there is none or it was taken before."""
        return self._waiting.pop(note, None)


def form_of_notes(kind: str, body: etree._Element, settings: Iterable[etree._Element]) -> str:
    """Return the format of the numbers of "footnote" or "endnote", whose default is 1 or i (ISO 29500-1, 17.11.18)."""
    of_file = next((value(one, "numFmt") for one in settings if str(one.tag).endswith("}" + kind + "Pr")), "")
    default = "decimal" if kind == "footnote" else "lowerRoman"
    return value(find(body, "sectPr", kind + "Pr"), "numFmt") or of_file or default
