"""A filled-in form as text: with Markdown's marks, without any, or taken out of a PDF."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reports.document import richtext
from reports.document.block import Block, text_of
from reports.document.problem import gettext_noop
from reports.document.tree import Contribution, Section
from reports.readers import Expected, Notice, ReadResult, language
from reports.readers.addresses import Attached, Link, at_page_ends
from reports.readers.blocks import Parts, Written
from reports.readers.headings import Scan
from reports.readers.identity import check_country, check_form
from reports.readers.lines import decoded, lines_of
from reports.readers.links import without_unsafe_links
from reports.readers.places import Places, account_of
from reports.readers.wording import Wording, Words

NOT_UNICODE = gettext_noop(
    "The file is not in UTF-8; it was read as Windows-1252. Check accents, quotation marks and dashes."
)
SENTENCE_JOINED = gettext_noop(
    "The sentence on lines %(first)s and %(last)s was cut in two; it was put together again."
)
LANGUAGE_UNSURE = gettext_noop(
    "The language of “%(excerpt)s” is not certain; it was taken to be English. Correct it if that is wrong."
)
LINK_LEFT_OUT = gettext_noop("The address %(address)s is not safe and did not become a link; its text stays.")

_MARKED = re.compile(r"\*\*[^\s*]|\]\((?:https?:|mailto:)|\\[*_\[\]#.+-]", re.IGNORECASE)
_NO_WORDS = re.compile(r"[\s_=*-]{3,}|[\s#>]+")
_NOTHING = re.compile(r"[\s*_\\]*(?:--|[–—])[\s*_\\]*")
_PAGE_NUMBER = re.compile(r"\s*(?:page |p\. ?)?\d{1,3}(?: ?(?:/|of|van|sur|de) ?\d{1,3})?\s*", re.IGNORECASE)
_LONGEST_EXCERPT = 60


def read(data: bytes, expected: Expected) -> ReadResult:
    """Raises Problem if the file is no text, no form, or the form of another year or country."""
    text, is_unicode = decoded(data)
    lines = lines_of(text)
    words = Words(lines)
    scan = Scan(lines, words, Wording(expected.blank_form, expected.countries))
    check_form(scan, lines, words, expected)
    notices = check_country(scan, expected)
    if not is_unicode:
        notices.append(Notice(NOT_UNICODE))
    return _Form(lines, scan, expected, _MARKED.search(text) is not None).outcome(notices)


@dataclass(frozen=True)
class _Passage:
    """A paragraph, or an item with the items below it."""

    line: int
    blocks: tuple[Block, ...]
    text: str


class _Form:
    def __init__(self, lines: Sequence[str], scan: Scan, expected: Expected, marked: bool) -> None:
        self.lines = lines
        self.blank_form = expected.blank_form
        self.marked = marked
        self.wrapped = scan.is_wrapped()
        addresses = at_page_ends(lines) if self.wrapped else set()
        self.places = Places(expected.blank_form, lines, scan.headings, addresses)
        self.account = self.places.account
        self.notices: list[Notice] = []
        self.starts: dict[str, dict[int, int]] = {}  # section -> line -> where in the line its answer starts
        for answer in self.places.answers:
            self.starts.setdefault(answer.section, {})[answer.line] = answer.start
        self.put_aside_what_is_no_text()
        prose = sorted(line for answers in self.starts.values() for line in answers)
        self.attached = Attached(lines, prose, addresses)
        self.account_for_addresses(sorted(addresses))

    def outcome(self, notices: Sequence[Notice]) -> ReadResult:
        sections = {section.code: self.filled(section) for section in self.blank_form.sections()}
        document = self.blank_form.blank().with_sections(sections)
        found = sorted([*self.places.notices, *self.notices], key=lambda notice: notice.line)
        account = tuple(self.account[line] for line in sorted(self.account))
        return ReadResult(document, account, (*notices, *found))

    def put_aside_what_is_no_text(self) -> None:
        """A line drawn across, a page's number, and "--" beside a text belong to no answer."""
        for section, answers in self.starts.items():
            drawn = [line for line in answers if _NO_WORDS.fullmatch(self.lines[line]) and not self.is_nothing(line)]
            for line in drawn:
                self.put_aside(section, line, "frame")
            for line in [line for line in answers if self.is_page_number(line)]:
                self.put_aside(section, line, "loose")
            nothing = [line for line in answers if self.is_nothing(line)]
            says_nothing = len(nothing) == len(answers)
            for line in nothing[1:] if says_nothing else nothing:
                self.put_aside(section, line, "loose")

    def put_aside(self, section: str, line: int, kind: str) -> None:
        del self.starts[section][line]
        self.account[line] = account_of(line, self.lines[line], kind, near=section)

    def is_nothing(self, line: int) -> bool:
        """ "--" by itself; a single dash right before a line of text is that line's bullet."""
        text = self.lines[line]
        if not _NOTHING.fullmatch(text):
            return False
        is_bullet = "--" not in text and line + 1 < len(self.lines) and bool(self.lines[line + 1].strip())
        return not is_bullet

    def is_page_number(self, line: int) -> bool:
        if not _PAGE_NUMBER.fullmatch(self.lines[line]):
            return False
        after = next((text for text in self.lines[line + 1 : line + 4] if text.strip(" \t")), "")
        return after.startswith("\f")

    def account_for_addresses(self, addresses: Sequence[int]) -> None:
        others = sorted(self.account)
        for line in addresses:
            text_line = self.attached.line_of.get(line)
            section = self.account[text_line].section if text_line is not None else ""
            before = bisect_left(others, line)
            near = section or (self.account[others[before - 1]].place if before else "")
            self.account[line] = account_of(line, self.lines[line], "address", section, near=near)

    def filled(self, section: Section) -> Section:
        lines = self.starts.get(section.code, {})
        if not lines:
            return section.blank()
        if all(self.is_nothing(line) for line in lines):
            return section.with_nothing_to_report()
        parts = Parts(list(self.written(section.code)), wrapped=self.wrapped)
        if not self.wrapped:
            for first, line in parts.joined:
                self.tell(SENTENCE_JOINED, section.code, line, first=first, last=line)
        contributions = list(self.contributions(section.code, passages(parts)))
        if not contributions:
            for line in list(lines):
                self.put_aside(section.code, line, "loose")
        return section.with_contributions(*contributions)

    def written(self, section: str) -> Iterator[Written]:
        previous = -2
        for line, start in sorted(self.starts[section].items()):
            text = self.lines[line][start:].expandtabs(4).lstrip("\f")
            indent = len(text) - len(text.lstrip(" "))
            offset = len(self.lines[line]) - len(self.lines[line].lstrip())
            links = self.attached.links.get(line, ())
            yield Written(
                number=line + 1,
                text=self.without_unsafe_links(text.strip(" \f"), section, line + 1),
                links=tuple(Link(link.start - offset, link.end - offset, link.address) for link in links),
                indent=indent,
                after_blank=previous != line - 1,
                marked=self.marked,
            )
            previous = line

    def without_unsafe_links(self, text: str, section: str, line: int) -> str:
        if not self.marked:
            return text
        text, addresses = without_unsafe_links(text)
        for address in addresses:
            self.tell(LINK_LEFT_OUT, section, line, address=address)
        return text

    def contributions(self, section: str, passages: Sequence[_Passage]) -> Iterator[Contribution]:
        """Neighbouring passages of one language are one contribution."""
        languages = self.languages(section, passages)
        start = 0
        for end in range(1, len(passages) + 1):
            if end == len(passages) or languages[end] != languages[start]:
                blocks = [block for passage in passages[start:end] for block in passage.blocks]
                body = richtext.normalise(richtext.from_blocks(blocks))
                if body:
                    yield Contribution(authority="", language=languages[start], body={languages[start]: body})
                start = end

    def languages(self, section: str, passages: Sequence[_Passage]) -> list[str]:
        """The language of each passage. Neighbours that are unsure by themselves are looked at together."""
        found = [language.detect(passage.text) for passage in passages]
        start = 0
        while start < len(passages):
            end = start + 1
            if not found[start].sure:
                while end < len(passages) and not found[end].sure:
                    end += 1
                together = language.detect("\n".join(passage.text for passage in passages[start:end]))
                found[start:end] = [together] * (end - start)
                if not together.sure:
                    self.tell(LANGUAGE_UNSURE, section, passages[start].line, excerpt=excerpt(passages[start:end]))
            start = end
        return [one.code for one in found]

    def tell(self, message: str, section: str, line: int, **params: object) -> None:
        self.notices.append(Notice(message, params, section, line))


def passages(parts: Parts) -> list[_Passage]:
    """Each paragraph, and each item of the outermost lists with all that stands below it."""
    groups: list[list[tuple[int, Block]]] = []
    for part in parts.parts:
        block = part.block()
        if groups and block.depth > 1:
            groups[-1].append((part.first, block))
        elif block.html:
            groups.append([(part.first, block)])
    return [
        _Passage(
            group[0][0], tuple(block for _, block in group), "\n".join(" ".join(text_of(block)) for _, block in group)
        )
        for group in groups
    ]


def excerpt(passages: Sequence[_Passage]) -> str:
    text = " ".join(" ".join(passage.text for passage in passages[:10]).split())
    return text if len(text) <= _LONGEST_EXCERPT else text[: _LONGEST_EXCERPT - 1].rstrip() + "…"
