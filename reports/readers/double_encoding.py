"""Repair text that was UTF-8, was decoded by another code page, and was saved like that: "Ã©" for "é"."""

import re
from dataclasses import dataclass, replace
from functools import cache

from reports.readers.code_pages import MULTI_BYTE, Alphabet, code_pages_of, faults

_SEQUENCES = ((0xC2, 0xDF, 1), (0xE0, 0xEF, 2), (0xF0, 0xF4, 3))  # first bytes of UTF-8, and how many follow
_FAULTS = 0.5  # that each repaired character must take away: some of what a code page gives may fit by chance
_FEWEST_FAULTS = 2
_MOST_JUDGED = 20_000  # characters: more only cost time
_LONGEST_WORD = 20


@dataclass(frozen=True)
class Repaired:
    """A text, and the first place that was repaired, as it was and as it is now; both "" if there was none."""

    text: str
    garbled: str = ""
    repaired: str = ""


def repair(text: str, alphabet: Alphabet) -> Repaired:
    """Return the text with doubly encoded characters decoded again, where that is certain."""
    best, best_page, most = Repaired(text), "", 0
    for page in ("latin-1", *code_pages_of(alphabet.country)) if not text.isascii() else ():
        sample = _suspicious(text, page) if page not in MULTI_BYTE else ""
        repaired, count = _decoded_again(sample, page) if sample else ("", 0)
        taken_away = faults(sample, alphabet) - faults(repaired, alphabet)
        if taken_away > most and taken_away >= max(_FEWEST_FAULTS, _FAULTS * count):
            place = next((at for at, (old, new) in enumerate(zip(sample, repaired, strict=False)) if old != new), 0)
            word = _word_around(sample, place)
            best, best_page, most = Repaired(text, word, _decoded_again(word, page)[0]), page, taken_away
    return replace(best, text=_decoded_again(text, best_page)[0]) if best_page else best


def _suspicious(text: str, page: str) -> str:
    """Return the first lines that may be doubly encoded."""
    lines: list[str] = []
    left = _MOST_JUDGED
    for line in text.split("\n"):
        if left > 0 and not line.isascii() and _sequences(page).search(line):
            lines.append(line[:left])
            left -= len(line)
    return "\n".join(lines)


@cache
def _sequences(page: str) -> re.Pattern[str]:
    """Return what a character beyond ASCII, in UTF-8, looks like when it is decoded by a code page."""
    follows = _class(page, 0x80, 0xBF)
    return re.compile("|".join(f"{_class(page, first, last)}{follows}{{{count}}}" for first, last, count in _SEQUENCES))


def _class(page: str, first: int, last: int) -> str:
    characters = "".join(_character(byte, page) for byte in range(first, last + 1))
    return f"[{re.escape(characters)}]"


def _character(byte: int, page: str) -> str:
    """Return a byte's character. Programs decode a byte that a code page leaves undefined as a control character."""
    try:
        return bytes([byte]).decode(page)
    except UnicodeDecodeError:
        return chr(byte)


@cache
def _bytes_of(page: str) -> dict[str, int]:
    return {_character(byte, page): byte for byte in range(0x80, 0x100)}


def _decoded_again(text: str, page: str) -> tuple[str, int]:
    """Return the text with the sequences in it decoded, and how many there are.

    A line of which most is no such sequence stays: in it, two letters look like one by chance ("Рі" in Ukrainian).
    """
    known, count = _bytes_of(page), 0

    def character(found: re.Match[str]) -> str:
        nonlocal count
        try:
            decoded = bytes(known[one] for one in found[0]).decode("utf-8")
        except UnicodeDecodeError:
            return found[0]
        count += 1
        return decoded

    lines = text.split("\n")
    for number, line in enumerate(lines):
        if not line.isascii():
            covered = sum(len(found[0]) for found in _sequences(page).finditer(line))
            if covered * 2 >= sum(not one.isascii() for one in line):
                lines[number] = _sequences(page).sub(character, line)
    return "\n".join(lines), count


def _word_around(text: str, place: int) -> str:
    """Return the word around a place, or as much of it as a message can show."""
    before = re.search(r"\S*$", text[max(0, place - _LONGEST_WORD) : place])
    after = re.match(r"\S*", text[place : place + _LONGEST_WORD])
    return (before[0] if before else "") + (after[0] if after else "")
