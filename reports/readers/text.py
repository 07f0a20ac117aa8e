"""A filled-in form as text: with Markdown's marks, without any, or taken out of a PDF. Its lines are the flow."""

from reports.document.inline import Run
from reports.document.lengths import check_file, check_pieces_of_file, pieces
from reports.document.problem import gettext_noop
from reports.readers import Notice
from reports.readers.flow import Flow, FlowParagraph
from reports.readers.lines import decoded, lines_of

NOT_UNICODE = gettext_noop(
    "The file is not in UTF-8; it was read as Windows-1252. Check accents, quotation marks and dashes."
)


def flow_of(data: bytes) -> Flow:
    """Return the lines of a text file. Raise Problem if it is not text."""
    content, is_unicode = decoded(data)
    check_file(len(content))
    check_pieces_of_file(pieces(content, is_html=False))
    flow = Flow("text", "line", is_whole=False)
    if not is_unicode:
        flow.notices.append(Notice(NOT_UNICODE))
    for number, line in enumerate(lines_of(content), start=1):
        flow.append(FlowParagraph(runs=[Run(line)], place=number))
    return flow
