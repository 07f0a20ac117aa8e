"""Tell what a file is by its content, whatever its name says, and produce its flow.

The formats of word processors, web pages and PDFs can be built to need any amount of memory and time, so they are read
in a process of their own (reports/apart.py), in which `read_apart` is called. Text and JSON are bounded by length.
"""

import re
import zipfile
from importlib import import_module
from io import BytesIO

from reports.document.problem import Problem, gettext_noop
from reports.readers import Format
from reports.readers.flow import Flow

# By the format: the module with its `flow_of`.
PRODUCERS: dict[Format, str] = {
    "word": "reports.readers.word",
    "opendocument": "reports.readers.opendocument",
    "rtf": "reports.readers.rtf",
    "web": "reports.readers.web",
    "pdf": "reports.readers.pdf",
}
OTHER_DOCUMENT = gettext_noop(
    "This is a spreadsheet, a presentation or an archive, and no text document. Save the filled-in form as a Word "
    "document (.docx) or a PDF, and upload that file."
)
PICTURE = gettext_noop(
    "This is a picture. The portal reads text and no pictures of it: upload the document that it was made from."
)

_OLE2 = b"\xd0\xcf\x11\xe0"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
_START = 1024  # bytes in which a PDF may have its header (ISO 32000-1, annex H) and a web page its first tag
_WEB_PAGE = re.compile(
    rb"<(?:!doctype html|html|head|body|meta|title)\b|xmlns:w=.urn:schemas-microsoft-com", re.IGNORECASE
)
_MHTML = re.compile(rb"^mime-version:", re.IGNORECASE | re.MULTILINE)
_FLAT_OPENDOCUMENT = re.compile(rb"<office:document\b")


def format_of(data: bytes, file_name: str) -> Format:
    """Return the format of a file. Raise Problem for a file that is none of those that can be read."""
    start = data[:_START].lstrip(b"\xef\xbb\xbf \t\r\n")
    if b"%PDF-" in data[:_START]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _format_of_zip(data)
    if data.startswith(_OLE2):
        return "word"  # an older Word, or one with a password: its reader says which
    if start.startswith(b"{\\rtf"):
        return "rtf"
    if _FLAT_OPENDOCUMENT.search(data[: 4 * _START]):
        return "opendocument"
    if data.startswith(_PICTURES):
        raise Problem(PICTURE)
    plain = start.replace(b"\x00", b"")  # in UTF-16 every other byte is zero
    if _WEB_PAGE.search(plain) or _MHTML.search(plain):
        return "web"
    if file_name.lower().endswith(".json") or start.startswith(b"{"):
        return "json"
    return "text"


def _format_of_zip(data: bytes) -> Format:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError):
        return "word"  # damaged: its reader says so
    if "mimetype" in names or "content.xml" in names:
        return "opendocument"
    if "[Content_Types].xml" in names and not any(name.startswith(("xl/", "ppt/")) for name in names):
        return "word"
    raise Problem(OTHER_DOCUMENT)


def read_apart(file_format: Format, data: bytes) -> Flow | bytes:
    """Return the flow of a file, or the JSON that a PDF of the portal carries. Raise Problem."""
    result: Flow | bytes = import_module(PRODUCERS[file_format]).flow_of(data)
    return result
