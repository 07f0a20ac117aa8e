"""Link addresses at the end of a page.

Programs that take the text out of a PDF write a page's links below its text, away from the words that they belong to.
"""

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from reports.document.wrapped_links import unwrap

_ADDRESS_LINE = re.compile(r"(?:https?://|mailto:)\S+", re.IGNORECASE)
_TOKEN = re.compile(r"[^\s()<>«»“”\[\]]+")


@dataclass(frozen=True)
class Link:
    """Characters `start` to `end` of a line are the text of a link to `address`."""

    start: int
    end: int
    address: str


@dataclass(frozen=True)
class AttachedLinks:
    """Which text on its page each address belongs to: links by line, and the text's line by the address's line."""

    links: Mapping[int, Sequence[Link]]
    line_of: Mapping[int, int]


@dataclass(frozen=True)
class _LinkText:
    """A piece of a line that may be the text of a link; `key` is compared with addresses."""

    line: int
    start: int
    end: int
    key: str


def starts_page(text: str) -> bool:
    """Return whether a line begins with a form feed, or with the single space that some programs leave there."""
    return text.startswith("\f") or (text[:1] == " " and text[1:2] not in ("", " "))


def at_page_ends(lines: Sequence[str]) -> set[int]:
    """Return the lines that are a page's link addresses: after a blank line, up to the end of the page or the file."""
    found: set[int] = set()
    run: list[int] = []
    for number, text in enumerate([*lines, ""]):
        if _ADDRESS_LINE.fullmatch(text.strip()):
            run.append(number)
            continue
        if run and (not text.strip() or starts_page(text)):
            before = run[0] - 1
            if before < 0 or not lines[before].strip() or starts_page(lines[run[0]]):
                found.update(run)
        run = []
    return found


def attach_links(lines: Sequence[str], prose: Sequence[int], addresses: set[int]) -> AttachedLinks:
    """Find the text of each address in the lines of `prose`, which are sorted.

    Each page is looked at twice: as it seems to begin and, for addresses still without a text, from the earliest line
    where it can begin, since not every program marks where a page begins.
    """
    links: dict[int, list[Link]] = {}
    line_of: dict[int, int] = {}
    for earliest, first, end in _pages(lines, addresses):
        here = [(line, unwrap(lines[line].strip()).address) for line in range(first, end) if line in addresses]
        for start in (first, earliest) if here else ():
            texts = [text for line in _between(prose, start, end) for text in _link_texts(line, lines[line])]
            _attach(here, texts, links, line_of)
    return AttachedLinks(links, line_of)


def _between(sorted_lines: Sequence[int], start: int, end: int) -> Sequence[int]:
    return sorted_lines[bisect_left(sorted_lines, start) : bisect_left(sorted_lines, end)]


def _attach(
    addresses: Sequence[tuple[int, str]],
    texts: Sequence[_LinkText],
    links: dict[int, list[Link]],
    line_of: dict[int, int],
) -> None:
    """Give each address the first free text with its key; only then try texts that show part of an address."""
    free: dict[str, deque[_LinkText]] = {}
    for text in texts:
        free.setdefault(text.key, deque()).append(text)
    taken: dict[str, int] = {}
    for keys_of in (_whole_key, _partial_keys):
        for line, address in addresses:
            if line in line_of:
                continue
            found = next((free[key] for key in keys_of(address) if free.get(key)), None)
            if found:
                text = found.popleft()
                links.setdefault(text.line, []).append(Link(text.start, text.end, address))
                taken[address] = text.line
            if address in taken:  # an address occurs twice where its text runs over two lines
                line_of[line] = taken[address]


def _pages(lines: Sequence[str], addresses: set[int]) -> Iterator[tuple[int, int, int]]:
    """Yield for each page the earliest line where it can begin, the one where it seems to begin, and its end."""
    first = page = 0
    for line, text in enumerate(lines):
        if line - 1 in addresses and line not in addresses:
            yield first, page, line
            first = page = line
        elif text.startswith("\f"):
            first = page = line
        elif starts_page(text):
            page = line
    yield first, page, len(lines)


def _link_texts(line: int, text: str) -> Iterator[_LinkText]:
    for found in _TOKEN.finditer(text):
        shown = found[0].strip(".,;:!?’'\"")
        if "." in shown or "@" in shown:
            start = found.start() + found[0].index(shown)
            yield _LinkText(line, start, start + len(shown), key_of(shown))


def key_of(address: str) -> str:
    """Return what an address and its text on paper have in common."""
    key = re.sub(r"^(?:https?://|mailto:)", "", address.casefold())
    return re.sub(r"^www\.", "", key).rstrip("/")


def _whole_key(address: str) -> list[str]:
    return [key_of(address)]


def _partial_keys(address: str) -> list[str]:
    """Return the keys of the domains above an address's host: "stopchildporno.be" of "reports.stopchildporno.be"."""
    host = key_of(address)
    if "/" in host or "@" in host:
        return []
    parts = host.split(".")
    return [".".join(parts[start:]) for start in range(1, min(len(parts) - 1, 6))]
