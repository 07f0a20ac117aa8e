"""Say what a file has that did not come along: what a report cannot hold, and what is no part of an answer."""

from collections import Counter
from collections.abc import Iterator

from reports.document.problem import gettext_noop
from reports.readers import Notice
from reports.readers.flow import Flow, LeftOut

NO_TEXT: dict[LeftOut, str] = {
    "picture": gettext_noop("Pictures in the file: %(count)s. A report holds text only; they were left out."),
    "object": gettext_noop("Embedded objects in the file: %(count)s. A report holds text only; they were left out."),
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
    for kind, message in NO_TEXT.items():
        if count := flow.left_out[kind]:
            yield Notice(message, {"count": count})
    kinds: Counter[str] = Counter(paragraph.kind for paragraph in flow.visible())
    for name, message in NO_ANSWER.items():
        if kinds[name]:
            yield Notice(message, {"count": kinds[name]})
