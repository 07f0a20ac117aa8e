"""The parts of an OpenDocument file, what is no text in them, and where in them the reader is."""

from dataclasses import dataclass, field

from lxml import etree

from reports.document.problem import Problem, gettext_noop
from reports.readers.draft import Style
from reports.readers.flow import Cell, Kind
from reports.readers.opendocument.styles import Counts
from reports.readers.package import DAMAGED, LOCKED, MOST_XML, TOO_LARGE, Package, parsed

MOST_SPACES = 100  # of one <text:s/>, which may claim 999,999,999
MOST_COLUMNS = 100  # that one element may claim

NO_TEXT = gettext_noop(
    "This OpenDocument file is not a text document. Save the report as a text document (.odt), and upload that file."
)

# What stands in these elements is no text of the document, or is what its program counts.
NO_TEXT_ELEMENTS = {
    *("page-number", "page-count", "page-variable-get", "note-citation", "tracked-changes", "forms", "annotation-end"),
    *("sequence-decls", "variable-decls", "user-field-decls", "dde-connection-decls", "event-listeners", "shapes"),
    *(
        "placeholder",
        "ruby-text",
        "soft-page-break",
        "number",
        "scripts",
        "script",
        "param",
        "binary-data",
        "named-expressions",
    ),
    *("table-of-content-source", "illustration-index-source", "table-index-source", "object-index-source"),
    *("user-index-source", "alphabetical-index-source", "bibliography-source"),
}
# Names and dates of comments, names of pictures. Fields of the text have the same names in another namespace.
NO_TEXT_SPACES = ("http://purl.org/dc/elements/1.1/", "svg-compatible:1.0", "xmlns:meta:1.0")
OBJECTS = {"object", "object-ole", "plugin", "applet", "floating-frame"}


def roots_of(data: bytes) -> tuple[etree._Element, etree._Element]:
    """Return the element with the text and the one with the common styles; a flat file has one for both."""
    if not data.startswith(b"PK"):
        if len(data) > MOST_XML:
            raise Problem(TOO_LARGE)
        root = parsed(data)
        return root, root
    package = Package(data)
    manifest = package.xml("META-INF/manifest.xml")
    if manifest is not None and next(manifest.iter("{*}encryption-data"), None) is not None:
        raise Problem(LOCKED)
    content, styles = package.xml("content.xml"), package.xml("styles.xml")
    if content is None:
        raise Problem(DAMAGED if "mimetype" in package else NO_TEXT)
    return content, content if styles is None else styles


@dataclass
class Table:
    """Where the walk is in a table."""

    number: int
    row: int = -1
    column: int = 0


@dataclass(frozen=True)
class Context:
    """What the elements around a passage say about it."""

    kind: Kind = "body"
    style: Style = field(default_factory=Style)
    cell: Cell | None = None
    table: Table | None = None
    in_heading_rows: bool = False
    list_style: str = ""
    list_depth: int = 0
    counts: Counts | None = None


@dataclass(frozen=True)
class Item:
    """A list item whose first paragraph has not come yet. `start` is -1 if the item does not say its number."""

    style: str
    depth: int
    counts: Counts
    start: int
