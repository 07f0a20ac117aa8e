"""The answers of a text file, whose lines are put together to paragraphs once it is known where they belong."""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from reports.document.block import Block
from reports.document.problem import gettext_noop
from reports.document.wrapped_links import unwrap, unwrap_text
from reports.readers import Line, Notice, Pair
from reports.readers.addresses import Link, at_page_ends, attach_links
from reports.readers.file_text import hides_all
from reports.readers.flow import Flow
from reports.readers.furniture import furniture_of
from reports.readers.headings import FoundHeadings
from reports.readers.links import without_unsafe_links, wrapper_notices
from reports.readers.paragraphs import AnswerLine, assemble_paragraphs
from reports.readers.placement import Placement, account_of

SENTENCE_JOINED = gettext_noop(
    "The sentence on lines %(first)s and %(last)s was cut in two; it was put together again."
)
LINK_LEFT_OUT = gettext_noop("The address %(address)s is not safe and did not become a link; its text stays.")

_MARKED = re.compile(r"\*\*[^\s*]|\]\((?:https?:|mailto:)|\\[*_\[\]#.+-]", re.IGNORECASE)


class LineAnswers:
    """The lines of a file, and what is known of all of them: the links in each, and how the file was written."""

    def __init__(self, flow: Flow, names: Collection[str] = ()) -> None:
        """`names` are those of the form and the country, which stand at the head or foot of the form's pages."""
        texts = [paragraph.text for paragraph in flow.paragraphs]
        furniture = furniture_of(texts, names)
        self.furniture = {line: texts[line].strip() for line in sorted(furniture)}
        self.lines = ["" if line in furniture or hides_all(text) else text for line, text in enumerate(texts)]
        self.is_marked = any(_MARKED.search(line) for line in self.lines)  # it has Markdown's marks
        self.is_wrapped = False  # lines end where the page does
        self.links: Mapping[int, Sequence[Link]] = {}

    def lines_apart(self, found: FoundHeadings) -> set[int]:
        """Return the lines that are no answer where they stand: link addresses at the ends of pages."""
        self.is_wrapped = found.is_wrapped
        return at_page_ends(self.lines) if found.is_wrapped else set()

    def by_control(self, starts: Mapping[int, int]) -> list[tuple[Pair | None, Mapping[int, int]]]:
        return [(None, starts)]

    def in_controls(self) -> set[int]:
        return set()

    def claim_of(self, line: int) -> Pair | None:
        return None

    def emptied(self) -> tuple[Pair, ...]:
        return ()

    def prepare(self, placement: Placement, apart: set[int]) -> None:
        """Give links back their addresses, and account for these: at the text of each, or near a section."""
        prose = sorted(line for answer in placement.answers.values() for line in answer)
        attached = attach_links(self.lines, prose, apart)
        self.links = attached.links
        others = sorted(placement.account)
        for line in sorted(apart):
            text_line = attached.line_of.get(line)
            section = placement.entry_of(text_line).section if text_line is not None else ""
            before = bisect_left(others, line)
            near = section or (placement.entry_of(others[before - 1]).place if before else "")
            placement.account[line] = account_of(line, self.lines[line], "address", section, near=near)
            wrapped = unwrap(self.lines[line].strip())
            placement.notices += wrapper_notices([wrapped] if wrapped.wrapper else [], near, line + 1)

    def blocks(self, section: str, starts: Mapping[int, int], placement: Placement) -> list[tuple[int, Block]]:
        """Return the paragraphs and items of an answer, each with the number of its first line."""
        answer = list(self.answer_lines(starts))
        answer = [remove_wrappers(section, line, placement) for line in answer]
        if self.is_marked:
            answer = [remove_unsafe_links(section, line, placement) for line in answer]
        assembly = assemble_paragraphs(answer, is_wrapped=self.is_wrapped)
        if not self.is_wrapped:
            for first, last in assembly.joined:
                params: dict[str, object] = {"first": first, "last": last}
                placement.notices.append(Notice(SENTENCE_JOINED, params, section, last))
        return [(paragraph.first, paragraph.block()) for paragraph in assembly.paragraphs]

    def answer_lines(self, starts: Mapping[int, int]) -> Iterator[AnswerLine]:
        """Yield the lines of one answer, each from where the answer starts in it, without the space around it."""
        previous = -2
        for line, start in sorted(starts.items()):
            whole = self.lines[line]
            text = whole[start:].expandtabs(4).lstrip("\f")
            offset = len(whole) - len(whole.lstrip())
            links = self.links.get(line, ())
            yield AnswerLine(
                number=line + 1,
                text=text.strip(" \f"),
                links=tuple(Link(link.start - offset, link.end - offset, link.address) for link in links),
                indent=len(text) - len(text.lstrip(" ")),
                after_blank=previous != line - 1,
                marked=self.is_marked,
            )
            previous = line

    def account(self, placement: Placement) -> tuple[Line, ...]:
        """Return the account of every line that is not blank."""
        entries = [entry for _, entry in placement.entries()]
        entries += [Line(line + 1, text, "furniture") for line, text in self.furniture.items()]
        return tuple(sorted(entries, key=lambda entry: entry.number))

    def numbered(self, notices: Sequence[Notice]) -> Sequence[Notice]:
        """Return the notices with the numbers that the file's own lines have."""
        return notices


def remove_wrappers(section: str, line: AnswerLine, placement: Placement) -> AnswerLine:
    """Unwrap the addresses in a line. One with links keeps its text, in which these have their places."""
    text, found = unwrap_text(line.text) if not line.links else (line.text, [])
    placement.notices += wrapper_notices(found, section, line.number)
    return replace(line, text=text)


def remove_unsafe_links(section: str, line: AnswerLine, placement: Placement) -> AnswerLine:
    text, addresses = without_unsafe_links(line.text)
    for address in addresses:
        placement.notices.append(Notice(LINK_LEFT_OUT, {"address": address}, section, line.number))
    return replace(line, text=text)
