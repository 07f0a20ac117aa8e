"""Write a document as JSON: for other programs, and as the attachment of every PDF."""

from reports.document.tree import Document


def write(document: Document) -> bytes:
    """Return the canonical text of the document and a line end."""
    return document.canonical().encode() + b"\n"
