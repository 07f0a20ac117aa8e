"""Decode a text file and split it into lines, whatever encoding and line ends it has."""

import codecs
import re

from reports.document.problem import Problem, gettext_noop

MOST_LINES = 10_000  # the longest real form has 388

# Also the line and paragraph separators of Unicode, and the vertical tab that Word writes for a line break.
_LINE_END = re.compile("\r\n|[\r\n\x0b\x85\u2028\u2029]")
_SOFT_HYPHEN = re.compile("\u00ad(?=.)")  # one at a line's end says that the word goes on
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_MOST_CONTROLS = 0.01  # of all characters: text taken out of a PDF has a few, a binary file more


def _from_windows_1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return wrong.decode("cp1252", errors="replace"), error.end


# Bytes that are not UTF-8 are decoded one by one as Windows-1252. So a file in UTF-8 with a single wrong byte stays
# readable, and so does one that is in Windows-1252 as a whole.
codecs.register_error("as-windows-1252", _from_windows_1252)


def decoded(data: bytes) -> tuple[str, bool]:
    """Return the text, and whether all of it was in a Unicode encoding. Raise Problem if the file is not text."""
    text, is_unicode = _decoded(data)
    controls = len(_CONTROL.findall(text))
    if "\x00" in text or controls > _MOST_CONTROLS * len(text):
        raise Problem(
            gettext_noop(
                "This is not a text file. Save the filled-in form as plain text (.txt, UTF-8) and upload that file."
            )
        )
    return _SOFT_HYPHEN.sub("", _CONTROL.sub(" ", text)), is_unicode


def _decoded(data: bytes) -> tuple[str, bool]:
    if encoding := _utf_16(data):
        return data.decode(encoding, errors="replace").removeprefix("\ufeff"), True
    try:
        return data.decode("utf-8-sig"), True
    except UnicodeDecodeError:
        return data.decode("utf-8-sig", errors="as-windows-1252"), False


def _utf_16(data: bytes) -> str:
    """Return the name of the encoding if nearly every other byte is zero, as in UTF-16 of European languages."""
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
