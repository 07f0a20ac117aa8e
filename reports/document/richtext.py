"""The normal form of rich text, wherever it comes from and wherever it is stored.

It has paragraphs and lists (`ul/ol > li > p`, with further lists inside an item), `strong`, `em`, `a[href]` and `br`.
Everything else is mapped to these, or loses its tags and keeps its text. The normal form makes texts comparable: what
the editor sends after a keystroke and its undo equals what a reader made.
"""

import re
from html import unescape

from reports.document.block import Block, blocks, from_blocks, text_of
from reports.document.clean import refuse_control_characters
from reports.document.plaintext import from_plain, to_plain

__all__ = ["Block", "blocks", "from_blocks", "from_plain", "is_nothing", "normalise", "text_content", "to_plain"]

_NOTHING = re.compile("--|–|—")
_TAG = re.compile("<[^<>]*>")  # "<" is not allowed inside: with it, hostile text takes quadratic time


def normalise(html: str) -> str:
    """Return the normal form of any HTML, "" if it has no text. Raise Problem on a character that cannot be stored."""
    normal = from_blocks(blocks(html))
    # Again, because a character reference such as "&#1;" has become a character now.
    refuse_control_characters(normal)
    return normal


def text_content(html: str) -> str:
    """Return the text without tags, one line for each paragraph or list item."""
    return "\n".join(" ".join(text_of(block)) for block in blocks(html))


def is_nothing(html: str) -> bool:
    """Return whether a body only says "--", which means that there is nothing to report."""
    if re.search(r"\w", unescape(_TAG.sub("", html))):
        return False  # every save asks this, so only a text without letters and digits is parsed for it
    return bool(_NOTHING.fullmatch(text_content(html).replace("\u00a0", " ").strip()))
