"""Headers and footers among the lines of a text file: what stands on every page and belongs to none.

A program that copies the text out of a PDF leaves them in the middle of the text. Only what is numbered like pages is
taken for one: a line that merely recurs may be an answer ("See above."), and years or phases are numbered otherwise.
"""

import re
from collections.abc import Collection, Sequence

_PAGE_NUMBER = re.compile(
    r"(?:[-–—] ?)?(?:(?:page|pagina|blz\.?|p\.|seite) ?)?(\d{1,3})(?: ?(?:/|of|van|sur|de|von) ?\d{1,3})?(?: ?[-–—])?",
    re.IGNORECASE,
)
_NAMES_A_PAGE = re.compile(r"(?:page|pagina|blz|seite)\W*\d|\d ?(?:of|van|sur|von|/) ?\d", re.IGNORECASE)
_MAY_BE_HEADER = re.compile(r"\S+(?: \S+){0,11}(?<![.!?:;…])")  # a few words, and no sentence
_FEWEST_PAGES = 2
_FIRST_NUMBER = 2  # a cover page may have none
_FEWEST_LINES = 8  # from one page's foot to the next: a list of numbers has fewer


def furniture_of(lines: Sequence[str], names: Collection[str] = ()) -> set[int]:
    """Return the lines that are page numbers, with the lines that stand above or below each of them.

    `names` are those of the form and the country: a page number beside one of them needs no blank line around it.
    """
    own = _counted(lines, _named_number(names))
    if len(own) >= _FEWEST_PAGES:
        return set(own)
    numbers = _counted(lines, _PAGE_NUMBER, alone=True)
    if len(numbers) < _FEWEST_PAGES:
        return set()
    furniture = set(numbers)
    for step in (-1, 1):
        beside = [_neighbour(lines, line, step) for line in numbers]
        texts = {lines[line].strip() if line is not None else "" for line in beside}
        if len(texts) == 1 and all(_MAY_BE_HEADER.fullmatch(text) for text in texts):
            furniture.update(line for line in beside if line is not None)
    return furniture


def _named_number(names: Collection[str]) -> re.Pattern[str]:
    name = "|".join(re.escape(name) for name in sorted(names)) or "(?!)"
    return re.compile(rf"(?:{name})\W{{1,5}}(\d{{1,3}})|(\d{{1,3}})\W{{1,5}}(?:{name})", re.IGNORECASE)


def _counted(lines: Sequence[str], pattern: re.Pattern[str], *, alone: bool = False) -> list[int]:
    """Return the lines that count the pages: each number is one more than that before, and a page lies between."""
    counted: list[int] = []
    expected = 0
    for line, text in enumerate(lines):
        found = pattern.fullmatch(text.strip())
        number = int(next(filter(None, found.groups()))) if found else 0
        fits = number == expected if expected else 0 < number <= _FIRST_NUMBER
        is_apart = not counted or line - counted[-1] >= _FEWEST_LINES or bool(_NAMES_A_PAGE.search(text))
        if fits and (not alone or _is_alone(lines, line)) and is_apart:
            expected = number + 1
            counted.append(line)
    return counted


def _is_alone(lines: Sequence[str], line: int) -> bool:
    above = lines[line - 1] if line else ""
    below = lines[line + 1] if line + 1 < len(lines) else ""
    return not above.strip() and (not below.strip() or below.startswith("\f"))


def _neighbour(lines: Sequence[str], line: int, step: int) -> int | None:
    """Return the next line that is not blank above or below a page number, if it stands alone too."""
    other = line + step
    while 0 <= other < len(lines) and not lines[other].strip():
        other += step
    if not 0 <= other < len(lines) or abs(other - line) > 3:
        return None
    beyond = other + step
    return other if not 0 <= beyond < len(lines) or not lines[beyond].strip() else None
