"""Put lines together to paragraphs and list items, by their places on the page."""

import re
from collections.abc import Iterable, Iterator
from statistics import median

from reports.readers.flow import Cell
from reports.readers.pdf_text.draft import NEAR, Draft, Levels
from reports.readers.pdf_text.layout import Placed
from reports.readers.pdf_text.line import Line, goes_on
from reports.readers.pdf_text.measures import Measures

_LETTER = re.compile(r"\(?\w{1,3}[.)]\s+(?=\S)")
_WIDE = 0.4  # of the size
_STANDS_IN = 6.0  # points by which a paragraph's first line may stand in


class Paragraphs:
    """Takes the lines one by one. `before` is the last line."""

    def __init__(self, measures: Measures) -> None:
        self.measures = measures
        self.levels = Levels()
        self.draft: Draft | None = None
        self.before: Line | None = None
        self.last_marks: dict[int, str] = {}  # by level: the mark of the last item

    def of(self, placed: Iterable[Placed]) -> Iterator[Draft]:
        for cell, line in placed:
            mark = self.mark_of(line, cell)
            draft = self.draft
            if draft is None or self.is_apart(draft, line, cell) or mark or self.starts(draft, line):
                if draft is not None:
                    yield draft
                self.draft = self.begun(line, cell, mark)
            else:
                if self.is_broken(draft, line):
                    draft.breaks.add(len(draft.lines))
                draft.lines.append(line)
            self.before = line
        if self.draft is not None:
            yield self.draft

    def is_apart(self, draft: Draft, line: Line, cell: Cell | None) -> bool:
        """Whether a line stands in another cell or column."""
        assert self.before is not None
        return cell != draft.cell or (cell is None and line.cell != self.before.cell)

    def begun(self, line: Line, cell: Cell | None, mark: re.Match[str] | None) -> Draft:
        draft = Draft([line], cell=cell)
        if self.draft is None or cell != self.draft.cell:
            self.levels.clear()
        if mark:
            draft.take_mark(mark)
            draft.level = self.levels.level_of(line.left, draft.body_left, draft.list_kind)
            self.last_marks = {level: own for level, own in self.last_marks.items() if level < draft.level}
            self.last_marks[draft.level] = draft.mark
        elif not self.levels.holds(line.left):
            self.levels.clear()
            self.last_marks = {}
        return draft

    def mark_of(self, line: Line, cell: Cell | None) -> re.Match[str] | None:
        """Return the mark of the list item that a line begins, if it does begin one.

        A dash, a number or a letter at a line's start may also be a word of the sentence before.
        """
        found = line.mark
        if not found:
            return None
        if found["letter"]:
            return found if self.follows(found[0].strip()) and self.is_free(line, cell) else None
        if found["number"]:
            return found if self.is_free(line, cell) or self.follows(found[0].strip(), is_first_too=False) else None
        if found["tight"] or found["sign"] not in "*o-–—":
            return found
        return found if self.is_free(line, cell) else None

    def is_free(self, line: Line, cell: Cell | None) -> bool:
        """Whether a line need not go on with the one before."""
        draft, before = self.draft, self.before
        if draft is None or before is None or self.is_apart(draft, line, cell):
            return True
        left = draft.body_left if draft.level else draft.lines[-1].left
        is_aside = abs(line.left - left) > NEAR or _is_wide_after_mark(line)
        return is_aside or before.ends_sentence or self.measures.fits_above(before, line) or self.is_far(before, line)

    def follows(self, mark: str, *, is_first_too: bool = True) -> bool:
        """Whether a mark is the first of its kind, or the next one after an item of this list."""
        own = mark.strip("().")
        if is_first_too and own in ("a", "i", "1"):
            return True
        return any(own in _next(last.strip("().")) for last in self.last_marks.values())

    def is_far(self, before: Line, line: Line) -> bool:
        step = before.base - line.base
        return line.page == before.page and step > 1.3 * self.measures.step_of(line)

    def starts(self, draft: Draft, line: Line) -> bool:
        """Whether a line starts a paragraph: it is set apart, or its first word would have fitted on the line before.

        The second is the rule that does most of the work.
        """
        before = self.before
        assert before is not None
        if draft.level and line.left < draft.body_left - NEAR:
            return True
        stands_in = line.page == before.page and line.left > before.left + _STANDS_IN
        if not draft.level and stands_in and not _hangs(draft.lines[0], line):
            return True
        if _is_set_apart(before, line) or self.is_far(before, line):
            return True
        if line.page != before.page:
            return before.right + line.first_word + _STANDS_IN < self.measures.end_of(before)
        if self.is_broken(draft, line):
            return False
        return not goes_on(before, line) and self.measures.fits_above(before, line)

    def is_broken(self, draft: Draft, line: Line) -> bool:
        """Whether a line of an item begins after a line break: right below the item's text, and its first word fits."""
        before = self.before
        assert before is not None
        is_below = line.page == before.page and abs(line.left - draft.body_left) < NEAR
        return draft.level > 0 and is_below and not goes_on(before, line) and self.measures.fits_above(before, line)


def _is_wide_after_mark(line: Line) -> bool:
    """Whether the gap after a dash is wider than the spaces of its line, which may be justified."""
    if line.mark is None or not line.mark["sign"]:
        return False
    characters, end = line.characters, line.mark.end()
    gaps = [
        after.left - before.right
        for before, space, after in zip(characters[end:], characters[end + 1 :], characters[end + 2 :], strict=False)
        if space.text == " "
    ]
    if not gaps or end >= len(characters):
        return False
    gap = characters[end].left - characters[0].right
    return gap > _WIDE * line.size and gap > 1.3 * median(gaps)


def _hangs(first: Line, line: Line) -> bool:
    """Whether a line stands below the text after a letter such as "A)": so the official form prints its prompts."""
    letter = _LETTER.match(first.text)
    return letter is not None and abs(first.characters[letter.end()].left - line.left) < NEAR


def _is_set_apart(before: Line, line: Line) -> bool:
    """Whether the looks of two lines differ, as those of a prompt and the text around it.

    A bold word may begin a line within a plain sentence. But where a bold line ends and plain text begins, or a
    sentence ends and bold text begins, a paragraph ends.
    """
    if abs(before.size - line.size) > 1.5:
        return True
    if before.style is None:
        return False
    if before.style == line.style:
        return before.style.bold and before.text.isupper() != line.text.isupper()  # the country below the title
    if line.style is not None:
        return True
    may_end = before.style.bold or before.style.italic or before.ends_sentence
    return may_end and line.characters[0].style != before.style


def _next(mark: str) -> set[str]:
    """Return the marks that may come after a number or letter."""
    if mark.isascii() and mark.isdigit():
        return {str(int(mark) + 1)}
    romans = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv"]
    after = {romans[romans.index(mark) + 1]} if mark in romans[:-1] else set()
    return after | ({chr(ord(mark) + 1)} if len(mark) == 1 and "a" <= mark < "z" else set())
