"""A filled-in form as text: with Markdown's marks, without any, or taken out of a PDF. Its lines are the flow."""

from reports.document.inline import Run
from reports.document.lengths import check_file, check_pieces_of_file, pieces
from reports.document.tree import Document
from reports.readers.flow import Flow, FlowParagraph
from reports.readers.lines import decoded, lines_of


def flow_of(data: bytes, blank_form: Document) -> Flow:
    """Return the lines of a text file from the form's country. Raise Problem if it is not text."""
    content, notices = decoded(data, blank_form)
    check_file(len(content))
    check_pieces_of_file(pieces(content, is_html=False))
    flow = Flow("text", "line", is_whole=False, notices=notices)
    for number, line in enumerate(lines_of(content), start=1):
        flow.append(FlowParagraph(runs=[Run(line)], place=number))
    return flow
