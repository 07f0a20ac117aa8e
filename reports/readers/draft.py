"""A paragraph while a reader of marked-up files collects it: its style, its struck text, and what follows it."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal

from reports.document.clean import NOT_ALLOWED
from reports.document.inline import Run
from reports.document.problem import gettext_noop
from reports.readers.flow import FlowParagraph

DEEPEST = 150  # elements in one another; each takes up to three calls, and Python stops at a thousand

TOO_DEEP = gettext_noop(
    "This file is nested far deeper than any report. Copy its text into a new file, and upload the new file."
)

Raised = Literal["", "sup", "sub"]

_WHITE_SPACE = re.compile("[ \t\n\r\f]+")
_SOFT_HYPHEN, _NO_BREAK_HYPHEN = "\u00ad", "\u2011"


@dataclass(frozen=True)
class Style:
    """How a passage looks. Struck and hidden text is no text of its paragraph."""

    href: str = ""
    strong: bool = False
    em: bool = False
    raised: Raised = ""
    struck: bool = False
    hidden: bool = False  # also deleted under change tracking
    language: str = ""

    def run(self, text: str) -> Run:
        return Run(text, self.href, self.strong, self.em, self.raised)


@dataclass
class _Text:
    """Collects pieces of text, and joins them once for each style: joining at each piece takes quadratic time."""

    paragraph: FlowParagraph
    pieces: list[str] = field(default_factory=list)
    style: Style = Style()
    last: str = ""  # character
    length: int = 0

    def add(self, text: str, style: Style) -> None:
        if not text:
            return
        if style != self.style:
            self.flush()
            self.style = style
        self.pieces.append(text)
        self.last = text[-1]
        self.length += len(text)

    def flush(self) -> None:
        self.paragraph.add(self.style.run("".join(self.pieces)))
        self.pieces = []

    def end(self) -> None:
        self.flush()
        runs = self.paragraph.runs
        while runs and not runs[-1].text.rstrip(" \n"):
            runs.pop()
        if runs:
            runs[-1] = replace(runs[-1], text=runs[-1].text.rstrip(" \n"))


class Draft:
    """Collects one paragraph. `after` are calls that add what follows it: its notes, comments and text boxes."""

    def __init__(self, paragraph: FlowParagraph) -> None:
        self.paragraph = paragraph
        self.after: list[Callable[[], None]] = []
        self._text = _Text(paragraph)
        self._deleted = _Text(FlowParagraph("deleted", cell=paragraph.cell, place=paragraph.place))
        self._goes_on = True  # no text came since the last deletion

    @property
    def last(self) -> str:
        """The last character of the text, "" before the first one."""
        return self._text.last

    @property
    def length(self) -> int:
        """How many characters of text there are. Their number costs nothing, the text its length."""
        return self._text.length

    def text_so_far(self) -> str:
        self._text.flush()
        return self.paragraph.text

    def is_empty(self) -> bool:
        return not (self._text.last or self._deleted.last or self.after)

    def put(self, text: str, style: Style) -> None:
        """Add text as it is, without soft hyphens and characters that nothing can store.

        Raise Problem if the style changes too often.
        """
        text = NOT_ALLOWED.sub("", text)
        text = text.replace(_SOFT_HYPHEN, "").replace(_NO_BREAK_HYPHEN, "-")
        if not text:
            return
        if style.struck or style.hidden:
            last = self._deleted.last
            if last in ("", " ", "\n"):
                text = text.lstrip(" ")
            elif not self._goes_on and not text.startswith((" ", "\n")):
                text = f" {text}"
            self._deleted.add(text, Style())
            self._goes_on = True
            return
        self._goes_on = False
        if style.language:
            self.paragraph.language = self.paragraph.language or style.language
            style = replace(style, language="")
        self._text.add(text, style)

    def say(self, text: str | None, style: Style) -> None:
        """Add text of XML or HTML, where white space is one space, and none after another one or at the start."""
        if not text:
            return
        text = _WHITE_SPACE.sub(" ", text)
        last = self._deleted.last if style.struck or style.hidden else self._text.last
        if text[0] == " " and last in ("", " ", "\n"):
            text = text[1:]
        self.put(text, style)

    def end(self, append: Callable[[FlowParagraph], None]) -> None:
        """Append the paragraph, then its deleted text and what follows it. Raise Problem if that is too much."""
        self._text.end()
        self._deleted.end()
        append(self.paragraph)
        if self._deleted.paragraph.text.strip():
            append(self._deleted.paragraph)
        for add in self.after:
            add()
