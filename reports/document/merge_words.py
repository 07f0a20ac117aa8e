"""Merge the changes that two people made to one paragraph, item or row, word by word, where they are apart (ADR 30).

Two changes are apart if between them

- a sentence ends in all three texts, and the word before that end, or the word after it, is unchanged in both; or
- at least APART words of the sentence are unchanged in both, the sentence denies as before (“not”, “without”), and not
  both sides changed a figure in it.

A row of a table is like a sentence, and its cells are like texts: the same holds for figures and denials of the row.
Who changes what the row is about, its first cell, meets everybody who changes the row.

Everything else is a conflict. So is what would repeat a passage: one that both added, or that one removed and the other
moved. The work is bounded like that of any comparison of words (alignment/sequences.py).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, groupby, pairwise
from operator import itemgetter
from typing import NamedTuple

from reports.document import grid, inline, sentences
from reports.document.alignment.regions import Budget
from reports.document.alignment.sequences import equal_pairs
from reports.document.block import Block, blocks_of_cell, from_blocks
from reports.document.clean import SPACE
from reports.document.inline import Raised, Run

APART = 6  # unchanged words between two changes of one sentence
_PASSAGE = 4  # words: a shorter run may occur twice in a paragraph by chance

Style = tuple[str, bool, bool, Raised]
Word = tuple[tuple[str, Style], ...]  # with its marks and what is attached to it; a line break is a word, too
_PLAIN = Run("").style()
_BREAK: Word = (("\n", _PLAIN),)
_GAP = (" ", _PLAIN)
_PIECES = re.compile(f"[{SPACE}]+|[^{SPACE}]+")
_MAY_END = re.compile(f"[{re.escape(sentences.ENDS)}]|<br>")
Sides = tuple[list[Word], list[Word], list[Word]]  # the base, mine, theirs


class Hunk(NamedTuple):
    """A change: base[start:stop] became `now`."""

    start: int
    stop: int
    now: tuple[Word, ...]

    @property
    def place(self) -> tuple[int, int]:
        return self.start, self.stop


class _Cut(NamedTuple):
    """A sentence end that lies at these indexes of the three texts."""

    base: int
    mine: int
    theirs: int


def merge_block(base: Block, mine: Block, theirs: Block, budget: Budget) -> str | None:
    """Return the HTML of a block with the changes of both, who changed it differently; None if they are too close."""
    if not base.is_row == mine.is_row == theirs.is_row:
        return None
    return (_row if base.is_row else _inline)(base.html, mine.html, theirs.html, budget)


def _row(base: str, mine: str, theirs: str, budget: Budget) -> str | None:
    sides = [grid.cells(html) for html in (base, mine, theirs)]
    width = max(map(len, sides))
    was, first, second = (cells + [""] * (width - len(cells)) for cells in sides)
    subject = next((at for at, cell in enumerate(was) if cell), 0)
    if not was[subject] == first[subject] == second[subject]:
        return None
    if _changes_meaning(*(list(_words_of_cells(cells)) for cells in (was, first, second))):
        return None
    merged = [_cell(*cells, budget) for cells in zip(was, first, second, strict=True)]
    return None if None in merged else grid.row_html([cell or "" for cell in merged])


def _words_of_cells(cells: Iterable[str]) -> Iterator[Word]:
    for cell in cells:
        for block in blocks_of_cell(cell):
            yield from words(block.html)


def _cell(base: str, mine: str, theirs: str, budget: Budget) -> str | None:
    if mine in (base, theirs):
        return theirs
    if theirs == base:
        return mine
    was, first, second = blocks_of_cell(base), blocks_of_cell(mine), blocks_of_cell(theirs)
    if not len(was) == len(first) == len(second) == 1 or not was[0].kind == first[0].kind == second[0].kind:
        return None
    html = _inline(was[0].html, first[0].html, second[0].html, budget)
    return None if html is None else from_blocks([replace(was[0], html=html)])


def words(html: str) -> list[Word]:
    """Return the words of a block that is no row. Spaces are not kept: they have the marks of their neighbours."""
    found: list[Word] = []
    inside = False
    for run in inline.from_html(html):
        style = run.style()
        for text in _PIECES.findall(run.text):
            if text[0] in SPACE:
                inside = False
                if "\n" in text:
                    found.append(_BREAK)
            elif inside:
                found[-1] = (*found[-1], (text, style))
            else:
                found.append(((text, style),))
                inside = True
    return found


def html_of(merged: Iterable[Word]) -> str:
    runs: list[Run] = []
    for style, alike in groupby(chain.from_iterable((*word, _GAP) for word in merged), itemgetter(1)):
        href, strong, em, raised = style
        runs.append(Run("".join(text for text, _style in alike), href, strong, em, raised))
    return inline.to_html(inline.tidy(runs))


def _inline(base: str, mine: str, theirs: str, budget: Budget) -> str | None:
    was, first, second = words(base), words(mine), words(theirs)
    has_ends = bool(_MAY_END.search(base))
    if not has_ends and len(was) <= APART:
        return None
    in_mine, in_theirs = _paired(was, first, budget), _paired(was, second, budget)
    if _repeats(was, _hunks(was, first, in_mine), _hunks(was, second, in_theirs)):
        return None
    merged: list[Word] = []
    sides = was, first, second
    for start, stop in pairwise(_cuts(sides, in_mine, in_theirs) if has_ends else _whole(*sides)):
        part = was[start.base : stop.base]
        here, there = first[start.mine : stop.mine], second[start.theirs : stop.theirs]
        inside = range(start.base, stop.base)
        settled = _part(
            (part, here, there),
            {at - start.base: in_mine[at] - start.mine for at in inside if at in in_mine},
            {at - start.base: in_theirs[at] - start.theirs for at in inside if at in in_theirs},
        )
        if settled is None:
            return None
        merged += settled
    return html_of(merged)


def _part(sides: Sides, in_mine: dict[int, int], in_theirs: dict[int, int]) -> Iterable[Word] | None:
    """Return the words between two cuts with the changes of both; None if they are too close."""
    was, mine, theirs = sides
    if mine in (was, theirs):
        return theirs
    if theirs == was:
        return mine
    by_me, by_them = _hunks(was, mine, in_mine), _hunks(was, theirs, in_theirs)
    if _changes_meaning(was, mine, theirs) or not _are_apart(was, by_me, by_them):
        return None
    return _applied(was, {*by_me, *by_them})


def _paired(was: Sequence[Word], now: Sequence[Word], budget: Budget) -> dict[int, int]:
    """Return where each word of `was` that is unchanged stands in `now`."""
    paired = dict(equal_pairs(was, now, budget))
    _shift_to_sentences(paired, now)
    other = {here: there for there, here in paired.items()}
    _shift_to_sentences(other, was)
    return {there: here for here, there in sorted(other.items(), key=lambda pair: pair[1])}


def _shift_to_sentences(paired: dict[int, int], now: Sequence[Word]) -> None:
    """Let what was added begin with a sentence where it may: a comparison finds “x. The” before “police” as well."""
    before = -1, -1
    for there, here in list(paired.items()):
        if before[0] >= 0 and there == before[0] + 1 and here > before[1] + 1:
            _shift(paired, before, here, now)
        before = there, here


def _shift(paired: dict[int, int], before: tuple[int, int], after: int, now: Sequence[Word]) -> None:
    there, here = before
    for step in range(there + 1):
        if paired.get(there - step) != here - step:
            return  # another change begins
        if _is_end(now, here - step + 1):
            for moved in range(step):
                paired[there - moved] = after - 1 - moved
            return
        if now[after - 1 - step] != now[here - step]:
            return


def hunks_between(was: Sequence[Word], now: Sequence[Word], budget: Budget) -> list[Hunk]:
    """Return the changes from `was` to `now`, in order."""
    return _hunks(was, now, _paired(was, now, budget))


def _hunks(was: Sequence[Word], now: Sequence[Word], paired: dict[int, int]) -> list[Hunk]:
    found: list[Hunk] = []
    i = k = 0
    for there, here in [*paired.items(), (len(was), len(now))]:
        if there > i or here > k:
            found.append(Hunk(i, there, tuple(now[k:here])))
        i, k = there + 1, here + 1
    return found


def _cuts(sides: Sides, in_mine: dict[int, int], in_theirs: dict[int, int]) -> list[_Cut]:
    """Return the sentence ends beside which a word is unchanged in both, and both ends of the texts, in order."""
    found = set(_whole(*sides))
    for at, here in in_mine.items():
        if at not in in_theirs or sides[0][at] == _BREAK:
            continue
        there = in_theirs[at]
        for cut in (_Cut(at, here, there), _Cut(at + 1, here + 1, there + 1)):
            if all(_is_end(side, place) for side, place in zip(sides, cut, strict=True)):
                found.add(cut)
    return sorted(found)


def _whole(*sides: Sequence[Word]) -> list[_Cut]:
    return [_Cut(0, 0, 0), _Cut(*map(len, sides))]


def _is_end(side: Sequence[Word], at: int) -> bool:
    """Return whether a sentence ends before the word at that index."""
    if at in (0, len(side)) or _BREAK in side[at - 1 : at + 1]:
        return True
    return sentences.ends_sentence(_text(side[at - 1])) and sentences.begins_sentence(_text(side[at]))


def _text(word: Word) -> str:
    return "".join([text for text, _style in word])


def _changes_meaning(base: Iterable[Word], mine: Iterable[Word], theirs: Iterable[Word]) -> bool:
    """Return whether one side changed what the sentence denies, or both its figures: it is about one fact."""
    was, first, second = ([_text(word) for word in side] for side in (base, mine, theirs))
    denied = [sentences.denials(side) for side in (was, first, second)]
    counted = [sentences.figures(side) for side in (was, first, second)]
    return denied[1] != denied[2] or (counted[1] != counted[2] and counted[0] not in counted[1:])


def _are_apart(part: Sequence[Word], by_me: Sequence[Hunk], by_them: Sequence[Hunk]) -> bool:
    """Return whether enough unchanged words are between each change of mine and each of theirs.

    A change that both made is one change; the words that it changed do not count.
    """
    same = set(by_me) & set(by_them)
    changed = [word == _BREAK for word in part]
    for hunk in (*by_me, *by_them):
        changed[hunk.start : hunk.stop] = [True] * (hunk.stop - hunk.start)
    own = [
        (hunk, is_mine) for hunks, is_mine in ((by_me, True), (by_them, False)) for hunk in hunks if hunk not in same
    ]
    own.sort(key=lambda one: one[0].place)
    return all(
        is_mine == is_next_mine or changed[hunk.stop : after.start].count(False) >= APART
        for (hunk, is_mine), (after, is_next_mine) in pairwise(own)
    )


def _applied(part: Sequence[Word], hunks: Iterable[Hunk]) -> Iterator[Word]:
    at = 0
    for start, stop, now in sorted(hunks, key=lambda hunk: hunk.place):
        yield from part[at:start]
        yield from now
        at = stop
    yield from part[at:]


def _repeats(was: Sequence[Word], by_me: Sequence[Hunk], by_them: Sequence[Hunk]) -> bool:
    """Return whether a passage would occur twice: both added it in two places, or one removed it and one moved it."""
    same = set(by_me) & set(by_them)
    removed = _passages(tuple(was[hunk.start : hunk.stop]) for hunk in same)
    mine = _passages(hunk.now for hunk in by_me if hunk not in same)
    theirs = _passages(hunk.now for hunk in by_them if hunk not in same)
    return bool(mine & theirs or removed & (mine | theirs))


def _passages(parts: Iterable[tuple[Word, ...]]) -> set[tuple[str, ...]]:
    """Return every run of _PASSAGE words, and shorter parts of more than a word whole."""
    found: set[tuple[str, ...]] = set()
    for part in parts:
        texts = tuple(_text(word) for word in part)
        found |= {texts[at : at + _PASSAGE] for at in range(len(texts) - _PASSAGE + 1)}
        if 1 < len(texts) < _PASSAGE:
            found.add(texts)
    return found
