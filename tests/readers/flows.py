"""What the tests of every file format share: a flow as short lines, and files that LibreOffice makes."""

import random
from collections.abc import Iterator

from reports.document.inline import Run
from reports.document.problem import Problem
from reports.readers.flow import Flow, FlowParagraph


def shown(flow: Flow) -> list[str]:
    """Return a line for each paragraph that is not blank: "deleted: text", "1/0/2 text", "ul1 • text"."""
    return [line_of(paragraph) for paragraph in flow.visible()]


def line_of(paragraph: FlowParagraph) -> str:
    parts = [] if paragraph.kind == "body" else [f"{paragraph.kind}:"]
    if cell := paragraph.cell:
        parts.append(f"{cell.table}/{cell.row}/{cell.column}{'h' * cell.is_heading}")
    if paragraph.list_kind:
        parts.append(f"{paragraph.list_kind}{paragraph.level}")
    parts += filter(None, [paragraph.mark, str(paragraph.number or "")])
    return " ".join([*parts, "".join(marked(run) for run in paragraph.runs)])


def marked(run: Run) -> str:
    """Return a run's text between the marks that it has: "<b>twelve</b>", "<a http://…>here</a>"."""
    text = run.text
    for mark in filter(None, ["i" * run.em, "b" * run.strong, run.raised, run.href and f"a {run.href}"]):
        text = f"<{mark}>{text}</{mark.split()[0]}>"
    return text


def damaged(data: bytes, count: int) -> Iterator[bytes]:
    """Yield the file with bytes changed, taken out, doubled and cut off, the same ones in each run of the tests."""
    chance = random.Random(17)
    for _ in range(count):
        start = chance.randrange(len(data))
        end = min(len(data), start + chance.choice([1, 2, 20, 200]))
        part = chance.choice([b"", bytes(chance.randrange(256) for _ in range(end - start)), data[start:end] * 2])
        yield data[:start] + part + (data[end:] if chance.random() < 0.9 else b"")


def flow_or_refusal(flow_of, data: bytes) -> Flow | str:
    """Return the flow, or the sentence of the refusal. Any other exception is an error."""
    try:
        return flow_of(data)
    except Problem as problem:
        return str(problem)
