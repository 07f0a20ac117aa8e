"""The answers of a file whose paragraphs are whole: of a word processor, a web page or a PDF.

The form's words are looked for line by line, as in a text file. A line break within a paragraph ends a line here, and
so does the end of a printed line: a prompt and its answer may share a paragraph. A blank line separates paragraphs.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from reports.document.block import Block, Kind
from reports.document.clean import address
from reports.document.inline import Run, tidy, to_html
from reports.document.word_identity import PLACEHOLDERS, tagged_contribution
from reports.readers import Line, LineKind, Notice, Pair
from reports.readers.answer_tables import MERGED_CELLS, AnswerTable, tables_of_answers
from reports.readers.file_text import hides_all
from reports.readers.flow import Flow, FlowParagraph
from reports.readers.headings import FoundHeadings
from reports.readers.line_answers import LINK_LEFT_OUT
from reports.readers.links import unwrapped_runs, wrapper_notices
from reports.readers.non_text import is_mark
from reports.readers.placement import Placement

_TEXT = ("body", "footnote")
_NO_TEXT: Mapping[str, LineKind] = {"comment": "comment", "deleted": "deleted", "furniture": "furniture"}


@dataclass(frozen=True)
class _Span:
    """Where a line stands: characters `start` to `end` of a paragraph, which is counted from 0."""

    paragraph: int
    start: int
    end: int


class ParagraphAnswers:
    """The paragraphs of a file, as lines in which the form is looked for."""

    def __init__(self, flow: Flow) -> None:
        self.flow = flow
        self.lines: list[str] = []
        self.spans: list[_Span | None] = []
        self.tables: set[int] = set()
        for number, paragraph in enumerate(flow.paragraphs):
            for start, end in line_spans(paragraph) if paragraph.kind in _TEXT else ():
                self.lines.append(paragraph.text[start:end])
                self.spans.append(_Span(number, start, end))
            self.lines.append("")
            self.spans.append(None)

    def lines_apart(self, found: FoundHeadings) -> set[int]:
        return set()

    def prepare(self, placement: Placement, apart: set[int]) -> None:
        """Tell the tables of answers from the table that a form may be. Links stand at their text in these formats."""
        spans = (self.spans[line] for line, entry in placement.entries() if entry.kind in ("prompt", "frame"))
        self.tables = tables_of_answers(self.flow.paragraphs, {span.paragraph for span in spans if span})

    def by_control(self, starts: Mapping[int, int]) -> list[tuple[Pair | None, Mapping[int, int]]]:
        """Divide an answer, in its order, into the texts of controls and what stands outside them (None)."""
        parts: list[tuple[Pair | None, dict[int, int]]] = []
        before: tuple[Pair | None, int] | None = None
        for line, start in sorted(starts.items()):
            claim, span = self.claim_of(line), self.spans[line]
            control = (claim, self.flow.paragraphs[span.paragraph].control_number if claim and span else 0)
            if control != before:
                parts.append((claim, {}))
            parts[-1][1][line] = start
            before = control
        return list(parts)

    def emptied(self) -> tuple[Pair, ...]:
        """Return the contributions that have a control in the file, but no text in it."""
        named = {tagged_contribution(paragraph.control) for paragraph in self.flow.paragraphs}
        filled = {self.claim_of(line) for line, text in enumerate(self.lines) if text.strip()}
        return tuple(sorted(pair for pair in named - filled if pair))

    def in_controls(self) -> set[int]:
        """Return the lines of contributions, each of which says something: all of such a text is text."""
        by_claim: dict[Pair, set[int]] = {}
        for line in range(len(self.lines)):
            if claim := self.claim_of(line):
                by_claim.setdefault(claim, set()).add(line)
        return {line for own in by_claim.values() if not all(is_mark(self.lines, one) for one in own) for line in own}

    def claim_of(self, line: int) -> Pair | None:
        """Return the contribution, and its revision, in whose control a line stands."""
        span = self.spans[line]
        return tagged_contribution(self.flow.paragraphs[span.paragraph].control) if span else None

    def blocks(self, section: str, starts: Mapping[int, int], placement: Placement) -> list[tuple[int, Block]]:
        """Return the paragraphs and items of an answer, each with the number of its first line."""
        found: list[tuple[int, Block]] = []
        notes: list[tuple[int, Block]] = []  # they wait for the end of a list or table, which they would cut in two
        counts: list[int] = []
        table: AnswerTable | None = None
        for line, number, start, end in self.parts(starts):
            paragraph = self.flow.paragraphs[number]
            whole = start == 0 or not paragraph.text[:start].strip()
            runs, wrapped = unwrapped_runs(cut(paragraph.runs, start, end))
            placement.notices += wrapper_notices(wrapped, section, line)
            runs = list(with_safe_links(runs, section, line, placement))
            block = block_of(paragraph, runs, counts if whole else None, self.blank_items_before(number))
            cell = paragraph.cell if paragraph.cell and paragraph.cell.table in self.tables else None
            if table and (cell is None or cell.table != table.number) and paragraph.kind != "footnote":
                found += table.rows()
                table = None
            if paragraph.kind == "footnote":
                notes.append((line, block))
            elif cell:
                if not table:
                    table = AnswerTable(cell.table)
                    placement.notices += self.merged_notices(cell.table, section, line)
                table.add(line, cell, block)
            else:
                if block.kind == "p":
                    found += notes
                    notes = []
                found.append((line, block))
        return [*found, *(table.rows() if table else ()), *notes]

    def merged_notices(self, table: int, section: str, line: int) -> list[Notice]:
        count = self.flow.merged_cells[table]
        return [Notice(MERGED_CELLS, {"count": count}, section, line)] if count else []

    def blank_items_before(self, number: int) -> int | None:
        """Return how many items right before one of a contribution were emptied. Word counts them, the normal form has
        none. None outside the controls."""
        item, count = self.flow.paragraphs[number], 0
        if not tagged_contribution(item.control):
            return None
        while count < number:
            before = self.flow.paragraphs[number - count - 1]
            if before.text.strip() or (before.list_kind, before.level) != (item.list_kind, item.level):
                break
            count += 1
        return count

    def parts(self, starts: Mapping[int, int]) -> Iterator[tuple[int, int, int, int]]:
        """Yield the part of each paragraph that belongs to an answer: the number of its first line, which paragraph it
        is, where in that it starts and ends."""
        parts: dict[int, tuple[int, int, int]] = {}
        for line, start in sorted(starts.items()):
            span = self.spans[line]
            assert span  # a separator is blank, and is never placed
            first, begins, _end = parts.get(span.paragraph, (line + 1, span.start + start, 0))
            parts[span.paragraph] = (first, begins, span.end)
        yield from ((first, number, begins, end) for number, (first, begins, end) in parts.items())

    def account(self, placement: Placement) -> tuple[Line, ...]:
        """Return the account of every paragraph that is not blank; a prompt and its answer have an entry each."""
        by_paragraph: dict[int, list[Line]] = {}
        for line, entry in placement.entries():
            span = self.spans[line]
            assert span
            number, entries = span.paragraph, by_paragraph.setdefault(span.paragraph, [])
            page = self.flow.paragraphs[number].place if self.flow.unit == "page" else 0
            entry = replace(entry, number=number + 1, page=page)
            if entries and replace(entries[-1], text="") == replace(entry, text=""):
                entries[-1] = replace(entry, text=f"{entries[-1].text} {entry.text}")
            else:
                entries.append(entry)
        near, account = "", []
        for number, paragraph in enumerate(self.flow.paragraphs):
            kind, text = _NO_TEXT.get(paragraph.kind), " ".join(paragraph.text.split())
            if kind and text and text not in PLACEHOLDERS:
                page = paragraph.place if self.flow.unit == "page" else 0
                by_paragraph[number] = [Line(number + 1, text, kind, near=near, page=page)]
            account += by_paragraph.get(number, [])
            near = account[-1].place if account else ""
        return tuple(account)

    def numbered(self, notices: Sequence[Notice]) -> Sequence[Notice]:
        """Return the notices with the numbers of paragraphs in place of those of lines."""
        return [replace(notice, line=self.number_of(notice.line)) for notice in notices]

    def number_of(self, line: int) -> int:
        span = self.spans[line - 1] if 0 < line <= len(self.spans) else None
        return span.paragraph + 1 if span else line


def line_spans(paragraph: FlowParagraph) -> Iterator[tuple[int, int]]:
    """Yield where each line of a paragraph starts and ends, the line break left out."""
    text, start = paragraph.text, 0
    ends = sorted({*paragraph.line_starts, *(at for at, sign in enumerate(text) if sign == "\n"), len(text)})
    for end in ends:
        if text[start:end].strip() and not hides_all(text[start:end]):
            yield start + (text[start] == "\n"), end
            start = end


def cut(runs: Sequence[Run], start: int, end: int) -> list[Run]:
    """Return the runs of characters `start` to `end`."""
    parts, position = [], 0
    for run in runs:
        part = run.text[max(0, start - position) : max(0, end - position)]
        position += len(run.text)
        if part:
            parts.append(replace(run, text=part))
    return parts


def with_safe_links(runs: Sequence[Run], section: str, line: int, placement: Placement) -> Iterator[Run]:
    """Yield the runs without links to unsafe addresses, each of which gets a notice."""
    for run in runs:
        if run.href and not address(run.href):
            placement.notices.append(Notice(LINK_LEFT_OUT, {"address": run.href[:200]}, section, line))
            run = replace(run, href="")
        yield run


def block_of(
    paragraph: FlowParagraph, runs: list[Run], counts: list[int] | None, blank_before: int | None = None
) -> Block:
    """Return a paragraph in normal form. A mark that the normal form cannot show stays as text.

    `counts` are the last numbers of the lists that are open, by level; None for the end of a paragraph, whose mark
    belongs to the form. `blank_before` are the emptied items right before it in a contribution, None in other texts.
    """
    kind: Kind = "p"
    if counts is not None:
        if paragraph.list_kind == "":
            counts.clear()
        else:
            kind = _item_kind(paragraph, counts, blank_before)
            if kind == "p" and paragraph.mark.strip():
                runs = [Run(paragraph.mark.strip() + " "), *runs]
    return Block(kind, paragraph.level if kind != "p" else 0, to_html(tidy(runs)))


def _item_kind(paragraph: FlowParagraph, counts: list[int], blank_before: int | None) -> Kind:
    """Return "ul", "ol" if the item has the number that the normal form would print, else "p"."""
    level = max(1, paragraph.level)
    counts += [0] * (level - len(counts))
    if paragraph.list_kind == "ul":
        counts[level - 1 :] = [0]
        return "ul"
    # Two lists of a contribution meet when what stood between them was removed. They become one list.
    befores = {counts[level - 1]} if blank_before is None else {counts[level - 1] + blank_before, blank_before}
    if paragraph.number - 1 not in befores:
        counts.clear()
        return "p"
    counts[level - 1 :] = [paragraph.number]
    return "ol"
