"""A filled-in form as text: with Markdown's marks, without any, or taken out of a PDF.

The steps: find the form's own words, place every other line in a section, take out what is no text, give links back
their addresses, and put each section's lines together to contributions. Each step accounts for the lines it decides on.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from reports.document.lengths import check_file, check_pieces_of_file, pieces
from reports.document.problem import gettext_noop
from reports.document.tree import Section
from reports.readers import Expected, Notice, ReadResult
from reports.readers.addresses import AttachedLinks, Link, at_page_ends, attach_links
from reports.readers.contributions import contributions_of
from reports.readers.file_text import index_lines
from reports.readers.form_phrases import phrases_of
from reports.readers.headings import find_headings
from reports.readers.identity import check_country, check_form
from reports.readers.lines import decoded, lines_of
from reports.readers.links import without_unsafe_links
from reports.readers.non_text import is_nothing, mark_non_text_lines
from reports.readers.paragraphs import AnswerLine, assemble_paragraphs
from reports.readers.placement import Placement, account_of, place_lines
from reports.readers.walk import outline_of

NOT_UNICODE = gettext_noop(
    "The file is not in UTF-8; it was read as Windows-1252. Check accents, quotation marks and dashes."
)
SENTENCE_JOINED = gettext_noop(
    "The sentence on lines %(first)s and %(last)s was cut in two; it was put together again."
)
LINK_LEFT_OUT = gettext_noop("The address %(address)s is not safe and did not become a link; its text stays.")

_MARKED = re.compile(r"\*\*[^\s*]|\]\((?:https?:|mailto:)|\\[*_\[\]#.+-]", re.IGNORECASE)


@dataclass(frozen=True)
class Source:
    """The lines of a file and what is known of all of them: the links in each, and how the file was written."""

    lines: Sequence[str]
    links: Mapping[int, Sequence[Link]]
    is_marked: bool  # it has Markdown's marks
    is_wrapped: bool  # lines end where the page does


def read(data: bytes, expected: Expected) -> ReadResult:
    """Read a text file. Raise Problem if it is no text, no form, or the form of another year or country."""
    content, is_unicode = decoded(data)
    check_file(len(content))
    check_pieces_of_file(pieces(content, is_html=False))
    lines = lines_of(content)
    text = index_lines(lines)
    found = find_headings(text, phrases_of(expected.blank_form, expected.countries))
    check_form(found, text, expected)
    notices = check_country(found, expected)
    if not is_unicode:
        notices.append(Notice(NOT_UNICODE))
    addresses = at_page_ends(lines) if found.is_wrapped else set()
    placement = place_lines(outline_of(expected.blank_form), lines, found.headings, addresses)
    mark_non_text_lines(lines, placement)
    prose = sorted(line for answer in placement.answers.values() for line in answer)
    attached = attach_links(lines, prose, addresses)
    account_for_addresses(lines, sorted(addresses), attached, placement)
    source = Source(lines, attached.links, is_marked=_MARKED.search(content) is not None, is_wrapped=found.is_wrapped)
    sections = {section.code: read_section(section, source, placement) for section in expected.blank_form.sections()}
    account = tuple(placement.account[line] for line in sorted(placement.account))
    placed = sorted(placement.notices, key=lambda notice: notice.line)
    return ReadResult(expected.blank_form.blank().with_sections(sections), account, (*notices, *placed))


def account_for_addresses(
    lines: Sequence[str], addresses: Sequence[int], attached: AttachedLinks, placement: Placement
) -> None:
    """Account for the addresses at the ends of pages: in the section of the text that each belongs to, or near one."""
    others = sorted(placement.account)
    for line in addresses:
        text_line = attached.line_of.get(line)
        section = placement.account[text_line].section if text_line is not None else ""
        before = bisect_left(others, line)
        near = section or (placement.account[others[before - 1]].place if before else "")
        placement.account[line] = account_of(line, lines[line], "address", section, near=near)


def read_section(section: Section, source: Source, placement: Placement) -> Section:
    """Return the section with its answer. Add to the placement what a person should look at."""
    starts = placement.answers.get(section.code, {})
    if not starts:
        return section.blank()
    if all(is_nothing(source.lines, line) for line in starts):
        return section.with_nothing_to_report()
    answer = list(answer_lines(starts, source))
    if source.is_marked:
        answer = [remove_unsafe_links(section.code, line, placement) for line in answer]
    assembly = assemble_paragraphs(answer, is_wrapped=source.is_wrapped)
    if not source.is_wrapped:
        for first, last in assembly.joined:
            params: dict[str, object] = {"first": first, "last": last}
            placement.notices.append(Notice(SENTENCE_JOINED, params, section.code, last))
    contributions, notices = contributions_of(section.code, assembly.paragraphs)
    placement.notices += notices
    if not contributions:  # only marks, which no text would show: a person decides what they mean
        for line in starts:
            placement.account[line] = account_of(line, source.lines[line], "loose", near=section.code)
    return section.with_contributions(*contributions)


def answer_lines(starts: Mapping[int, int], source: Source) -> Iterator[AnswerLine]:
    """Yield the lines of one answer, each from where the answer starts in it, without the space around it."""
    previous = -2
    for line, start in sorted(starts.items()):
        whole = source.lines[line]
        text = whole[start:].expandtabs(4).lstrip("\f")
        offset = len(whole) - len(whole.lstrip())
        links = source.links.get(line, ())
        yield AnswerLine(
            number=line + 1,
            text=text.strip(" \f"),
            links=tuple(Link(link.start - offset, link.end - offset, link.address) for link in links),
            indent=len(text) - len(text.lstrip(" ")),
            after_blank=previous != line - 1,
            marked=source.is_marked,
        )
        previous = line


def remove_unsafe_links(section: str, line: AnswerLine, placement: Placement) -> AnswerLine:
    text, addresses = without_unsafe_links(line.text)
    for address in addresses:
        placement.notices.append(Notice(LINK_LEFT_OUT, {"address": address}, section, line.number))
    return replace(line, text=text)
