"""Read a PDF: the report's data where the portal made it, which every PDF of the portal carries, else its text."""

import hashlib

from reports.document.pdf_identity import ATTACHMENT, possible_identifiers
from reports.document.problem import Problem, gettext_noop
from reports.document.tree import Document
from reports.readers import pdf_text
from reports.readers.attachment import Attachment, Refused, extract
from reports.readers.flow import Flow

REFUSALS = {
    "broken": gettext_noop("This PDF is damaged or incomplete. Download it again, or upload the form as a text file."),
    "locked": gettext_noop("This PDF is protected by a password. Upload a copy without it."),
    "too-large": gettext_noop("The contents of this PDF are far larger than any report. It was not read."),
    "altered": gettext_noop(
        "The data in this PDF has changed since the portal made the file, so it was not read. Use the "
        "original file; you can check a copy on the page “Verify a copy”."
    ),
}


def flow_of(data: bytes) -> Flow | bytes:
    """Return the JSON of the document that a PDF of the portal carries, else the flow of the PDF's text.

    Raise Problem for a PDF that cannot be read, or whose data was changed.
    """
    try:
        attachment = extract(data, ATTACHMENT)
    except Refused as refusal:
        if str(refusal) != "no-data":
            raise Problem(REFUSALS[str(refusal)]) from None
        return pdf_text.flow_of(data)
    return checked(attachment)


def checked(attachment: Attachment) -> bytes:
    """Return the attached data if it is what the file's own hashes say. Raise Problem."""
    if attachment.md5 and hashlib.md5(attachment.data, usedforsecurity=False).hexdigest() != attachment.md5:
        raise Problem(REFUSALS["altered"])
    document = Document.from_json(attachment.data)
    if bytes.fromhex(attachment.identifier) not in possible_identifiers(document.sha256()):
        raise Problem(REFUSALS["altered"])
    return attachment.data
