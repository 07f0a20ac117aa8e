"""Write drafts as paragraphs of a flow: lines joined, words at their ends whole, text in one form."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby

from reports.document.inline import Run
from reports.readers.flow import Flow, FlowParagraph
from reports.readers.pdf_text.draft import Draft
from reports.readers.pdf_text.line import Line
from reports.readers.pdf_text.measures import Measures
from reports.readers.pdf_text.values import Character

_NOTE_NUMBER = re.compile(r"(\d{1,3})[.)]?\s*(?=\S)")
_AND = {"and", "or", "en", "of", "et", "ou", "und", "oder"}  # "in- en uitvoer": the hyphen replaces a word
_LAST_WORD = re.compile(r"(\w+(?:-\w+)*)-$")
_FIRST_WORD = re.compile(r"\w+(?:-\w+)*")
_ADDRESS_END = re.compile(r"(?:https?://|www\.)\S*[/?#=&_-]$", re.IGNORECASE)
# U+00AD and U+2010 at a line's end: programs put them where they cut a word. The hyphen that people type is U+002D.
_CUT = ("\u00ad", "\u2010")
_OTHER_SIGNS = str.maketrans({"\u00ad": "", "\u2010": "-"})


def write(flow: Flow, draft: Draft, measures: Measures) -> None:
    """Append a draft to the flow, and after it the text that is struck out in it. Raise Problem."""
    paragraph = FlowParagraph(
        draft.kind,
        list_kind=draft.list_kind,
        level=draft.level,
        mark=draft.mark,
        number=draft.number,
        cell=draft.cell,
        place=draft.lines[0].page,
    )
    struck = FlowParagraph("deleted", cell=draft.cell, place=paragraph.place)
    starts: list[int] = []
    length = 0
    if draft.kind == "footnote" and (found := _NOTE_NUMBER.match(draft.lines[0].text)):
        paragraph.add(Run(found[1], raised="sup"))
        paragraph.add(Run(" "))
        draft.skipped, length = found.end(), len(found[1]) + 1
    for index, (line, characters, joint) in enumerate(_joined(draft, measures)):
        if index and joint and length:
            paragraph.add(_joint_run(paragraph, line, joint))
            length += len(joint)
        if index and length:
            starts.append(length)
        for run, is_struck in _runs(line, characters):
            (struck if is_struck else paragraph).add(run)
            length += 0 if is_struck else len(run.text)
    paragraph.line_starts = tuple(starts)
    if paragraph.text.strip() or paragraph.mark:
        flow.append(paragraph)
    if struck.text.strip():
        flow.append(struck)


def _joined(draft: Draft, measures: Measures) -> Iterator[tuple[Line, list[Character], str]]:
    """Yield each line with the characters that are kept of it and what joins it to the line before."""
    joint = ""
    for index, line in enumerate(draft.lines):
        characters = line.characters if index else line.characters[draft.skipped :]
        if index + 1 == len(draft.lines):
            yield line, characters, joint
            return
        below = draft.lines[index + 1]
        keeps_last, next_joint = (True, "\n") if index + 1 in draft.breaks else _joint(line, below, measures)
        yield line, characters if keeps_last else characters[:-1], joint
        joint = next_joint


def _joint(line: Line, below: Line, measures: Measures) -> tuple[bool, str]:
    """Return whether a line's last character stays, and what comes between it and the next line."""
    text, after = line.text, below.text
    if text.endswith(_CUT):
        return False, ""
    word, following = _LAST_WORD.search(text), _FIRST_WORD.match(after)
    if word:
        if not following or following[0].lower() in _AND:
            return True, " "
        is_cut = following[0][0].islower() and measures.is_one_word(word[1], following[0])
        return not is_cut, ""
    if (text.endswith("/") and text[-2:-1] != " ") or _is_cut_address(line, below):
        return True, ""
    if text[-1:] in "–-" and text[-2:-1].isdigit() and after[:1].isdigit():  # "1990–1995"
        return True, ""
    return True, " "


def _is_cut_address(line: Line, below: Line) -> bool:
    """Whether an address goes on in the next line."""
    start, end = line.text.split()[-1:], below.text.split()[:1]
    if not start or not end:
        return False
    href = line.characters[-1].href
    if href and below.characters[0].href == href:
        return f"{start[0]}{end[0]}".strip("().,;").casefold() in href.casefold()
    return not href and bool(_ADDRESS_END.search(start[0]))


def _joint_run(paragraph: FlowParagraph, line: Line, joint: str) -> Run:
    """Return the joint in the style that the texts on both of its sides share."""
    before, after = paragraph.runs[-1], line.characters[0]
    href = before.href if before.href == after.href else ""
    return Run(joint, href, before.strong and after.style.bold, before.em and after.style.italic)


def _runs(line: Line, characters: list[Character]) -> Iterator[tuple[Run, bool]]:
    """Yield runs, each with whether it is struck out. A gap has the style of the text before it."""
    last = len(characters) - 1

    def style(character: Character) -> tuple[str, bool, bool, str, bool]:
        return (
            character.href,
            character.style.bold,
            character.style.italic,
            line.raised(character),
            character.struck,
        )

    for (href, bold, italic, _, struck), same in groupby(characters, style):
        group = list(same)
        raised = line.raised(group[0])
        text = "".join(character.text for character in group)
        if group[-1] is characters[last] and text.endswith(_CUT):
            text = text[:-1] + "-"  # at a paragraph's end nothing follows
        text = unicodedata.normalize("NFC", text.translate(_OTHER_SIGNS))
        yield Run(text, href, bold, italic, raised), struck
