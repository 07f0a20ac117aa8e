"""Paragraphs, list items and rows of tables, of which a rich text consists."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from html import unescape
from itertools import groupby
from typing import Literal

from reports.document import grid, inline
from reports.document.characters import LINE, PARAGRAPH, canonical, composed, is_visible, without_invisible
from reports.document.clean import MAX_DEPTH, SPACE, clean
from reports.document.inline import Raised, Run

Kind = Literal["p", "ul", "ol", "row", "head"]


_ROWS = frozenset({"row", "head"})


@dataclass(frozen=True)
class Block:
    """A paragraph (`kind` "p", `depth` 0), a list item (`depth` from 1 on), or a row of a table ("row", or "head" for
    the row of headings, which begins a table).

    `html` is its inline HTML, and that of a row its cells (grid.py).
    """

    kind: Kind
    depth: int
    html: str

    @property
    def is_row(self) -> bool:
        return self.kind in _ROWS


_TOKEN = re.compile(
    r'<(/?)(p|ul|ol|li|strong|em|sup|sub|a|br|table|thead|tbody|tr|th|td)(?: href="([^"]*)")?((?: \w+="\d+")*)>|([^<]+)'
)
_OF_TABLES = {"table", "thead", "tbody", "tr", "th", "td"}
_SPAN = re.compile(r'(colspan|rowspan)="(\d+)"')
_PARAGRAPH = re.compile("<p>(.*?)</p>", re.DOTALL)
_SEPARATORS = re.compile(f"([{LINE}{PARAGRAPH}])")
_NO_WORDS = re.compile("(?:<[^>]*>|\\s)*")


def blocks(html: str, *, at_the_door: bool = False) -> list[Block]:
    """Return the paragraphs and list items of any HTML, in order, each in normal form.

    `at_the_door` its characters get their one form, too, and a block without a visible one is nothing. A text that is
    stored keeps its characters, because a hash covers them.
    """
    return _parsed(clean(html), at_the_door=at_the_door)


def blocks_of_cell(cell: str) -> list[Block]:
    """Return the paragraphs and list items of a cell. Its HTML is in normal form already, and is not cleaned again."""
    return _parsed(cell, at_the_door=False)


def _parsed(html: str, *, at_the_door: bool) -> list[Block]:
    parser = _Parser(at_the_door=at_the_door)
    for closing, name, href, spans, text in _TOKEN.findall(html):
        if text:
            parser.text(unescape(text))
        elif name in _OF_TABLES:
            parser.table_tag(name, bool(closing), spans)
        else:
            parser.tag(name, bool(closing), unescape(href))
    parser.end_block()
    return normalise_depths(parser.blocks)


def from_blocks(blocks: Iterable[Block]) -> str:
    """Return the HTML of blocks. Neighbouring items of one kind and depth are in one list, and rows in one table."""
    parts: list[str] = []
    for is_row, alike in groupby(normalise_depths(blocks), lambda block: block.kind in _ROWS):
        parts += (_tables if is_row else _paragraphs_and_lists)(alike)
    return "".join(parts)


def _tables(rows: Iterable[Block]) -> Iterator[str]:
    head, body = "", list[str]()
    for row in rows:
        if row.kind == "row":
            body.append(row.html)
            continue
        if head or body:
            yield grid.table_html(head, body)
        head, body = row.html, []
    yield grid.table_html(head, body)


def _paragraphs_and_lists(blocks: Iterable[Block]) -> Iterator[str]:
    lists: list[str] = []
    for block in blocks:
        while len(lists) > block.depth:
            yield f"</li></{lists.pop()}>"
        if block.kind == "p":
            yield f"<p>{block.html}</p>"
            continue
        if len(lists) == block.depth:
            yield "</li>"
            if lists[-1] != block.kind:
                yield f"</{lists.pop()}>"
        if len(lists) < block.depth:
            lists.append(block.kind)
            yield f"<{block.kind}>"
        yield f"<li><p>{block.html}</p>"
    yield from (f"</li></{kind}>" for kind in reversed(lists))


def normalise_depths(found: Iterable[Block]) -> list[Block]:
    """Return the blocks that have text, with no item more than one level deeper than the one before it.

    Rows beyond those that a table may have become the paragraphs and lists of their cells.
    """
    out: list[Block] = []
    depths: list[int] = []
    for block in _within_limits(found):
        if block.kind in ("ul", "ol"):
            depth = min(max(1, block.depth), MAX_DEPTH)
            while depths and depths[-1] >= depth:
                depths.pop()
            depths.append(depth)
            out.append(replace(block, depth=len(depths)))
        else:
            depths = []
            out.append(replace(block, depth=0))
    return out


def _within_limits(found: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks that have text, each table with as many rows as it may have."""
    rows = 0
    for block in found:
        if _NO_WORDS.fullmatch(block.html):
            continue
        if block.kind not in _ROWS:
            rows = 0
            yield block
            continue
        rows = 1 if block.kind == "head" else rows + 1
        if rows <= grid.MOST_ROWS:
            yield replace(block, html=grid.trimmed(block.html))
        else:
            for cell in grid.cells(block.html):
                yield from blocks_of_cell(cell)


@dataclass
class _Parser:
    """Collects runs of text until a block ends: `lists` are open, `href` to `raised` are the style of the next run."""

    at_the_door: bool = False
    blocks: list[Block] = field(default_factory=list)
    lists: list[Kind] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    href: str = ""
    strong: bool = False
    em: bool = False
    raised: list[Raised] = field(default_factory=list)  # the innermost one counts
    table: grid.Grid[Block] | None = None  # the table that is open
    around: tuple[list[Block], list[Kind]] = ([], [])  # the blocks and lists outside of it
    spans: dict[str, int] = field(default_factory=dict)  # of the cell that is open
    in_head: bool = False
    repeats: grid.Repeats = field(default_factory=grid.Repeats)
    after_break: bool = False

    def text(self, text: str) -> None:
        if not self.at_the_door:
            self.add(text)
            return
        text = without_invisible(text)
        if LINE not in text and PARAGRAPH not in text:
            self.add(text)
            return
        for part in _SEPARATORS.split(text):
            if part == LINE:
                self.line_break()
            elif part == PARAGRAPH:
                self.tag("p", False, "")
            else:
                self.add(part)

    def add(self, text: str) -> None:
        self.runs.append(self.run(text.replace("\n", " ")))
        self.after_break = self.after_break and not text.strip(SPACE)

    def run(self, text: str) -> Run:
        return Run(text, self.href, self.strong, self.em, self.raised[-1] if self.raised else "")

    def tag(self, name: str, closing: bool, href: str) -> None:
        match name:
            case "strong":
                self.strong = not closing
            case "em":
                self.em = not closing
            case "sup" | "sub":
                self.raised = [one for one in self.raised if one != name] + ([] if closing else [name])
            case "a":
                self.href = canonical(href) if self.at_the_door else href
            case "br":
                self.line_break()
            case "p" if self.lists:  # an item is one block: its further paragraphs become lines of it
                self.runs.append(Run("\n"))
            case _:
                self.end_block()
                self.list_tag(name, closing)

    def line_break(self) -> None:
        """Add a line break; a second one in a row ends a paragraph, as mail programs write it."""
        if self.after_break and not self.lists:
            self.end_block()
            return
        self.runs.append(self.run("\n"))
        self.after_break = True

    def list_tag(self, name: str, closing: bool) -> None:
        if closing and name in ("ul", "ol"):
            del self.lists[-1:]
        elif name == "ul":
            self.lists.append("ul")
        elif name == "ol":
            self.lists.append("ol")

    def table_tag(self, name: str, closing: bool, spans: str) -> None:
        """Begin or end a table, a row or a cell. clean() sees to it that they are where they belong."""
        self.end_block()
        match name:
            case "table" if not closing:
                self.around, self.blocks, self.lists = (self.blocks, self.lists), [], []
                self.table = grid.Grid(self.repeats)
            case "thead":
                self.in_head = not closing
            case "td" | "th" if not closing:
                self.blocks, self.lists = [], []
                self.spans = {name: int(number[:4]) for name, number in _SPAN.findall(spans)}
            case _ if not closing or self.table is None:
                return
            case "td" | "th":
                found = normalise_depths(self.blocks)
                self.table.add(
                    found,
                    sum(len(block.html) for block in found),
                    is_heading=name == "th",
                    columns=self.spans.get("colspan", 1),
                    rows=self.spans.get("rowspan", 1),
                )
            case "tr":
                self.table.end_row(in_head=self.in_head)
            case "table":
                self.end_table(self.table.rows)

    def end_table(self, rows: list[tuple[bool, list[list[Block]]]]) -> None:
        self.blocks, self.lists = self.around
        self.table, self.around = None, ([], [])
        for is_head, cells in rows:
            html = grid.row_html([from_blocks(cell) for cell in cells])
            self.blocks.append(Block("head" if is_head else "row", 0, html))

    def end_block(self) -> None:
        runs = inline.tidy(self.runs)
        self.runs, self.after_break = [], False
        if self.at_the_door:
            runs = [run if run.text.isascii() else replace(run, text=composed(run.text)) for run in runs]
            if not any(is_visible(run.text) for run in runs):
                return
        self.blocks.append(Block(self.lists[-1] if self.lists else "p", len(self.lists), inline.to_html(runs)))


def text_of(block: Block) -> Iterator[str]:
    """Yield the lines of a block, without any style; of a row, the lines of its cells."""
    for html in _PARAGRAPH.findall(block.html) if block.is_row else [block.html]:
        yield from "".join(run.text for run in inline.from_html(html)).split("\n")


def is_in(block: Block, html: str) -> bool:
    """Return whether a text in normal form has this paragraph, item or row, of whatever kind."""
    if not block.is_row:
        return f"<p>{block.html}</p>" in html
    return any(one.html == block.html for one in blocks(html) if one.is_row)
