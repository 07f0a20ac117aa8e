"""How the structure and the marks of a text are named in a file for a translation service (XLIFF 1.2)."""

from collections.abc import Sequence
from typing import get_args

from reports.document.block import Block, Kind

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
_TAGS = ["p", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td", "sup", "sub"]
TYPES = {"strong": "bold", "em": "italic", "a": "link", "br": "lb"} | {tag: f"x-html-{tag}" for tag in _TAGS}
TAGS = {ctype: tag for tag, ctype in TYPES.items()}
_STRUCTURED = "x-html"


def kind_of(found: Sequence[Block]) -> str:
    """Return what a row is: "x-p-0" for a paragraph, "x-ul-2" for an item of an inner list, "x-html-…" for more than
    one block, or a row of a table, with the depth at which it begins."""
    if len(found) == 1 and not found[0].is_row:
        return f"x-{found[0].kind}-{found[0].depth}"
    return f"{_STRUCTURED}-{min((block.depth for block in found if block.depth), default=1)}"


def is_single(kind: str) -> bool:
    return not kind.startswith(_STRUCTURED)


def block_of(kind: str) -> Block:
    """Return an empty block of a kind; a paragraph, if a file has any other."""
    _x, name, depth = [*kind.split("-"), "", ""][:3]
    level = int(depth) if depth.isdecimal() and len(depth) == 1 else 0
    if name == "html":
        return Block("ul", max(1, level), "")
    if name in get_args(Kind) and name not in ("row", "head"):
        return Block(name, level if name != "p" else 0, "")  # type: ignore[arg-type]
    return Block("p", 0, "")
