"""Links that mail programs put in place of the real ones: the address in them often names who received the mail.

Each program's form is from its maker's documentation, or, where there is none, from links as they occur in mails.
"""

import base64
import binascii
import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape, unescape
from urllib.parse import unquote, urlsplit

LONGEST_WRAPPED = 8_000  # characters; no mail program or browser knows longer links

_WEB = re.compile(r"https?://[^/?#\s]", re.IGNORECASE)
_NOT_IN_ADDRESS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffd\ud800-\udfff]")
_LINK = re.compile(r"""<a\s(?:[^<>"']|"[^"<]*"|'[^'<]*')*+>""", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"""(?<![\w-])(href|originalsrc)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++))""", re.IGNORECASE
)
_BARE = re.compile(r"https?://[^\s<>\"“”«»]++", re.IGNORECASE)

_Decoder = Callable[[str], str]


@dataclass(frozen=True)
class Unwrapped:
    """The real address of a link, and the name of its wrapper, "" if it had none.

    If `is_decoded` is False, a wrapper does not contain the address: the link stays as it is.
    """

    address: str
    wrapper: str = ""
    is_decoded: bool = True


def unwrap(href: str) -> Unwrapped:
    """Return what a link's address leads to, however many wrappers are around it. It is a web address, or unchanged."""
    found = Unwrapped(href)
    while len(found.address) <= LONGEST_WRAPPED:
        name, decode = _wrapper_of(found.address)
        if not name:
            return found
        target = decode(found.address)
        # It gets shorter, so this ends. A wrapper around anything but a web address stays: it may be an attack.
        if not _WEB.match(target) or _NOT_IN_ADDRESS.search(target) or len(target) >= len(found.address):
            return Unwrapped(found.address, found.wrapper or name, is_decoded=False)
        found = Unwrapped(target, found.wrapper or name)
    return found


def unwrap_links(html: str) -> str:
    """Return HTML with the real addresses in its links. Outlook keeps the real one of a link in "originalsrc"."""
    return _LINK.sub(_unwrapped_tag, html)


def wrapped_links(html: str) -> list[Unwrapped]:
    """Return what `unwrap_links` finds in HTML, for an account of it."""
    hrefs = (_values(tag[0]).get("href", "").strip() for tag in _LINK.finditer(html))
    return [found for href in hrefs if (found := unwrap(href)).wrapper]


def has_unwrapped(html: str) -> bool:
    """Return whether `unwrap_links` puts a real address into HTML."""
    return any(found.is_decoded for found in wrapped_links(html))


def unwrap_text(text: str) -> tuple[str, list[Unwrapped]]:
    """Return a text with the addresses in it unwrapped, and what was a wrapper."""
    found: list[Unwrapped] = []

    def real(address: re.Match[str]) -> str:
        shown = address[0].rstrip(".,;:!?)]’'")
        unwrapped = unwrap(shown)
        if unwrapped.wrapper:
            found.append(unwrapped)
        return unwrapped.address + address[0][len(shown) :]

    return _BARE.sub(real, text), found


def _unwrapped_tag(tag: re.Match[str]) -> str:
    values = _values(tag[0])
    href = values.get("href", "").strip()
    unwrapped = unwrap(href)
    if not unwrapped.wrapper:
        return tag[0]
    original = values.get("originalsrc", "").strip()
    is_known = not unwrapped.is_decoded and _WEB.match(original) and not _NOT_IN_ADDRESS.search(original)
    return f'<a href="{escape(unwrap(original).address if is_known else unwrapped.address)}">'


def _values(tag: str) -> dict[str, str]:
    """Return the first href and originalsrc of a tag."""
    return {name.lower(): unescape(a or b or c) for name, a, b, c in reversed(_ATTRIBUTE.findall(tag))}


def _parameter(name: str, *own: str) -> _Decoder:
    """Return a decoder of `name=…`. The wrapper's `own` parameters follow it; others are part of the address."""
    end = "|".join(own) or "(?!)"
    value = re.compile(rf"[?&]{name}=([^#]*?)(?=&(?:{end})=|#|$)", re.IGNORECASE)

    def decode(href: str) -> str:
        found = value.search(href)
        if not found:
            return ""
        # Some programs show a wrapper with its address decoded; a second decoding would change the address.
        return found[1] if "://" in found[1] else unquote(found[1])

    return decode


def _proofpoint_2(href: str) -> str:
    """Decode "https-3A__www.example.org_path": a hyphen stands for "%", and "_" for "/"."""
    found = re.search(r"[?&]u=([^&#]*)", href)
    return unquote(found[1].replace("-", "%").replace("_", "/")) if found else ""


_RUN_LENGTHS = {
    letter: length
    for length, letter in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", start=2)
}


def _proofpoint_3(href: str) -> str:
    """Decode "/v3/__ADDRESS__;BASE64!": "*" stands for the next of the encoded characters, "**B" for the next three."""
    found = re.search(r"/v3/__(.+?)__;([^!]*)!", href)
    if not found:
        return ""
    try:
        characters = base64.urlsafe_b64decode(found[2] + "==").decode()
    except (binascii.Error, UnicodeDecodeError):
        return ""
    position = 0

    def hidden(token: re.Match[str]) -> str:
        nonlocal position
        count = _RUN_LENGTHS.get(token[1], 0) if token[1] else 1
        position += count
        return characters[position - count : position] or "\ufffd"

    address = re.sub(r"^([a-z]+:/)(?=[^/])", r"\1/", unquote(found[1]), flags=re.IGNORECASE)
    return re.sub(r"\*(?:\*(.))?", hidden, address)


def _last_of_path(href: str) -> str:
    return unquote(urlsplit(href).path.rsplit("/", 1)[-1])


def _base64_parameter(href: str) -> str:
    found = re.search(r"[?&]u=([\w+/=%-]+)", href)
    try:
        return base64.b64decode(unquote(found[1]) + "==", altchars=b"-_").decode() if found else ""
    except (binascii.Error, UnicodeDecodeError):
        return ""


def _unknown(href: str) -> str:
    return ""


_GOOGLE = ("sa", "usg", "ved", "source", "ust", "cd", "rct", "esrc", "opi", "sntz", "uact", "bvm")
# Name, pattern of host and path, decoder. The first that fits counts.
_WRAPPERS: tuple[tuple[str, str, _Decoder], ...] = (
    (
        "Microsoft Safe Links",
        r"[\w.-]+\.safelinks\.protection\.[\w.]+/",
        _parameter("url", "data", "sdata", "reserved"),
    ),
    ("Microsoft Safe Links", r"statics\.teams\.[\w.]+/.*safelinks", _parameter("url", "locale", "dest", "pc", "wau")),
    ("Proofpoint URL Defense", r"urldefense\.[\w.]+/v1/url", _parameter("u", "k", "r", "m", "s")),
    ("Proofpoint URL Defense", r"urldefense\.[\w.]+/v2/url", _proofpoint_2),
    ("Proofpoint URL Defense", r"urldefense\.[\w.]+/v3/", _proofpoint_3),
    ("Google", r"(?:www\.)?google\.[\w.]{2,6}/url", _parameter("(?:q|url)", *_GOOGLE)),
    ("Barracuda Link Protection", r"linkprotect\.cudasvc\.com/url", _parameter("a", "c", "typo", "ancr_add")),
    ("Cisco Secure Email", r"secure-web\.cisco\.com/", _last_of_path),
    ("Trend Micro", r"[\w.-]+\.trendmicro\.(?:com|eu)(?::\d+)?/wis/clicktime", _parameter("url", "umid", "auth")),
    ("Symantec", r"clicktime\.symantec\.com/", _parameter("u")),
    ("Trellix", r"protect\d?\.fireeye\.com/v\d/url", _parameter("u")),
    ("Sophos", r"[\w.-]+\.protection\.sophos\.com/", _base64_parameter),
    ("Outlook", r"[\w.-]+/owa/redir\.aspx", _parameter("url")),
    ("Mimecast", r"[\w.-]+\.mimecast(?:protect)?\.com/", _unknown),
)
_PATTERNS = [(name, re.compile(rf"https?://{place}", re.IGNORECASE), decode) for name, place, decode in _WRAPPERS]


def _wrapper_of(href: str) -> tuple[str, _Decoder]:
    for name, place, decode in _PATTERNS:
        if place.match(href):
            return name, decode
    return "", _unknown
