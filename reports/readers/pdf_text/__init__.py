"""Read any PDF with text as a flow: its paragraphs, list items and cells from the places of its characters.

A tagged file (ISO 32000-1, 14.8) says itself what its paragraphs, lists and tables are. Else the layout tells.
"""

from reports.document.inline import Run
from reports.document.problem import Problem, gettext_noop
from reports.readers.flow import Flow, FlowParagraph
from reports.readers.pdf_text.furniture import taken_out
from reports.readers.pdf_text.layout import Layout, lines_by_page
from reports.readers.pdf_text.line import Line
from reports.readers.pdf_text.measures import Measures
from reports.readers.pdf_text.paragraphs import Paragraphs
from reports.readers.pdf_text.pdfium import pages_of
from reports.readers.pdf_text.tagged import Tagged
from reports.readers.pdf_text.tags import tree_of
from reports.readers.pdf_text.values import Page
from reports.readers.pdf_text.writing import write

SCAN = gettext_noop(
    "This PDF holds pictures of pages, no text. Upload the file from which it was printed (Word, for example), or a "
    "PDF saved from that file; or recognise its text with a scanning program first."
)
EMPTY = gettext_noop("This PDF has no text. Choose the file of the filled-in form.")


def flow_of(data: bytes) -> Flow:
    """Read a PDF. Raise Problem for a scan, and for a file that is damaged, protected or far too long."""
    pages = list(pages_of(data))
    if not any(page.has_text for page in pages):
        raise Problem(SCAN if any(page.pictures for page in pages) else EMPTY)
    flow = Flow("pdf", "page")
    tree = tree_of(data)
    tagged = Tagged(tree, pages) if tree else None
    if tagged and tagged.is_whole:
        _by_tags(flow, tagged)
    else:
        _by_place(flow, pages)
    for page in pages:
        if page.turned:
            flow.append(FlowParagraph("furniture", [Run(page.turned)], place=page.number))
        if page.pictures:
            flow.left_out["picture"] += page.pictures
    return flow


def _by_place(flow: Flow, pages: list[Page]) -> None:
    lines = lines_by_page(pages)
    furniture = taken_out(lines)
    measures = Measures(lines)
    layout = Layout()
    placed = list(layout.in_order(lines))
    for draft in Paragraphs(measures).of(placed):
        write(flow, draft, measures)
    if layout.merged:
        flow.left_out["merged cell"] += layout.merged
    _append_furniture(flow, [*furniture, *layout.repeated])


def _by_tags(flow: Flow, tagged: Tagged) -> None:
    lines = tagged.by_page()
    measures = Measures(lines)
    furniture = [line for page in tagged.artifacts for line in page] + tagged.untagged_furniture()
    for draft in tagged.with_untagged(tagged.drafts(measures)):
        write(flow, draft, measures)
    if tagged.tree.merged:
        flow.left_out["merged cell"] += tagged.tree.merged
    _append_furniture(flow, furniture)


def _append_furniture(flow: Flow, lines: list[Line]) -> None:
    seen: set[str] = set()
    for line in lines:
        if line.text not in seen:
            seen.add(line.text)
            flow.append(FlowParagraph("furniture", [Run(line.text)], place=line.page))
