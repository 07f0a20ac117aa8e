"""The bytes of a web page as a tree of elements: which encoding they have, and where the page is in an MHTML file."""

import email
import email.policy
import re

from lxml import etree

from reports.document.problem import Problem, gettext_noop
from reports.readers.package import DAMAGED, MOST_XML, TOO_LARGE

NO_PAGE = gettext_noop("This file holds no web page. Save the report anew as a web page (.html), or as a Word file.")

# "iso-8859-1" means Windows-1252, because browsers read it so (the Encoding Standard, section 4.2).
_WINDOWS_1252 = {"iso-8859-1", "iso8859-1", "latin1", "latin-1", "us-ascii", "ascii", "windows-1252"}
_CHARSET = re.compile(rb"""charset\s{0,9}=\s{0,9}["']?\s{0,9}([\w:.-]{1,40})""", re.IGNORECASE)
_MHTML = re.compile(rb"\A\s{0,9}(?:[\w-]{1,40}:[^\n]{0,998}\n(?:[ \t][^\n]{0,998}\n){0,9}){1,30}")
_MOST_TAGS = 300_000  # each takes half a kilobyte; a form of Word has some 5,000
_MOST_PARTS = 500  # of an MHTML file, of which every picture is one
# The parser ends these elements before a paragraph or table that they contain, and so loses bold and struck text.
# Browsers go on with them. Elements of the same meaning stay open.
_CUT_OFF = re.compile(r"<(/?)(b|i|s|strike|u|big|small|tt|font)(?=[\s>/])", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,200}>")  # the text is decoded already, so the parser refuses it
_INSTEAD = {"b": "strong", "i": "em", "s": "del", "strike": "del"}


def text_of(data: bytes) -> str:
    """Return the HTML in a file, which may be MHTML. Raise Problem if there is none, or too much."""
    charset = ""
    if is_mhtml(data):
        data, charset = _page_in(data)
    if len(data) > MOST_XML:
        raise Problem(TOO_LARGE)
    return decoded(data, charset)


def tree_of(html: str) -> etree._Element | None:
    """Return the root of a page, None if it is blank. Raise Problem if it cannot be read."""
    html = _CUT_OFF.sub(_replaced, _XML_DECLARATION.sub("", html.replace("\x00", "")))
    if html.count("<") > _MOST_TAGS:
        raise Problem(TOO_LARGE)
    if not html.strip():
        return None
    parser = etree.HTMLParser(no_network=True, remove_pis=True, huge_tree=False)
    try:
        return etree.fromstring(html, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise Problem(DAMAGED) from None


def _replaced(tag: re.Match[str]) -> str:
    return f"<{tag[1]}{_INSTEAD.get(tag[2].lower(), 'span')}"


def decoded(data: bytes, charset: str = "") -> str:
    """Return the text as browsers do: by a byte order mark, `charset`, what the page says, UTF-8, Windows-1252."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    said = _CHARSET.search(data[:4096])
    name = (charset or (said[1].decode("ascii") if said else "")).lower()
    if name.startswith("utf-16"):
        name = "utf-8"  # the page could not say so in single bytes if it were true
    for candidate in ("cp1252" if name in _WINDOWS_1252 else name, "utf-8"):
        try:
            return data.decode(candidate)
        except (LookupError, ValueError):  # an unknown name, one that decodes no text, or wrong bytes
            pass
    return data.decode("cp1252", "replace")


def names_its_encoding(data: bytes) -> bool:
    """Return whether a page tells its encoding, by a mark, by its words, or by being UTF-8; MHTML always does."""
    if data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")) or _CHARSET.search(data[:4096]) or is_mhtml(data):
        return True
    try:
        data.decode("utf-8")
    except ValueError:
        return False
    return True


def is_mhtml(data: bytes) -> bool:
    """Return whether a file begins with the headers of an e-mail, as "Web page, single file" does."""
    found = _MHTML.match(data)
    return found is not None and b"content-type:" in found[0].lower()


def _page_in(data: bytes) -> tuple[bytes, str]:
    """Return the first web page in an MHTML file, and its encoding or "". Pictures and frames are other parts."""
    if data.count(b"multipart/") > 20 or data.count(b"Content-Type") > _MOST_PARTS:
        raise Problem(TOO_LARGE)
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                return payload, str(part.get_content_charset() or "")
    raise Problem(NO_PAGE)
