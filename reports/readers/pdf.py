"""The portal's own PDF: its attachment is the report's data, so it is read back whole. Other PDFs are refused."""

import hashlib
import itertools
import json
import subprocess
import sys
from pathlib import Path

from reports.document.problem import Problem, gettext_noop
from reports.document.tree import Document
from reports.readers import Expected, Outcome
from reports.readers.json import read as read_json

PROGRAM = Path(__file__).with_name("attachment.py")
PATIENCE = 20  # seconds
LANGUAGES = ("en", "nl", "fr")
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


def read(data: bytes, expected: Expected) -> Outcome:
    """The report that the PDF carries. Raises Problem."""
    attachment = attached(data)
    return read_json(attachment, expected)


def attached(data: bytes) -> bytes:
    """The data attached to a PDF, whose own hashes it matches. Raises Problem."""
    about, attachment = in_its_own_process(data)
    if "refused" in about:
        raise Problem(REFUSALS[about["refused"]])
    if about["md5"] and hashlib.md5(attachment, usedforsecurity=False).hexdigest() != about["md5"]:
        raise Problem(REFUSALS["altered"])
    if about["identifier"] not in identifiers(Document.from_json(attachment)):
        raise Problem(REFUSALS["altered"])
    return attachment


def in_its_own_process(data: bytes) -> tuple[dict[str, str], bytes]:
    try:
        ran = subprocess.run(
            [sys.executable, "-I", str(PROGRAM)], input=data, capture_output=True, timeout=PATIENCE, check=False
        )
        about, _newline, attachment = ran.stdout.partition(b"\n")
        return json.loads(about), attachment
    except subprocess.TimeoutExpired:
        return {"refused": "too-large"}, b""
    except ValueError:  # it ran out of memory or time before it could say so
        return {"refused": "too-large"}, b""


def identifiers(document: Document) -> set[str]:
    """What the writer may have put into the file as its identifier: it is a hash of the document and its options."""
    own = document.sha256()
    options = itertools.product(LANGUAGES, ("", *LANGUAGES), ("", "Draft"))
    return {
        hashlib.sha256("\n".join([own, frame, translation, mark]).encode()).hexdigest()[:32]
        for frame, translation, mark in options
    }
