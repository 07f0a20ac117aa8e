"""A paragraph while it is read: its text, and what is not part of it and follows it in the flow."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from reports.document.inline import Run
from reports.readers.flow import FlowParagraph, Kind
from reports.readers.word.parts import find

# A soft hyphen is where a word may be cut, not part of it; a no-break hyphen is one that a search would not find.
CHARACTERS = {0xAD: None, 0x2011: "-"}


class Pieces:
    """Characters with their style. They are joined once, at the end, for a file may cut a word into many runs."""

    def __init__(self) -> None:
        self._pieces: list[tuple[Run, list[str]]] = []
        self.ends_in_space = True

    def add(self, text: str, style: Run) -> None:
        if self._pieces and self._pieces[-1][0] == style:
            self._pieces[-1][1].append(text)
        else:
            self._pieces.append((style, [text]))
        self.ends_in_space = text[-1].isspace()

    def __bool__(self) -> bool:
        return any(text.strip() for _, texts in self._pieces for text in texts)

    def put_into(self, paragraph: FlowParagraph) -> FlowParagraph:
        for style, texts in self._pieces:
            paragraph.add(replace(style, text="".join(texts)))
        return paragraph


@dataclass
class Draft:
    """`is_gone`: the paragraph itself was deleted, so that nothing stays of it but its text as a deletion.

    `goes_on`: its end was deleted too, so that nothing stays of it unless it has text or another paragraph follows.
    `at_start`: it has the number of a note and nothing else. The space that Word writes after a number is left out.
    """

    paragraph: FlowParagraph
    style: str
    is_gone: bool
    goes_on: bool = False
    at_start: bool = False
    properties: etree._Element | None = None
    text: Pieces = field(default_factory=Pieces)
    deleted: Pieces = field(default_factory=Pieces)
    furniture: Pieces = field(default_factory=Pieces)
    languages: Counter[str] = field(default_factory=Counter)
    _deletes: bool = False  # the last character was deleted text

    def say(self, text: str, style: Run, language: str) -> None:
        if self.at_start:
            text = text.lstrip()
        if text:
            self.text.add(text, style)
            self.languages[language] += len(text)
            self.at_start = self.is_gone = self._deletes = False

    def delete(self, text: str) -> None:
        """Add to what was deleted. Two deletions with text between them stay two words."""
        if not self._deletes and not self.deleted.ends_in_space:
            self.deleted.add(" ", Run(""))
        self.deleted.add(text, Run(""))
        self._deletes = True

    def finished(self) -> FlowParagraph:
        """Return the paragraph with its text and the language of most of it."""
        self.paragraph.language = max(self.languages, key=lambda language: self.languages[language], default="")
        return self.text.put_into(self.paragraph)

    def beside(self, kind: Kind, pieces: Pieces) -> Iterator[FlowParagraph]:
        """Yield what stands beside the text of the paragraph, at its place."""
        if pieces:
            yield pieces.put_into(
                FlowParagraph(
                    kind, cell=self.paragraph.cell, place=self.paragraph.place, control=self.paragraph.control
                )
            )


def goes_on(properties: etree._Element | None) -> bool:
    """Return whether the next paragraph goes on with this one.

    So it is where the mark at its end was deleted or moved (ISO 29500-1, 17.13.5.15), where the next style begins in
    the same line ("style separator"), and after an initial that drops into the text.
    """
    mark = find(properties, "rPr")
    if any(find(mark, name) is not None for name in ("del", "moveFrom", "specVanish")):
        return True
    frame = find(properties, "framePr")
    return frame is not None and any(str(name).endswith("}dropCap") and kind != "none" for name, kind in frame.items())
