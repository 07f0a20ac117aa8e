"""Read the portal's own PDF, which carries the report's data as an attachment. Other PDFs are refused."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

from reports.document.pdf_identity import ATTACHMENT, possible_identifiers
from reports.document.problem import Problem, gettext_noop
from reports.document.tree import Document
from reports.readers import LARGEST_FILE, Expected, ReadResult
from reports.readers.json import read as read_json

PROGRAM = Path(__file__).with_name("attachment.py")
TIMEOUT = 20  # seconds
REFUSALS = {
    "no-data": gettext_noop(
        "This PDF does not carry a report's data, so it was not made by this portal. "
        "Open it, copy all of its text into a text file, save that, and upload the text file."
    ),
    "broken": gettext_noop("This PDF is damaged or incomplete. Download it again, or upload the form as a text file."),
    "locked": gettext_noop("This PDF is protected by a password. Upload a copy without it."),
    "too-large": gettext_noop("The contents of this PDF are far larger than any report. It was not read."),
    "altered": gettext_noop(
        "The data in this PDF has changed since the portal made the file, so it was not read. Use the "
        "original file; you can check a copy on the page “Verify a copy”."
    ),
}


def read(data: bytes, expected: Expected) -> ReadResult:
    """Read the report that the PDF carries. Raises Problem."""
    return read_json(attached_document(data), expected)


def attached_document(data: bytes) -> bytes:
    """Return the document's JSON attached to a PDF, checked against the file's own hashes. Raises Problem."""
    about, attachment = extract_in_subprocess(data)
    if "refused" in about:
        raise Problem(REFUSALS[about["refused"]])
    if about["md5"] and hashlib.md5(attachment, usedforsecurity=False).hexdigest() != about["md5"]:
        raise Problem(REFUSALS["altered"])
    document = Document.from_json(attachment)
    if bytes.fromhex(about["identifier"]) not in possible_identifiers(document.sha256()):
        raise Problem(REFUSALS["altered"])
    return attachment


def extract_in_subprocess(data: bytes) -> tuple[dict[str, str], bytes]:
    """Run attachment.py on the PDF. Return what it says about the file (or "refused"), and the attached data."""
    # -I: the program sees neither this folder nor the environment, only the installed packages.
    command = [sys.executable, "-I", str(PROGRAM), ATTACHMENT, str(LARGEST_FILE)]
    try:
        ran = subprocess.run(command, input=data, capture_output=True, timeout=TIMEOUT, check=False)
        about, _newline, attachment = ran.stdout.partition(b"\n")
        return json.loads(about), attachment
    except subprocess.TimeoutExpired:
        return {"refused": "too-large"}, b""
    except ValueError:  # it ran out of memory or time before it could print a reason
        return {"refused": "too-large"}, b""
