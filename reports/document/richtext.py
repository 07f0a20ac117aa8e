"""The one form that rich text has, wherever it comes from and wherever it is kept.

Paragraphs and lists (`ul/ol > li > p`, further lists inside the item), `strong`, `em`, `a[href]` and `br`. Everything
else is mapped to these or loses its tags and keeps its text. What the editor sends after a keystroke and its undo has
the same normal form as what a reader made.
"""

import re
from html import unescape

from reports.document.block import Block, blocks, from_blocks, text_of
from reports.document.clean import refuse_control_characters
from reports.document.plaintext import from_plain, to_plain

__all__ = ["Block", "blocks", "from_blocks", "from_plain", "is_nothing", "normalise", "text_content", "to_plain"]

_NOTHING = re.compile("--|–|—")
_TAG = re.compile("<[^<>]*>")  # without "<" inside, or what a hostile text takes would grow by the square


def normalise(html: str) -> str:
    """The normal form of any HTML; "" if it holds no text. Raises Problem on a character that cannot be stored."""
    normal = from_blocks(blocks(html))
    refuse_control_characters(normal)
    return normal


def text_content(html: str) -> str:
    """The text alone, one line for each paragraph or list item."""
    return "\n".join(" ".join(text_of(block)) for block in blocks(html))


def is_nothing(html: str) -> bool:
    """Whether a body only says "--": nothing to report."""
    if re.search(r"\w", unescape(_TAG.sub("", html))):
        return False  # a text is not read twice at every save only to learn that it has words
    return bool(_NOTHING.fullmatch(text_content(html).replace("\u00a0", " ").strip()))
