"""Footnotes of a file without tags: small lines at a page's foot that begin with a number that is raised above."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reports.readers.pdf_text.draft import Draft
from reports.readers.pdf_text.line import Line

_NUMBER = re.compile(r"(\d{1,3})[.)]?(?=\s|\D)")
_SMALL = 0.95  # of the usual size


@dataclass
class Note:
    """`reference` is the line in which the note's number stands raised."""

    reference: Line
    lines: list[Line]


def notes_taken_out(pages: Sequence[list[Line]]) -> list[Note]:
    """Remove the lines of footnotes from the pages, and return the notes."""
    sizes = Counter[float]()
    for page in pages:
        for line in page:
            sizes[round(line.size, 1)] += len(line.text)
    if not sizes:
        return []
    smaller = _SMALL * sizes.most_common(1)[0][0]
    return [note for page in pages for note in _taken_from(page, smaller)]


def _taken_from(page: list[Line], smaller: float) -> list[Note]:
    in_order = sorted(page, key=lambda line: -line.base)
    start = len(in_order)
    while start and in_order[start - 1].size < smaller and in_order[start - 1].cell is None:
        start -= 1
    references = {number: line for line in in_order[:start] for number in _raised_numbers(line)}
    notes: list[Note] = []
    for line in in_order[start:]:
        found = _NUMBER.match(line.text)
        if found and found[1] in references:
            notes.append(Note(references[found[1]], [line]))
        elif notes:
            notes[-1].lines.append(line)
    taken = {id(line) for note in notes for line in note.lines}
    page[:] = [line for line in page if id(line) not in taken]
    return notes


def in_place(drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts of a tagged file with each note after its paragraph: LibreOffice tags notes at the end."""
    references: dict[tuple[int, str], int] = {}
    for index, draft in enumerate(drafts):
        if draft.kind == "body":
            for line in draft.lines:
                references |= {(line.page, number): index for number in _raised_numbers(line)}
    placed: list[tuple[int, Draft]] = []
    for index, draft in enumerate(drafts):
        found = _NUMBER.match(draft.lines[0].text) if draft.kind == "footnote" else None
        own = references.get((draft.lines[0].page, found[1]), index) if found else index
        placed.append((own, draft))
    return [draft for _, draft in sorted(placed, key=lambda pair: pair[0])]


def _raised_numbers(line: Line) -> list[str]:
    raised = "".join(
        character.text if line.raised(character) == "sup" and character.text.isdigit() else " "
        for character in line.characters
    )
    return raised.split()


def with_notes(drafts: Iterable[Draft], notes: Sequence[Note]) -> list[Draft]:
    """Return the drafts, each followed by the notes that it refers to."""
    by_line: dict[int, list[Note]] = {}
    for note in notes:
        by_line.setdefault(id(note.reference), []).append(note)
    out: list[Draft] = []
    for draft in drafts:
        out.append(draft)
        for line in draft.lines:
            out += [Draft(note.lines, "footnote", draft.cell) for note in by_line.get(id(line), [])]
    return out
