"""Lines among an answer that are no text of it: rules, page numbers, and "--" beside a text."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Literal

from reports.readers.file_text import HIDDEN
from reports.readers.placement import Placement

_RULE = re.compile(r"[\s_=*-]{3,}|[\s#>]+")
_AROUND = rf"[\s*_\\{HIDDEN}]*"
_NOTHING = re.compile(f"{_AROUND}(?:--|[–—]){_AROUND}")
_PAGE_NUMBER = re.compile(r"\s*(?:page |p\. ?)?\d{1,3}(?: ?(?:/|of|van|sur|de) ?\d{1,3})?\s*", re.IGNORECASE)


def mark_non_text_lines(lines: Sequence[str], placement: Placement, kept: Collection[int] = ()) -> None:
    """Take such lines out of the answers of a placement, and account for them otherwise.

    A rule belongs to the form. A page number, and "--" in an answer that says something, may be meant as text: they
    are loose, so that a person looks at them. `kept` are lines that are text whatever they look like.
    """
    for section, answer in placement.answers.items():
        for line, kind in list(_non_text_lines(lines, answer, kept)):
            del answer[line]
            placement.take_out(line, kind, section)


def is_nothing(lines: Sequence[str], line: int, start: int = 0) -> bool:
    """Return whether a line only says "--" from `start` on. A single dash right before a line of text is its bullet."""
    text = lines[line][start:]
    if not _NOTHING.fullmatch(text):
        return False
    is_bullet = "--" not in text and line + 1 < len(lines) and bool(lines[line + 1].strip())
    return not is_bullet


def is_mark(lines: Sequence[str], line: int) -> bool:
    """Return whether a line is blank, a rule or a "--"."""
    return not lines[line].strip() or is_nothing(lines, line) or bool(_RULE.fullmatch(lines[line]))


def _non_text_lines(
    lines: Sequence[str], answer: Mapping[int, int], kept: Collection[int]
) -> Iterator[tuple[int, Literal["frame", "loose"]]]:
    nothing, rules, numbers = [], [], []
    for line, start in answer.items():
        if line in kept:
            continue
        if is_nothing(lines, line, start):
            nothing.append(line)
        elif _RULE.fullmatch(lines[line][start:]):
            rules.append(line)
        elif not start and _is_page_number(lines, line):
            numbers.append(line)
    yield from ((line, "frame") for line in rules)
    yield from ((line, "loose") for line in numbers)
    says_nothing = len(answer) == len(nothing) + len(rules) + len(numbers)
    # The first "--" of an answer without text says that there is nothing to report.
    yield from ((line, "loose") for line in (nothing[1:] if says_nothing else nothing))


def _is_page_number(lines: Sequence[str], line: int) -> bool:
    """Return whether a line is a number right before a form feed, where the next page begins."""
    if not _PAGE_NUMBER.fullmatch(lines[line]):
        return False
    after = next((text for text in lines[line + 1 : line + 4] if text.strip(" \t")), "")
    return after.startswith("\f")
