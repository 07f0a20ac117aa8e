"""Read a file into a document, with an account of every line: nothing that was read is dropped.

A reader knows nothing of the database. A new format is one more reader, chosen in `read`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from reports.document.problem import Problem, format_message, gettext_noop
from reports.document.tree import Document, Text
from reports.document.word_identity import Origin

LARGEST_FILE = 20_000_000  # bytes: with pictures, fonts and a seal
LARGEST_TEXT_FILE = 2_000_000  # bytes of text or JSON, a hundred times what the longest real form has
TOO_LARGE = gettext_noop(
    "This file is larger than %(limit)s MB. A filled-in form is far smaller: is it the right file?"
)
TEXT_TOO_LARGE = gettext_noop(
    "This file is larger than %(limit)s MB. A filled-in form as text is far smaller: is it the right file?"
)

Format = Literal["text", "word", "opendocument", "rtf", "web", "pdf", "json"]
Unit = Literal["line", "paragraph", "page"]
Pair = tuple[int, int]  # a contribution's primary key, and the number of a revision of its original text
LineKind = Literal["frame", "prompt", "answer", "address", "loose", "comment", "deleted", "furniture"]


@dataclass(frozen=True)
class Line:
    """One non-blank line of the file.

    `kind` says what the line is: text of the form ("frame", which stored readings and the JSON of import_report use), a
    prompt, a line of an answer, the address of a link, or loose. `section` is the section of a prompt, an answer, or
    a link's text. A loose line, and an address without a section, wait for a person to place them; `near` is the
    section before such a line. Comments, deleted text and furniture (headers, footers, page numbers) are no answer.
    `number` counts lines in a text file and paragraphs in any other; `page` is 0 where a file has no pages of its own.
    """

    number: int
    text: str
    kind: LineKind
    section: str = ""
    note: str = ""
    near: str = ""
    page: int = 0

    @property
    def place(self) -> str:
        """The section in which the line was placed, else the one before it."""
        return self.section or self.near

    @property
    def is_unplaced(self) -> bool:
        return self.kind == "loose" or (self.kind == "address" and not self.section)


@dataclass(frozen=True)
class Notice:
    """Something that a person should look at. `message` and `params` are used like those of a Problem."""

    message: str
    params: dict[str, object] = field(default_factory=dict)
    section: str = ""
    line: int = 0

    def __str__(self) -> str:
        return format_message(self.message, self.params, "en")


@dataclass(frozen=True)
class Claims:
    """What a Word file of the portal says about its texts (ADR 27). Anybody can edit a file: nothing of it is certain.

    `sections` has, by section code, the contribution and the revision of each text of the document, None for a text
    outside the controls; sections with such texts alone are left out. `emptied` are those whose control has no text.
    """

    sections: Mapping[str, tuple[Pair | None, ...]] = field(default_factory=dict)
    emptied: tuple[Pair, ...] = ()
    origin: Origin | None = None


@dataclass(frozen=True)
class ReadResult:
    """`format` is the kind of file it was. `unit` says what the numbers of its lines and notices count.

    The paragraphs of a file with pages ("page") are counted through the whole file.
    """

    document: Document
    lines: tuple[Line, ...]
    notices: tuple[Notice, ...]
    format: Format = "text"
    unit: Unit = "line"
    claims: Claims = Claims()

    def unplaced(self) -> Iterator[Line]:
        """Return the lines and link addresses that a person still has to place or set aside."""
        return (line for line in self.lines if line.is_unplaced)


@dataclass(frozen=True)
class Expected:
    """The form that a file should be, and what is needed to recognise other years' and other countries' forms."""

    blank_form: Document
    other_forms: tuple[Document, ...] = ()
    countries: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # by code: every name of the country
    country_names: Mapping[str, Text] = field(default_factory=dict)  # by code: its name by language


def read(data: bytes, file_name: str, expected: Expected) -> ReadResult:
    """Read a filled-in form. Raise Problem if the file cannot be a form for this report."""
    from reports import apart
    from reports.readers import form, formats, json, lines, text
    from reports.readers.web import page

    if not data.strip(b" \t\r\n\f\x00\xef\xbb\xbf\xff\xfe"):
        raise Problem(gettext_noop("This file is empty. Choose the file of the filled-in form."))
    if len(data) > LARGEST_FILE:
        raise Problem(TOO_LARGE, limit=LARGEST_FILE // 1_000_000)
    file_format = formats.format_of(data, file_name)
    if file_format in formats.PRODUCERS:
        notices: list[Notice] = []
        if file_format == "web" and not page.names_its_encoding(
            data
        ):  # its code page is that of the country's languages
            decoded, notices = lines.decoded(data, expected.blank_form)
            data = decoded.encode()
        found = apart.run(apart.READING, formats.read_apart, file_format, data)
        outcome = json.read(found, expected) if isinstance(found, bytes) else form.read_flow(found, expected)
        return replace(outcome, format=file_format, notices=(*notices, *outcome.notices))
    if len(data) > LARGEST_TEXT_FILE:
        raise Problem(TEXT_TOO_LARGE, limit=LARGEST_TEXT_FILE // 1_000_000)
    if file_format == "json":
        return json.read(data, expected)
    return form.read_flow(text.flow_of(data, expected.blank_form), expected)
