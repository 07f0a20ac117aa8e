"""One style sheet of many: the files that a sheet imports, without the rules of Bootstrap that no page can use.

A rule is left out only if its selector needs a class or a data attribute that is a word in no template, script or
module that makes pages. That keeps too much rather than too little: a word in a comment counts as well.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

import tinycss2
from tinycss2.ast import Node

WORD = re.compile(r"[A-Za-z][\w-]*")
PURGED = "js-lib-bootstrap5/"  # the portal's own rules are all meant
GROUPS = ("media", "supports", "layer", "container")


def flattened(sheet: Path, used: set[str]) -> str:
    """Return the style sheet with the files that it imports in their places.

    Args:
        sheet: in the folder of all static files. A relative address in an imported file stays as it is, so a file in
            another folder must have none.
        used: the words that may be classes, see `words_in`.
    """
    parts = []
    for rule in parsed(sheet):
        if rule.type != "at-rule" or rule.lower_at_keyword != "import":
            parts.append(rule.serialize())
            continue
        address, *medium = [token for token in rule.prelude if token.type != "whitespace"]
        rules = parsed(sheet.parent / address.value)
        text = "\n".join(
            purged(rules, used) if address.value.startswith(PURGED) else (one.serialize() for one in rules)
        )
        parts.append(f"@media {tinycss2.serialize(medium)} {{\n{text}\n}}" if medium else text)
    return "\n".join(parts) + "\n"


def parsed(sheet: Path) -> list[Node]:
    return tinycss2.parse_stylesheet(sheet.read_text(encoding="utf-8"), skip_comments=True, skip_whitespace=True)


def words_in(files: Iterable[Path]) -> set[str]:
    """Return every word of some files that may be a class."""
    return {word for file in files for word in WORD.findall(file.read_text(encoding="utf-8", errors="replace"))}


def purged(rules: list[Node], used: set[str]) -> Iterator[str]:
    """Yield the text of each rule that can apply to a page with no other classes than the used ones."""
    for rule in rules:
        if rule.type == "qualified-rule":
            selectors = [selector for selector in selectors_of(rule) if needed_by(selector) <= used]
            if selectors:
                yield f"{','.join(map(tinycss2.serialize, selectors))}{{{tinycss2.serialize(rule.content)}}}"
        elif rule.type == "at-rule" and rule.lower_at_keyword in GROUPS and rule.content is not None:
            inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            text = "".join(purged(inner, used))
            if text:
                yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{text}}}"
        elif rule.type != "comment":
            yield rule.serialize()


def selectors_of(rule: Node) -> Iterator[list[Node]]:
    selector: list[Node] = []
    for token in rule.prelude:
        if token == ",":
            yield selector
            selector = []
        else:
            selector.append(token)
    yield selector


def needed_by(selector: list[Node]) -> set[str]:
    """Return the classes and data attributes without which a selector fits nothing.

    Those in brackets are not among them: `:not(.row)` fits without the class, and `:is(.row, .column)` with the other.
    """
    needed = {token.value for dot, token in pairwise(selector) if dot == "." and token.type == "ident"}
    for block in selector:
        if block.type == "[] block" and block.content and block.content[0].type == "ident":
            needed |= {block.content[0].value} if block.content[0].value.startswith("data-") else set()
    return needed
