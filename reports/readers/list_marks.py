"""What lists print before their items: numbers, letters, Roman numerals; and what a printed mark says of its list."""

import re
from typing import Literal

ListKind = Literal["", "ul", "ol"]
HIGHEST = 100_000  # a file may say that an item has any number

_ROMAN = [(1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")]
_ROMAN += [(10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")]
_COUNTED = re.compile(r"[(\[]?(?:\d+\.)*(?:(\d+)|[a-zA-Z]|[ivxlc]+|[IVXLC]+)[.):\]]*")


def counted(form: str, number: int) -> str:
    """Return a number in the form of an OpenDocument or HTML list: "1", "a", "A", "i" or "I"."""
    if form in ("a", "A") and number > 0:
        # As word processors do: after z comes aa, then bb.
        return chr(ord(form) + (number - 1) % 26) * min((number - 1) // 26 + 1, 10)
    if form in ("i", "I") and 0 < number < 4_000:
        return _roman(number) if form == "i" else _roman(number).upper()
    return str(number)


def _roman(number: int) -> str:
    parts = []
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        parts.append(letters * count)
    return "".join(parts)


def told_by_mark(mark: str) -> tuple[ListKind, int]:
    """Return the kind of list that prints this mark, and the number in it, else 0: "2.1)" is of "ol" and says 1.

    A single letter counts only with punctuation, because Word prints "o" as a bullet. Words say no number: the normal
    form could not show the rest of "Article 1".
    """
    if not mark or (len(mark) == 1 and not mark.isdigit()):
        return ("ul", 0) if mark else ("", 0)
    found = _COUNTED.fullmatch(mark) if len(mark) <= 20 else None
    if found:
        return "ol", min(int(found[1]), HIGHEST) if found[1] else 0
    return ("ol", 0) if any(character.isalnum() for character in mark) else ("ul", 0)
