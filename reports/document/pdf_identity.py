"""How the portal's own PDF is recognised and named: the one place that readers, writers and rules share.

The bytes of a PDF depend on four things only: the document, the language of the form text, the translation that was
asked for, and the mark. The key of a PDF is the hash of these four, and the file carries its first half as its
identifier (`/ID` in the trailer, ISO 32000-1, 14.4). The reader compares that identifier with the document attached to
the file, and so notices when one of the two was replaced. A finished file is kept under its key; only a copy with
translations of the secretariat has another name, which is known before it is printed (`rules/reading_copies.py`).
"""

import hashlib
from itertools import product

ATTACHMENT = "report.json"  # the name of the attached document
LANGUAGES = ("en", "nl", "fr")  # of the form text, and of the translations that a copy can be asked in

FINAL = ""
DRAFT = "Draft"
ALL_COUNTRIES = "All"  # the compilation: all countries in one PDF, which carries no document

_IDENTIFIER_BYTES = 16  # what other producers write, too: an MD5's length


def key_of(sha256: str, form_language: str, translation: str, mark: str) -> str:
    """Return the key of a PDF, in hexadecimal; `sha256` is the document's, or for a compilation one a line."""
    return hashlib.sha256("\n".join([sha256, form_language, translation, mark]).encode()).hexdigest()


def identifier_of(key: str) -> bytes:
    """Return the identifier that the PDF with this key carries."""
    return bytes.fromhex(key)[:_IDENTIFIER_BYTES]


def possible_identifiers(sha256: str) -> set[bytes]:
    """Return the identifiers of every PDF that the portal makes of the document with this hash."""
    options = product(LANGUAGES, ("", *LANGUAGES), (FINAL, DRAFT))
    return {identifier_of(key_of(sha256, *option)) for option in options}
