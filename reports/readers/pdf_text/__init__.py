"""Read any PDF with text as a flow: its paragraphs, list items and cells from the places of its characters.

A tagged file (ISO 32000-1, 14.8) says itself what its paragraphs, lists and tables are. Else the layout tells.
"""

import re
import unicodedata

from reports.document.inline import Run
from reports.document.problem import Problem, gettext_noop
from reports.readers.flow import Flow, FlowParagraph
from reports.readers.pdf_text.draft import Draft
from reports.readers.pdf_text.furniture import taken_out
from reports.readers.pdf_text.layout import Layout, lines_by_page
from reports.readers.pdf_text.line import Line
from reports.readers.pdf_text.measures import Measures
from reports.readers.pdf_text.notes import in_place, notes_taken_out, with_notes
from reports.readers.pdf_text.paragraphs import Paragraphs
from reports.readers.pdf_text.pdfium import pages_of
from reports.readers.pdf_text.tagged import Tagged
from reports.readers.pdf_text.tags import tree_of
from reports.readers.pdf_text.values import Page, Typed
from reports.readers.pdf_text.writing import write

# Controls, noncharacters, and private characters but those that Symbol and Wingdings have.
_NO_CHARACTER = re.compile("[\x00-\x1f\x7f-\x9f\ufffd\ufffe\uffff\ue000-\uefff\uf100-\uf8ff]")
_MOST_WRONG = 0.3

SCAN = gettext_noop(
    "This PDF holds pictures of pages, no text. Upload the file from which it was printed (Word, for example), or a "
    "PDF saved from that file; or recognise its text with a scanning program first."
)
UNREADABLE = gettext_noop(
    "The fonts of this PDF do not say which letters they show, so its text cannot be read. Upload the file from which "
    "it was printed (Word, for example), or a PDF saved from that file."
)
EMPTY = gettext_noop("This PDF has no text. Choose the file of the filled-in form.")


def flow_of(data: bytes) -> Flow:
    """Read a PDF. Raise Problem for a scan, and for a file that is damaged, protected or far too long."""
    pages = list(pages_of(data))
    if not any(page.has_text for page in pages):
        raise Problem(SCAN if any(page.pictures for page in pages) else EMPTY)
    if _is_unreadable(pages):
        raise Problem(UNREADABLE)
    flow = Flow("pdf", "page")
    tree = tree_of(data)
    tagged = Tagged(tree, pages) if tree else None
    if tagged and tagged.is_whole:
        _by_tags(flow, pages, tagged)
    else:
        _by_place(flow, pages)
    for page in pages:
        if page.turned:
            flow.append(FlowParagraph("furniture", [Run(page.turned)], place=page.number))
        if page.pictures:
            flow.left_out["picture"] += page.pictures
    return flow


def _is_unreadable(pages: list[Page]) -> bool:
    """Whether many of the characters are none: fonts without names for their glyphs give codes that mean nothing."""
    found = "".join(character.text for page in pages for character in page.characters if not character.text.isspace())
    return len(_NO_CHARACTER.findall(found)) > _MOST_WRONG * len(found)


def _by_place(flow: Flow, pages: list[Page]) -> None:
    lines = lines_by_page(pages)
    furniture = taken_out(lines)
    notes = notes_taken_out(lines)
    measures = Measures(lines, max(page.width for page in pages))
    layout = Layout()
    placed = list(layout.in_order(lines))
    drafts = with_notes(Paragraphs(measures).of(placed), notes)
    _write(flow, drafts, pages, measures)
    flow.merged_cells = layout.merged
    _append_furniture(flow, [*furniture, *layout.repeated])


def _by_tags(flow: Flow, pages: list[Page], tagged: Tagged) -> None:
    lines = tagged.by_page()
    measures = Measures(lines, max(page.width for page in pages))
    furniture = [line for page in tagged.artifacts for line in page] + tagged.untagged_furniture()
    _write(flow, in_place(tagged.with_untagged(tagged.drafts(measures))), pages, measures)
    flow.merged_cells = tagged.tree.merged
    _append_furniture(flow, furniture)


def _write(flow: Flow, drafts: list[Draft], pages: list[Page], measures: Measures) -> None:
    """Append the drafts, and what people typed onto the pages after the text that is above it."""
    typed = [(page.number, one) for page in pages for one in page.typed]
    typed.sort(key=lambda pair: (pair[0], -pair[1].box.top))
    for draft in drafts:
        first = draft.lines[0]
        while typed and _is_above(*typed[0], first):
            _append_typed(flow, *typed.pop(0))
        write(flow, draft, measures)
    for page, one in typed:
        _append_typed(flow, page, one)


def _is_above(page: int, typed: Typed, line: Line) -> bool:
    return (page, -typed.box.top + line.size) < (line.page, -line.base)


def _append_typed(flow: Flow, page: int, typed: Typed) -> None:
    for text in typed.text.split("\n") if typed.kind == "body" else [typed.text]:
        if text.strip():
            flow.append(FlowParagraph(typed.kind, [Run(unicodedata.normalize("NFC", text))], place=page))


def _append_furniture(flow: Flow, lines: list[Line]) -> None:
    seen: set[str] = set()
    for line in lines:
        if line.text not in seen:
            seen.add(line.text)
            flow.append(FlowParagraph("furniture", [Run(line.text)], place=line.page))
