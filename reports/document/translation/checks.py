"""What a translator should look at in one unit. A check is a question, never a refusal."""

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from itertools import zip_longest
from typing import Literal

from reports.document import grid
from reports.document.block import Block, text_of
from reports.document.translation.figures import missing
from reports.document.translation.units import Unit, html_of

Check = Literal[
    "number-missing",
    "number-added",
    "link-missing",
    "link-added",
    "list-depth",
    "item-count",
    "untranslated",
    "emptied-cell",
]
_RUN = 6  # equal words in a row that no two languages have by chance
_MOST = 20  # findings of one check: nobody reads more, and the texts may be long
_NAMELIKE = 3  # of these, so many begin with a small letter: the rest may be a name
_WORD = re.compile(r"(?<![\w.@/])[^\W\d_][\w'’-]*(?![\w@/]|\.\w)")  # no part of an address
_HREF = re.compile(r'<a href="([^"]*)">')


@dataclass(frozen=True)
class Finding:
    """One thing to look at: `value` is the number, the link, the passage, or the place of the cell.

    `dismissal` is what is stored when somebody says that this is intended. It is valid for exactly these texts: a
    word more on either side, and the question is asked again.
    """

    check: Check
    value: str
    dismissal: str

    @property
    def key(self) -> str:
        """The same for the same question, whatever the rest of the texts says."""
        return f"{self.check}:{self.value}"


def findings(unit: Unit, dismissed: Collection[str] = ()) -> list[Finding]:
    """Return what to look at in a unit, without what was dismissed for exactly its texts."""
    if not unit.target:
        return []
    texts = hashlib.sha256(f"{html_of(unit.source)}\0{html_of(unit.target)}".encode()).hexdigest()
    found: dict[str, list[Finding]] = {}
    for check, value in dict.fromkeys(_found(unit.source, unit.target)):
        alike = found.setdefault(check, [])
        if len(alike) < _MOST:
            alike.append(Finding(check, value, hashlib.sha256(f"{check}\0{value}\0{texts}".encode()).hexdigest()))
    return [one for alike in found.values() for one in alike if one.dismissal not in dismissed]


def _found(source: Sequence[Block], target: Sequence[Block]) -> Iterator[tuple[Check, str]]:
    said, translated = _text(source), _text(target)
    lacks, beyond = missing(said, translated)
    yield from (("number-missing", number) for number in lacks)
    yield from (("number-added", number) for number in beyond)
    links, others = Counter(_links(source)), Counter(_links(target))
    yield from (("link-missing", link) for link in links - others)
    yield from (("link-added", link) for link in others - links)
    yield from _lists(source, target)
    yield from (("emptied-cell", place) for place in _emptied(source, target))
    if passage := _same_words(said, translated):
        yield "untranslated", passage


def _text(found: Sequence[Block]) -> str:
    return "\n".join(line for block in found for line in text_of(block))


def _links(found: Sequence[Block]) -> list[str]:
    return [unescape(link) for block in found for link in dict.fromkeys(_HREF.findall(block.html))]


def _lists(source: Sequence[Block], target: Sequence[Block]) -> Iterator[tuple[Check, str]]:
    depths, others = ([block.depth for block in side] for side in (source, target))
    if any(depths) and max(depths) - min(depths) != max(others) - min(others):
        yield "list-depth", f"{max(others)}"
    items, now = sum(map(bool, depths)), sum(map(bool, others))
    if items != now:
        yield "item-count", f"{items}:{now}"


def _emptied(source: Sequence[Block], target: Sequence[Block]) -> Iterator[str]:
    """Yield the row and column, from 1, of each cell that has text in the original alone."""
    rows, others = ([block for block in side if block.is_row] for side in (source, target))
    for row, (one, other) in enumerate(zip(rows, others, strict=False), 1):
        cells = zip_longest(grid.cells(one.html), grid.cells(other.html), fillvalue="")
        for column, (text, now) in enumerate(cells, 1):
            if text and not now:
                yield f"{row}:{column}"


def _same_words(source: str, target: str) -> str:
    """Return the first passage that is the same in both texts and is more than names: it was left untranslated."""
    words, others = _WORD.findall(source), _WORD.findall(target)
    if words == others and _is_more_than_names(words):
        return " ".join(words[:_RUN])
    runs = {tuple(others[at : at + _RUN]) for at in range(len(others) - _RUN + 1)}
    for at in range(len(words) - _RUN + 1):
        run = words[at : at + _RUN]
        if tuple(run) in runs and _is_more_than_names(run):
            return " ".join(run)
    return ""


def _is_more_than_names(words: Sequence[str]) -> bool:
    return sum(word[0].islower() for word in words) >= _NAMELIKE
