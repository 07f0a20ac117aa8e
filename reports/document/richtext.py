"""The normal form of rich text, wherever it comes from and wherever it is stored.

It has paragraphs and lists (`ul/ol > li > p`, with further lists inside an item), `strong`, `em`, `sup`, `sub`,
`a[href]` and `br`.
Everything else is mapped to these, or loses its tags and keeps its text. The normal form makes texts comparable: what
the editor sends after a keystroke and its undo equals what a reader made.
"""

import re
from html import unescape

from reports.document.block import Block, blocks, from_blocks, text_of
from reports.document.characters import is_visible
from reports.document.lengths import MOST_PIECES, check_pieces, check_text, pieces
from reports.document.plaintext import as_paragraphs, from_plain, text_only, to_plain
from reports.document.wrapped_links import unwrap_links

__all__ = [
    "Block",
    "as_paragraphs",
    "blocks",
    "check_typed",
    "from_blocks",
    "from_plain",
    "from_typed",
    "is_nothing",
    "is_visible",
    "normalise",
    "stored",
    "text_content",
    "text_only",
    "to_plain",
]

LONGEST_NOTHING = 10_000  # characters of a "--" with all the markup that a word processor puts around it
_NOTHING = re.compile("--|–|—")
_TAG = re.compile("<[^<>]*>")  # "<" is not allowed inside: with it, hostile text takes quadratic time


def from_typed(text: str, *, is_html: bool, stored: str = "") -> str:
    """Return the normal form of what somebody typed or sent, from an editor (`is_html`) or a plain text box.

    Raise Problem if it is too long or has too many pieces, before anything parses it, or on a character that cannot be
    stored. `stored` is the text that it replaces: one with too many pieces can be kept and made smaller.
    """
    check_typed(text, is_html=is_html, stored=stored)
    return normalise(text) if is_html else from_plain(text)


def check_typed(text: str, *, is_html: bool, stored: str = "") -> None:
    """Raise Problem if the text is too long or has too many pieces, as in `from_typed`. Parse nothing of it."""
    check_text(text)
    count = pieces(text, is_html=is_html)
    if count > MOST_PIECES and not _is_in(stored, count, is_html=is_html):
        check_pieces(count)


def _is_in(stored: str, count: int, *, is_html: bool) -> bool:
    """Return whether a stored text has at least `count` pieces. It is parsed only where that is possible."""
    most = pieces(stored, is_html=True)
    if is_html or count > 3 * most:
        return count <= most
    return count <= pieces(to_plain(stored), is_html=False)


def normalise(html: str) -> str:
    """Return the normal form of any HTML, "" if it has no text. Raise Problem on a character that cannot be stored.

    It checks no length: what comes from outside goes through `from_typed`.
    """
    return from_blocks(blocks(unwrap_links(html), at_the_door=True))


def stored(html: str) -> str:
    """Return the normal form of a text that may be stored already. It changes no character of one that is."""
    return from_blocks(blocks(html))


def text_content(html: str) -> str:
    """Return the text without tags, one line for each paragraph or list item."""
    return "\n".join(" ".join(text_of(block)) for block in blocks(html))


def is_nothing(html: str) -> bool:
    """Return whether a body only says "--", which means that there is nothing to report."""
    if len(html) > LONGEST_NOTHING or re.search(r"\w", unescape(_TAG.sub("", html))):
        return False  # every save asks this, so only a short text without letters and digits is parsed for it
    return bool(_NOTHING.fullmatch(text_content(html).replace("\u00a0", " ").strip()))
