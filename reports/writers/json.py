"""A document as JSON: the file a machine reads, and the source that every PDF carries."""

from reports.document.tree import Document


def write(document: Document) -> bytes:
    """The canonical text of the document, closed by a line end."""
    return document.canonical().encode() + b"\n"
