"""Assertions that hold for every file: each line is accounted for once, and each word is somewhere."""

import re
from itertools import groupby

from reports.document import richtext
from reports.document.characters import canonical, is_visible
from reports.readers import ReadResult
from reports.readers.file_text import plain_words
from tests.blank_forms import expected

LINK_TARGET = re.compile(r"\]\((?:[^()\s]|\([^()\s]*\))*\)")
LETTER_BULLET = re.compile(r"^\s*[oØü§]\t")


def non_blank_lines(text: str) -> list[tuple[int, str]]:
    lines = re.split("\r\n|\r|\n", text)
    return [(number, line.strip()) for number, line in enumerate(lines, 1) if is_visible(line)]


def assert_every_line_is_accounted_for(text: str, outcome: ReadResult) -> None:
    """A prompt and what follows it in its line have an entry each."""
    entries = [
        (number, " ".join(line.text for line in same))
        for number, same in groupby(outcome.lines, key=lambda line: line.number)
    ]
    assert [(number, said.split()) for number, said in entries] == [
        (number, said.split()) for number, said in non_blank_lines(text)
    ]


def assert_no_word_is_lost(outcome: ReadResult) -> None:
    """An answer's lines and its section have the same words in the same order."""
    for section in outcome.document.sections():
        lines = [line for line in outcome.lines if line.kind == "answer" and line.section == section.code]
        text = "\n".join(LINK_TARGET.sub("", LETTER_BULLET.sub("", line.text)) for line in lines)
        said = plain_words(canonical(text))  # a soft hyphen at a line's end is no character of its word
        kept = [
            word
            for one in section.contributions
            for word in plain_words(LINK_TARGET.sub("", richtext.to_plain(one.original)))
        ]
        assert kept == said, section.code


def assert_states_fit(outcome: ReadResult) -> None:
    """A section has lines if and only if it is not blank; form text, addresses and loose lines are in no answer."""
    for section in outcome.document.sections():
        lines = [line for line in outcome.lines if line.kind == "answer" and line.section == section.code]
        assert bool(lines) == (section.state != "blank"), section.code
        for one in section.contributions:
            assert one.authority == ""
            assert richtext.normalise(one.original) == one.original
    assert outcome.document.blank() == expected(outcome.document.form.year, outcome.document.country.code).blank_form


def assert_nothing_is_dropped(text: str, outcome: ReadResult) -> None:
    assert_every_line_is_accounted_for(text, outcome)
    assert_no_word_is_lost(outcome)
    assert_states_fit(outcome)


def states(outcome: ReadResult, state: str) -> list[str]:
    return [section.code for section in outcome.document.sections() if section.state == state]


def texts(outcome: ReadResult, code: str) -> dict[str, str]:
    """Return the texts of a section by language, as a plain text box shows them."""
    found = outcome.document.section(code).contributions
    assert len({one.language for one in found}) == len(found), "a language occurs twice; look at the order as well"
    return {one.language: richtext.to_plain(one.original) for one in found}


def notices(outcome: ReadResult) -> list[tuple[int, str, str]]:
    """Return line, section and message of each notice, except those about uncertain languages."""
    found = [(notice.line, notice.section, str(notice)) for notice in outcome.notices]
    return [notice for notice in found if "language of" not in notice[2]]


def unplaced(outcome: ReadResult) -> list[tuple[int, str, str, str]]:
    return [(line.number, line.kind, line.near, line.text) for line in outcome.unplaced()]
