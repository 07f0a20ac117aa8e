"""Link addresses at the end of a page: text taken out of a PDF has the page's links there, away from their text."""

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_ADDRESS_LINE = re.compile(r"(?:https?://|mailto:)\S+", re.IGNORECASE)
_TOKEN = re.compile(r"[^\s()<>«»“”\[\]]+")


@dataclass(frozen=True)
class Link:
    """Characters `start` to `end` of a line are the text of a link to `address`."""

    start: int
    end: int
    address: str


@dataclass(frozen=True)
class _Text:
    line: int
    start: int
    end: int
    key: str


def starts_page(text: str) -> bool:
    """A form feed, or the single space that some programs leave where a page begins."""
    return text.startswith("\f") or (text[:1] == " " and text[1:2] not in ("", " "))


def at_page_ends(lines: Sequence[str]) -> set[int]:
    """The lines that hold a page's link addresses: after a blank line, up to the page's or the file's end."""
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


class Attached:
    """Which text on its page each address belongs to; `links` by line, `line_of` the text's line by address line."""

    def __init__(self, lines: Sequence[str], prose: Sequence[int], addresses: set[int]) -> None:
        self.lines = lines
        self.prose = prose
        self.links: dict[int, list[Link]] = {}
        self.line_of: dict[int, int] = {}
        for first, page, end in _pages(lines, addresses):
            here = [(line, lines[line].strip()) for line in range(page, end) if line in addresses]
            if here:
                self.attach(here, page, end)
                self.attach(here, first, end)

    def attach(self, addresses: Sequence[tuple[int, str]], first: int, end: int) -> None:
        free: dict[str, deque[_Text]] = {}
        for line in self.prose[bisect_left(self.prose, first) : bisect_left(self.prose, end)]:
            for text in _texts_of(line, self.lines[line]):
                free.setdefault(text.key, deque()).append(text)
        taken: dict[str, int] = {}
        for keys in (_same, _part_of):
            for line, address in addresses:
                if line not in self.line_of:
                    self.attach_one(
                        line, address, next((free[key] for key in keys(address) if free.get(key)), None), taken
                    )

    def attach_one(self, line: int, address: str, found: deque[_Text] | None, taken: dict[str, int]) -> None:
        if found:
            text = found.popleft()
            self.links.setdefault(text.line, []).append(Link(text.start, text.end, address))
            taken[address] = text.line
        if address in taken:  # an address occurs twice where its text runs over two lines
            self.line_of[line] = taken[address]


def _pages(lines: Sequence[str], addresses: set[int]) -> Iterator[tuple[int, int, int]]:
    """Where each page may begin at the earliest, where it seems to begin, and where its addresses end."""
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


def _texts_of(line: int, text: str) -> Iterator[_Text]:
    for found in _TOKEN.finditer(text):
        shown = found[0].strip(".,;:!?’'\"")
        if "." in shown or "@" in shown:
            start = found.start() + found[0].index(shown)
            yield _Text(line, start, start + len(shown), key_of(shown))


def key_of(address: str) -> str:
    """What an address and its text on paper have in common."""
    key = re.sub(r"^(?:https?://|mailto:)", "", address.casefold())
    return re.sub(r"^www\.", "", key).rstrip("/")


def _same(address: str) -> list[str]:
    return [key_of(address)]


def _part_of(address: str) -> list[str]:
    """Text "stopchildporno.be" is taken for the text of "reports.stopchildporno.be"."""
    host = key_of(address)
    if "/" in host or "@" in host:
        return []
    parts = host.split(".")
    return [".".join(parts[start:]) for start in range(1, min(len(parts) - 1, 6))]
