"""Paragraphs and list items, of which a rich text consists."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from html import unescape
from typing import Literal

from reports.document import inline
from reports.document.clean import MAX_DEPTH, SPACE, clean
from reports.document.inline import Run

Kind = Literal["p", "ul", "ol"]


@dataclass(frozen=True)
class Block:
    """A paragraph (`kind` "p", `depth` 0) or a list item (`depth` from 1 on). `html` is its inline HTML."""

    kind: Kind
    depth: int
    html: str


_TOKEN = re.compile(r'<(/?)(p|ul|ol|li|strong|em|a|br)(?: href="([^"]*)")?>|([^<]+)')
_NO_WORDS = re.compile("(?:<[^>]*>|\\s)*")


def blocks(html: str) -> list[Block]:
    """Return the paragraphs and list items of any HTML, in order, each in normal form."""
    parser = _Parser()
    for closing, name, href, text in _TOKEN.findall(clean(html)):
        if text:
            parser.text(unescape(text))
        else:
            parser.tag(name, bool(closing), unescape(href))
    parser.end_block()
    return normalise_depths(parser.blocks)


def from_blocks(blocks: Iterable[Block]) -> str:
    """Return the HTML of blocks. Neighbouring items of one kind and depth are in one list."""
    parts: list[str] = []
    lists: list[str] = []
    for block in normalise_depths(blocks):
        while len(lists) > block.depth:
            parts.append(f"</li></{lists.pop()}>")
        if block.kind == "p":
            parts.append(f"<p>{block.html}</p>")
            continue
        if len(lists) == block.depth:
            parts.append("</li>")
            if lists[-1] != block.kind:
                parts.append(f"</{lists.pop()}>")
        if len(lists) < block.depth:
            lists.append(block.kind)
            parts.append(f"<{block.kind}>")
        parts.append(f"<li><p>{block.html}</p>")
    parts.extend(f"</li></{kind}>" for kind in reversed(lists))
    return "".join(parts)


def normalise_depths(blocks: Iterable[Block]) -> list[Block]:
    """Return the blocks that have text, with no item more than one level deeper than the one before it."""
    out: list[Block] = []
    depths: list[int] = []
    for block in blocks:
        if _NO_WORDS.fullmatch(block.html):
            continue
        if block.kind == "p":
            depths = []
            out.append(replace(block, depth=0))
            continue
        depth = min(max(1, block.depth), MAX_DEPTH)
        while depths and depths[-1] >= depth:
            depths.pop()
        depths.append(depth)
        out.append(replace(block, depth=len(depths)))
    return out


@dataclass
class _Parser:
    """Collects runs of text until a block ends: `lists` are open, `href` to `em` are the style of the next run."""

    blocks: list[Block] = field(default_factory=list)
    lists: list[Kind] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    href: str = ""
    strong: bool = False
    em: bool = False
    after_break: bool = False

    def text(self, text: str) -> None:
        text = text.replace("\n", " ")
        self.runs.append(Run(text, self.href, self.strong, self.em))
        self.after_break = self.after_break and not text.strip(SPACE)

    def tag(self, name: str, closing: bool, href: str) -> None:
        match name:
            case "strong":
                self.strong = not closing
            case "em":
                self.em = not closing
            case "a":
                self.href = href
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
        self.runs.append(Run("\n", self.href, self.strong, self.em))
        self.after_break = True

    def list_tag(self, name: str, closing: bool) -> None:
        if closing and name in ("ul", "ol"):
            del self.lists[-1:]
        elif name == "ul":
            self.lists.append("ul")
        elif name == "ol":
            self.lists.append("ol")

    def end_block(self) -> None:
        html = inline.to_html(inline.tidy(self.runs))
        self.runs, self.after_break = [], False
        self.blocks.append(Block(self.lists[-1] if self.lists else "p", len(self.lists), html))


def text_of(block: Block) -> Iterator[str]:
    """Yield the lines of a block, without any style."""
    yield from "".join(run.text for run in inline.from_html(block.html)).split("\n")
