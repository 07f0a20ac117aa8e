"""Decode a text file and split it into lines, whatever encoding and line ends it has."""

import re

from reports.document.problem import Problem, gettext_noop
from reports.document.tree import Document
from reports.readers import Notice
from reports.readers.code_pages import Alphabet, alphabet_of, decode, excerpt_around
from reports.readers.double_encoding import repair

MOST_LINES = 10_000  # the longest real form has 388

# Also the line and paragraph separators of Unicode, and the vertical tab that Word writes for a line break.
_LINE_END = re.compile("\r\n|[\r\n\x0b\x85\u2028\u2029]")
_SOFT_HYPHEN = re.compile("\u00ad(?=.)")  # one at a line's end says that the word goes on
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_MOST_CONTROLS = 0.01  # of all characters: text taken out of a PDF has a few, a binary file more


READ_AS = gettext_noop(
    "The file is not in UTF-8; it was read as %(encoding)s. Check accents, quotation marks and dashes."
)
READ_AS_UNSURE = gettext_noop(
    "The file is not in UTF-8; it was read as %(encoding)s, but %(other)s fits nearly as well. Check “%(excerpt)s”: "
    "if its letters are wrong, save the file as UTF-8 and upload it again."
)
REPAIRED = gettext_noop(
    "Letters in this file were garbled because it was saved in two encodings. They were repaired, for example "
    "“%(garbled)s” to “%(repaired)s”. Check accents, quotation marks and dashes."
)
LOST = gettext_noop(
    "Letters were lost before this file was uploaded; “%(sign)s” stands in their place. Correct “%(excerpt)s” and "
    "similar places."
)
_LOST_SIGN = "\N{REPLACEMENT CHARACTER}"


def decoded(data: bytes, blank_form: Document) -> tuple[str, list[Notice]]:
    """Return the text of a file from the form's country, and what to check in it. Raise Problem if it is no text."""
    text, notices = _decoded(data, _alphabet(blank_form))
    controls = len(_CONTROL.findall(text))
    if "\x00" in text or controls > _MOST_CONTROLS * len(text):
        raise Problem(
            gettext_noop(
                "This is not a text file. Save the filled-in form as plain text (.txt, UTF-8) and upload that file."
            )
        )
    if (place := text.find(_LOST_SIGN)) >= 0:
        notices.append(Notice(LOST, {"sign": _LOST_SIGN, "excerpt": excerpt_around(text, place)}))
    return _SOFT_HYPHEN.sub("", _CONTROL.sub(" ", text)), notices


def _decoded(data: bytes, alphabet: Alphabet) -> tuple[str, list[Notice]]:
    notices = []
    try:
        encoding = _wide(data)
        errors = "replace" if encoding else "strict"
        text = data.decode(encoding or "utf-8-sig", errors=errors).removeprefix("\ufeff")
    except UnicodeDecodeError:
        found = decode(data, alphabet)
        text = found.text
        params: dict[str, object] = {"encoding": found.code_page, "other": found.rival, "excerpt": found.excerpt}
        notices.append(Notice(READ_AS_UNSURE, params) if found.rival else Notice(READ_AS, params))
    repaired = repair(text, alphabet)
    if repaired.garbled:
        notices.append(Notice(REPAIRED, {"garbled": repaired.garbled, "repaired": repaired.repaired}))
    return repaired.text, notices


def _alphabet(blank_form: Document) -> Alphabet:
    prompts = [text for section in blank_form.sections() for text in section.prompt.values()]
    return alphabet_of(blank_form.country.code, [*prompts, *blank_form.country.name.values()])


def _wide(data: bytes) -> str:
    """Return the name of the encoding if it is UTF-16 or UTF-32.

    Without a mark at the start, nearly every other byte is zero in UTF-16 of European languages.
    """
    if data.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        return "utf-32"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16-le" if data.startswith(b"\xff\xfe") else "utf-16-be"
    sample = data[:4000]
    half = len(sample) // 2
    if sample[1::2].count(0) > half * 0.7 and not sample[::2].count(0):
        return "utf-16-le"
    if sample[::2].count(0) > half * 0.7 and not sample[1::2].count(0):
        return "utf-16-be"
    return ""


def lines_of(text: str) -> list[str]:
    """Return the lines without their ends. A form feed stays in its line, where it says that a page begins."""
    lines = _LINE_END.split(text)
    if len(lines) > MOST_LINES:
        raise Problem(
            gettext_noop("This file has %(lines)s lines. A filled-in form has far fewer: is it the right file?"),
            lines=len(lines),
        )
    return lines
