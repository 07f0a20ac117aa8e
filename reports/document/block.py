"""Paragraphs and list items, of which a rich text consists."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from html import unescape
from typing import Literal

from reports.document import inline
from reports.document.characters import LINE, PARAGRAPH, canonical, composed, is_visible, without_invisible
from reports.document.clean import MAX_DEPTH, SPACE, clean
from reports.document.inline import Raised, Run

Kind = Literal["p", "ul", "ol"]


@dataclass(frozen=True)
class Block:
    """A paragraph (`kind` "p", `depth` 0) or a list item (`depth` from 1 on). `html` is its inline HTML."""

    kind: Kind
    depth: int
    html: str


_TOKEN = re.compile(r'<(/?)(p|ul|ol|li|strong|em|sup|sub|a|br)(?: href="([^"]*)")?>|([^<]+)')
_SEPARATORS = re.compile(f"([{LINE}{PARAGRAPH}])")
_NO_WORDS = re.compile("(?:<[^>]*>|\\s)*")


def blocks(html: str, *, at_the_door: bool = False) -> list[Block]:
    """Return the paragraphs and list items of any HTML, in order, each in normal form.

    `at_the_door` its characters get their one form, too, and a block without a visible one is nothing. A text that is
    stored keeps its characters, because a hash covers them.
    """
    parser = _Parser(at_the_door=at_the_door)
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
    """Collects runs of text until a block ends: `lists` are open, `href` to `raised` are the style of the next run."""

    at_the_door: bool = False
    blocks: list[Block] = field(default_factory=list)
    lists: list[Kind] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    href: str = ""
    strong: bool = False
    em: bool = False
    raised: list[Raised] = field(default_factory=list)  # the innermost one counts
    after_break: bool = False

    def text(self, text: str) -> None:
        if not self.at_the_door:
            self.add(text)
            return
        for part in _SEPARATORS.split(without_invisible(text)):
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

    def end_block(self) -> None:
        runs = inline.tidy(self.runs)
        self.runs, self.after_break = [], False
        if self.at_the_door:
            runs = [replace(run, text=composed(run.text)) for run in runs]
            if not is_visible("".join(run.text for run in runs)):
                return
        self.blocks.append(Block(self.lists[-1] if self.lists else "p", len(self.lists), inline.to_html(runs)))


def text_of(block: Block) -> Iterator[str]:
    """Yield the lines of a block, without any style."""
    yield from "".join(run.text for run in inline.from_html(block.html)).split("\n")
