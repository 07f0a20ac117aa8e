"""Prepare text for print: control where lines may break, and replace characters that the fonts cannot print.

The marks inserted here are invisible, and PDF viewers leave them out of the text that is copied or read aloud.
"""

import re
from collections.abc import Iterator
from typing import Any

from reports.document.tree import Document, Text
from reports.writers.pdf_fonts import covered

JOINER = "\u2060"  # WORD JOINER: no line break next to it
BREAK = "\u200b"  # ZERO WIDTH SPACE: a line may break at it
HAIR_SPACE = "\u200a"
STAND_IN = "\u25a1"  # for a character that no bundled font has: another font would change the file's bytes
PRINTED_AS_NOTHING = frozenset("\t\n\r " + BREAK)
# Soft hyphens, joiners, direction marks and variation selectors. Pango would look for fonts that have them.
INVISIBLE = re.compile("[\u00ad\u180e\u200c-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufe00-\ufe0f\ufeff]")

# The fonts draw both characters of a pair with one glyph. A glyph has one character in the PDF's ToUnicode map, so
# copied text would have either of the two.
SAME_GLYPH = {
    "\u2010": "-",
    "\u2011": f"-{JOINER}",
    "\u00b5": "\u03bc",
    "\u02bb": "\u2018",
    "\u02bc": "\u2019",
    "\u02ed": "\u207c",
    "\u03d5": "\u03c6",
    "\u202f": f"{JOINER}\u2009{JOINER}",
    "\u2126": "\u03a9",
    "\u2206": "\u0394",
    "\u2215": "\u2044",
}
ONE_CHARACTER_A_GLYPH = str.maketrans(SAME_GLYPH)

LONG_RUN = re.compile(rf"(?:[^\s{JOINER}]{JOINER}*){{40,}}")
PIECE = re.compile("(?s:.{7,15}?[^-]|.{1,16})")  # ends in a hyphen only in a run of hyphens

# Where a word goes on in the next line, viewers extract two words; after a hyphen, one word without the hyphen.
SIGN_IN_WORD = re.compile(r"[-/–—?!…|}](?=\S|$)")
DASH_IN_WORD = re.compile(r"(?<=\S)(?=—)")
HYPHEN_AFTER_WORD = re.compile(r"(?:(?<=\w)|^)- (?=\S)")
HYPHEN_AT_END = re.compile(rf"(?:(?<=\w)|^)-{JOINER}?( ?)$")
SPACE_AFTER_OPENING = re.compile("(?<=«) ")
SPACE_BEFORE_SIGN = re.compile("(?<=\\S) (?=[»:;?!])")
# Unicode's line breaking (UAX #14, LB15) allows no break between a quotation mark and an opening bracket, even at a
# space between them.
QUOTE_BEFORE_BRACKET = re.compile("(?<=[”’»\"'] )(?=\\()")
MARKS = str.maketrans("", "", JOINER + BREAK)


def printable(text: str) -> str:
    """Return the text with its marks, as it is laid out."""
    text = INVISIBLE.sub("", text)
    for character in _missing_glyphs(text):
        text = text.replace(character, STAND_IN)
    text = text.translate(ONE_CHARACTER_A_GLYPH)
    text = SIGN_IN_WORD.sub(rf"\g<0>{JOINER}", text)
    text = DASH_IN_WORD.sub(JOINER, text)
    text = HYPHEN_AFTER_WORD.sub(f"-{JOINER} {JOINER}", text)
    text = SPACE_AFTER_OPENING.sub(f"{JOINER} {JOINER}", text)
    text = SPACE_BEFORE_SIGN.sub(f"{JOINER} {JOINER}", text)
    text = QUOTE_BEFORE_BRACKET.sub(BREAK, text)
    return LONG_RUN.sub(lambda run: _breakable(run[0]), text)


def without_marks(text: str) -> str:
    """Return the text without marks: viewers show those in a bookmark."""
    return text.translate(MARKS)


def prepare(element: Any) -> None:
    """Make every text in the body of an HTML tree printable. Attributes and the title stay as they are."""
    for node in element.iter():
        if isinstance(node.tag, str) and node.tag not in ("html", "head", "title"):
            node.text = printable(node.text) if node.text else node.text
            node.tail = printable(node.tail) if node.tail else node.tail
        if node.tag == "h1" and node.text:
            node.text = _with_end_in_one_line(node.text)
        elif node.tag == "p":
            _keep_hyphens(node)


def missing_glyphs(document: Document) -> dict[str, tuple[str, ...]]:
    """Return by section code the characters that no bundled font has, each once; those of the form text under ""."""
    form_text = [document.country.name, document.form.title]
    for target in document.targets:
        form_text += [target.text, *(goal.text for goal in target.goals)]
    texts = {"": form_text}
    for section in document.sections():
        form_text += [section.heading, section.prompt]
        texts[section.code] = [contribution.body for contribution in section.contributions]
    found = {code: _missing_glyphs(INVISIBLE.sub("", _joined(of_code))) for code, of_code in texts.items()}
    return {code: tuple(characters) for code, characters in found.items() if characters}


def _joined(texts: list[Text]) -> str:
    return "".join(text for by_language in texts for text in by_language.values())


def _keep_hyphens(paragraph: Any) -> None:
    """Add a hair space after a hyphen at the end of a paragraph, a link or a bold word.

    A joiner does not prevent a line break there, and only a space keeps viewers from dropping the hyphen.
    """
    last: tuple[Any, str] | None = None
    for place in [*_places_of_text(paragraph), None]:
        text = getattr(*place) if place else " "
        if last is not None and text and (text[0] == " " or getattr(*last)[-1] == " "):
            setattr(*last, HYPHEN_AT_END.sub(rf"-{HAIR_SPACE}\1", getattr(*last)))
        if text:
            last = place


def _places_of_text(node: Any) -> Iterator[tuple[Any, str] | None]:
    """Yield where the texts of an element are, in their order, as (node, attribute); None for a line break."""
    yield node, "text"
    for child in node:
        yield from [None] if child.tag == "br" else _places_of_text(child)
        yield child, "tail"


def _with_end_in_one_line(title: str) -> str:
    """Return the title without line breaks after its dash: the form's name stays in one line."""
    start, dash, end = title.rpartition(" – ")
    return start + dash + end.replace(" ", f"{JOINER} {JOINER}") if dash else title


def _missing_glyphs(text: str) -> list[str]:
    return [
        character
        for character in dict.fromkeys(text)
        if ord(character) not in covered() and character not in PRINTED_AS_NOTHING
    ]


def _breakable(run: str) -> str:
    """Return a long run without spaces with a possible break every few characters, but never after a hyphen."""
    pieces = PIECE.findall(run.replace(JOINER, ""))
    return BREAK.join(piece.replace("-", f"-{JOINER}") for piece in pieces)
