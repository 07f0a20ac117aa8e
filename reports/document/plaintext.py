"""Rich text in a plain text box, for pages without JavaScript.

Paragraphs are separated by blank lines, items begin with `- ` or `1. `, and bold is `**bold**` (see inline.py). A row
of a table is a line like `| a | b |`, and a line like `|---|---|` below the first row makes it the row of headings. A
new line in a cell is `<br>`.
"""

import re
from collections.abc import Iterator
from html import escape, unescape

from reports.document import grid, inline
from reports.document.block import Block, Kind, blocks, blocks_of_cell, from_blocks
from reports.document.characters import PARAGRAPH, canonical, is_visible
from reports.document.clean import SPACE, refuse_control_characters
from reports.document.wrapped_links import unwrap_links

_ITEM = re.compile(r"(?P<indent> *)(?:[-*•]|(?P<number>\d{1,3})\.) +(?=[^ ])")
_LOOKS_LIKE_AN_ITEM = re.compile(r"^(\d{1,3}(?=\. )|(?=[-*•] |\|))", re.M)  # or like a row
_IN_CELL = re.compile(r"\\.|\||\n|<br>", re.S)  # what has a meaning in a row, and escapes, which are left alone
_PIECE_OF_ROW = re.compile(r"\\.|[^\\|]+|[\\|]", re.S)
_TYPED_BREAK = re.compile(r"(\\.)|<br>", re.S)
_RULE = re.compile(r"\|(?: *:?-+:? *\|)+")  # the line below the headings
_NEWLINE = re.compile("\r\n|[\r\n\f\u2028\u2029]")


def to_plain(html: str) -> str:
    """Return the content of a plain text box; from_plain() returns the same rich text for it."""
    return _to_typed(blocks(html))


def _to_typed(found: list[Block]) -> str:
    parts: list[str] = []
    numbers: list[tuple[Kind, int]] = []
    previous: Kind = "p"
    for block in found:
        numbers, mark = _mark(block, numbers)
        if parts:
            parts.append("\n" if _is_next_line(previous, block.kind) else "\n\n")
        parts.append(_typed_row(block) if block.is_row else mark + _typed_text(block))
        previous = block.kind
    return "".join(parts)


def _is_next_line(previous: Kind, kind: Kind) -> bool:
    """Return whether a block is in the line after the one before it: the next item, or the next row of the table."""
    lists = ("ul", "ol")
    return (previous in lists and kind in lists) or (previous in ("row", "head") and kind == "row")


def _typed_text(block: Block) -> str:
    typed = _LOOKS_LIKE_AN_ITEM.sub(r"\1\\", inline.to_typed(inline.from_html(block.html)))
    return typed.replace("\n", "\n" + "  " * block.depth)


def _typed_row(block: Block) -> str:
    cells = [_IN_CELL.sub(_in_cell, _to_typed(blocks_of_cell(cell))) for cell in grid.cells(block.html)]
    line = f"| {' | '.join(cells)} |"
    if _RULE.fullmatch(line):  # its cells have nothing but hyphens
        line = line.replace("-", "\\-", 1)
    return f"{line}\n|{'---|' * len(cells)}" if block.kind == "head" else line


def _in_cell(found: re.Match[str]) -> str:
    return {"\n": "<br>", "|": "\\|", "<br>": "\\<br>"}.get(found[0], found[0])


def _mark(block: Block, numbers: list[tuple[Kind, int]]) -> tuple[list[tuple[Kind, int]], str]:
    """Return the open lists, each with its last number, and the mark before a block."""
    if block.kind not in ("ul", "ol"):
        return [], ""
    outer, here = numbers[: block.depth - 1], numbers[block.depth - 1 : block.depth]
    number = here[0][1] + 1 if here and here[0][0] == block.kind else 1
    mark = "- " if block.kind == "ul" else f"{number}. "
    return [*outer, (block.kind, number)], "  " * (block.depth - 1) + mark


def from_plain(text: str) -> str:
    """Return the rich text of a plain text box. Raise Problem on a character that cannot be stored."""
    refuse_control_characters(text)
    text = canonical(text).replace(PARAGRAPH, "\n\n")
    return from_blocks(blocks(unwrap_links(_from_typed(text)), at_the_door=True))


def _from_typed(text: str) -> str:
    return from_blocks(
        Block(kind, depth, _row(lines[0]) if kind in ("row", "head") else inline.to_html(_runs(lines)))
        for kind, depth, lines in _typed(text)
        if lines  # a blank line costs nothing
    )


def _runs(lines: list[str]) -> list[inline.Run]:
    return inline.from_typed("\n".join(lines))


def _row(line: str) -> str:
    """Return the HTML of a typed row."""
    cells = _typed_cells(line)
    return grid.row_html([_from_typed(_TYPED_BREAK.sub(lambda at: at[1] or "\n", cell)) for cell in cells])


def _typed_cells(line: str) -> list[str]:
    """Return the cells of a line; [] if it is no row: a row has a text, and no more cells than a table may have."""
    if not (line.startswith("|") and line.endswith("|")):
        return []
    cells: list[str] = []
    is_open = True
    for piece in _PIECE_OF_ROW.findall(line):
        is_open = piece != "|"
        if is_open:
            cells[-1] += piece
        else:
            cells.append("")
    cells = [cell.strip(" ") for cell in cells[:-1]]
    is_row = not is_open and len(cells) <= grid.MOST_COLUMNS and any(map(is_visible, cells))
    return cells if is_row else []


def _typed(text: str) -> Iterator[tuple[Kind, int, list[str]]]:
    """Yield the kind, depth and lines of each block."""
    kind: Kind = "p"
    depth = 0
    lines: list[str] = []
    open_items = _OpenItems()
    rows = 0
    for raw in _NEWLINE.split(text):
        line = raw.expandtabs(4).rstrip(SPACE)
        if rows == 1 and kind == "row" and _RULE.fullmatch(line):
            kind = "head"
            continue
        rows = rows + 1 if _typed_cells(line) else 0
        if rows:
            yield kind, depth, lines
            kind, depth, lines, open_items = "row", 0, [line], _OpenItems()
            continue
        if kind in ("row", "head") and line:
            yield kind, depth, lines
            kind, lines = "p", []
        item = _ITEM.match(line)
        started = open_items.start(item, follows=kind in ("ul", "ol")) if item else None
        if item and started:
            yield kind, depth, lines
            kind, depth, lines = started[0], started[1], [line[item.end() :]]
        elif not line:
            yield kind, depth, lines
            kind, depth, lines = "p", 0, []
        elif kind != "p" and not line.startswith(" "):
            yield kind, depth, lines
            kind, depth, lines = "p", 0, [line]
        else:
            lines.append(line)
        if kind == "p" and lines:
            open_items = _OpenItems()
    yield kind, depth, lines


class _OpenItems:
    """The open lists, each with its indent, kind and last number. They tell an item from text such as "1999. …"."""

    def __init__(self) -> None:
        self.lists: list[tuple[int, Kind, int]] = []

    def start(self, item: re.Match[str], *, follows: bool) -> tuple[Kind, int] | None:
        """Return the kind and depth of the item, or None if it continues no list.

        Right after another item (`follows`) the number may be off by one: people who insert or delete an item do not
        number the others again.
        """
        indent = len(item["indent"])
        outer = [one for one in self.lists if one[0] < indent]
        here = [one for one in self.lists[len(outer) :] if one[1] == "ol"][:1]
        number = int(item["number"] or 0)
        expected = [last + 1 for _indent, _kind, last in here]
        if follows:
            expected += [last + off for _indent, _kind, last in here for off in (0, 2)]
        if item["number"] and number != 1 and number not in expected:
            return None
        kind: Kind = "ol" if item["number"] else "ul"
        self.lists = [*outer, (indent, kind, number)]
        return kind, len(self.lists)


_ANY_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,9})?[^<>]*>")
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_ENDS_A_LINE = {"p", "li", "br", "div", "tr"}


def text_only(html: str) -> str:
    """Return the text of any HTML, in time that grows with its length alone.

    It is for pages that show again what somebody typed, not for storing: it cleans nothing, and what it returns has to
    be escaped. Both patterns read each character once, whatever the text is.
    """
    text = _ANY_TAG.sub(lambda tag: "\n" if (tag[2] or "").lower() in _ENDS_A_LINE else "", html)
    return _REFERENCE.sub(lambda reference: unescape(reference[0]), text)


def as_paragraphs(text: str) -> str:
    """Return plain text as HTML with a paragraph for each line, in time that grows with its length alone."""
    return "".join(f"<p>{escape(line, quote=False)}</p>" for line in _NEWLINE.split(text) if line.strip(SPACE))
