"""Say what a file has that did not come along: what a report cannot hold, and what is no part of an answer."""

from collections import Counter
from collections.abc import Iterator

from reports.document.problem import gettext_noop
from reports.readers import Notice
from reports.readers.flow import Flow

NO_TEXT = {
    "picture": gettext_noop("Pictures in the file: %(count)s. A report holds text only; they were left out."),
    "object": gettext_noop("Embedded objects in the file: %(count)s. A report holds text only; they were left out."),
    "merged cell": gettext_noop("Merged cells in the file: %(count)s. The text of each stands in its first cell."),
}
NO_ANSWER = {
    "comment": gettext_noop("Comments in the file: %(count)s. They are listed below and are in no answer."),
    "deleted": gettext_noop(
        "Passages that are struck through, hidden or deleted in the file: %(count)s. They are listed below and are in "
        "no answer."
    ),
}


def left_out(flow: Flow) -> Iterator[Notice]:
    """Yield a notice for each kind of thing that is in the file and in no answer."""
    for kind, count in sorted(flow.left_out.items()):
        yield Notice(NO_TEXT[kind], {"count": count})
    kinds: Counter[str] = Counter(paragraph.kind for paragraph in flow.visible())
    for name, message in NO_ANSWER.items():
        if kinds[name]:
            yield Notice(message, {"count": kinds[name]})
