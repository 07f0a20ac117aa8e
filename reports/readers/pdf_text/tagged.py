"""The drafts of a tagged PDF: its structure tree says which characters are one paragraph, their places the rest."""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from reports.readers.pdf_text.draft import Draft, Levels
from reports.readers.pdf_text.furniture import taken_out
from reports.readers.pdf_text.line import Line, goes_on, line_of, pieces_of, rows_of
from reports.readers.pdf_text.measures import Measures
from reports.readers.pdf_text.tags import Block, Content, Tree
from reports.readers.pdf_text.values import Character, Page

_MOST_UNTAGGED = 0.1  # of all characters: with more the tree is not that of this text
_MOST_ARTIFACTS = 0.5
_SHORT = 0.35  # of a column's width: so much is free after a line that ended on purpose


class Tagged:
    """The lines of each block of the tree.

    `artifacts` are lines that the file says are no content; `untagged` are lines, by page, that the tree leaves out.
    """

    def __init__(self, tree: Tree, pages: Sequence[Page]) -> None:
        self.tree = tree
        by_content: dict[Content, list[Character]] = defaultdict(list)
        known = {content for block in tree.blocks for content in (*block.contents, *block.labels)}
        artifacts: list[list[Character]] = []
        others: list[list[Character]] = []
        for page in pages:
            artifacts.append([])
            others.append([])
            for character in page.characters:
                content = (page.number, character.mark)
                if content in known:
                    by_content[content].append(character)
                else:
                    (artifacts if character.artifact else others)[-1].append(character)
        self.artifacts = [list(_in_place(*pair)) for pair in enumerate(artifacts, 1)]
        self.untagged = [list(_in_place(*pair)) for pair in enumerate(others, 1)]
        self.lines = [list(_lines(block.contents, block, by_content)) for block in tree.blocks]
        self.labels = [" ".join(line.text for line in _lines(block.labels, block, by_content)) for block in tree.blocks]
        self.label_lefts = [
            min((c.left for content in block.labels for c in by_content.get(content, [])), default=None)
            for block in tree.blocks
        ]

    @property
    def is_whole(self) -> bool:
        """Whether the tree covers the text. Some programs tag only parts, or nothing but pictures."""
        tagged = sum(len(line.text) for lines in self.lines for line in lines)
        untagged = sum(len(line.text) for lines in self.untagged for line in lines)
        artifacts = sum(len(line.text) for lines in self.artifacts for line in lines)
        total = tagged + untagged + artifacts
        return untagged <= _MOST_UNTAGGED * total and artifacts <= _MOST_ARTIFACTS * total

    def by_page(self) -> list[list[Line]]:
        """Return the tagged lines of each page, in reading order."""
        pages: list[list[Line]] = [[] for _ in self.untagged]
        for lines in self.lines:
            for line in lines:
                pages[line.page - 1].append(line)
        return pages

    def untagged_furniture(self) -> list[Line]:
        """Remove headers and footers from the untagged lines, and return them: Chromium does not tag them at all."""
        pages = [[*page, *others] for page, others in zip(self.by_page(), self.untagged, strict=True)]
        found = taken_out(pages)
        kept = {id(line) for page in pages for line in page}
        self.untagged = [[line for line in page if id(line) in kept] for page in self.untagged]
        return found

    def with_untagged(self, drafts: Iterable[Draft]) -> list[Draft]:
        """Return the drafts with the untagged lines between them, each at its place on its page."""
        out: list[Draft] = []
        waiting = deque(line for page in self.untagged for line in page)
        for draft in drafts:
            first = draft.lines[0]
            while waiting and (waiting[0].page, -waiting[0].base) < (first.page, -first.base):
                out.append(Draft([waiting.popleft()]))
            out.append(draft)
        return out + [Draft([line]) for line in waiting]

    def drafts(self, measures: Measures) -> Iterator[Draft]:
        levels, before = Levels(), None
        for block, lines, label, left in zip(self.tree.blocks, self.lines, self.labels, self.label_lefts, strict=True):
            if not lines:
                continue
            draft = Draft(lines, block.kind, block.cell)
            if before is None or block.cell != before.cell:
                levels.clear()
            if block.level:
                _make_item(draft, block, label)
                mark_left = lines[0].left if left is None else left
                draft.level = max(block.level, levels.level_of(mark_left, draft.body_left, draft.list_kind))
            elif not levels.holds(lines[0].left):
                levels.clear()
            draft.breaks = _breaks(draft, measures)
            yield draft
            before = draft


def _breaks(draft: Draft, measures: Measures) -> set[int]:
    """Return the lines that begin after a line break: their first word would have fitted on the line before.

    The paragraph's own width is sure. That of its column is not: headings may stand out, and cells go over columns.
    """
    own_end = max(line.right for line in draft.lines)
    breaks: set[int] = set()
    for index, (above, line) in enumerate(pairwise(draft.lines), 1):
        if above.page != line.page or goes_on(above, line) or not measures.fits_above(above, line):
            continue
        width = measures.end_of(above) - draft.lines[0].left
        is_short = above.right < measures.end_of(above) - _SHORT * width
        if is_short or above.right + line.first_word + 0.3 * line.size < own_end - 2:
            breaks.add(index)
    return breaks


def _make_item(draft: Draft, block: Block, label: str) -> None:
    """Give an item its mark: the label that the tree names, else what looks like one at the text's start."""
    found = draft.lines[0].mark
    if label:
        draft.set_mark(label)
    elif found and not block.has_label:
        draft.take_mark(found)
    else:
        draft.set_mark("•" if block.has_label and not block.is_counted else "")
    if block.is_counted:
        draft.list_kind = "ol"


def _lines(contents: Sequence[Content], block: Block, found: dict[Content, list[Character]]) -> Iterator[Line]:
    by_page: dict[int, list[Character]] = defaultdict(list)
    for content in contents:
        by_page[content[0]] += found.get(content, [])
    cell = (float(block.cell.table), float(block.cell.column)) if block.cell else None
    for page, characters in by_page.items():
        # Content is in reading order, which in columns is not that from top to foot.
        for row in rows_of(pieces_of(characters, lambda *_: False)):
            line = line_of(page, cell, row)
            if line.characters:
                yield line


def _in_place(page: int, characters: list[Character]) -> Iterator[Line]:
    pieces = sorted(pieces_of(characters, lambda *_: False), key=lambda piece: -piece[0].base)
    for row in rows_of(pieces):
        line = line_of(page, None, row)
        if line.characters:
            yield line
