"""What a reading copy prints of a contribution: the translation, what is not current with a mark in words, and the
original where there is no translation."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import escape
from typing import NamedTuple

from reports.document.block import Block, from_blocks
from reports.document.translation.kept import Printed, printed
from reports.document.translation_marks import Whose
from reports.document.tree import Contribution
from reports.writers.pdf_strings import STRINGS, original_note

MARK = '<span class="mark">[{note}]</span> {words}'
MARK_OF_ROW = '<td><p class="mark">[{note}]</p>{cells}'
NOTE = '<p class="note">{note}</p>'


class Copied(NamedTuple):
    """A contribution in a reading copy. `note` is printed above it, "" for none; marks of single paragraphs are in its
    HTML, which is safe."""

    html: str
    language: str
    note: str


def copied(contribution: Contribution, into: str, *, names_country: bool = False) -> Copied:
    """Return what a copy in that language prints.

    Where all of it is alike, one note says so above it. Otherwise each paragraph, item and row that is not a current
    translation begins with its own mark: a reader who starts anywhere knows what it is, and where the next one begins.
    With `names_country`, the note says that a translation is the country's too: it follows another that has a note.
    """
    marks = contribution.translation(into)
    is_whole = contribution.language == into or (into not in contribution.body and not marks.unwanted)
    if is_whole:
        return Copied(contribution.original, contribution.language, original_note(contribution.language, into))
    whose = _whose(marks.whose, into, names_country=names_country)
    if not marks.says_something:
        return Copied(contribution.body[into], into, whose)
    found = printed(contribution, into)
    notes = [note_of(one, contribution.language, into) for one in found]
    if found[0].is_original and len(set(notes)) == 1:
        return Copied(contribution.original, contribution.language, notes[0])
    if len(set(notes)) == 1:
        return Copied(contribution.body[into], into, ". ".join(filter(None, [whose, notes[0]])))
    pairs = list(zip(found, notes, strict=True))
    html = "".join(_html(group, contribution.language) for group in _groups(pairs))
    return Copied(html, into, whose)


def _whose(whose: Whose, into: str, *, names_country: bool) -> str:
    if whose == "secretariat":
        return STRINGS[into].by_secretariat
    return STRINGS[into].by_country if names_country else ""


def note_of(one: Printed, language: str, into: str) -> str:
    """Return what a copy says of a paragraph, "" for a current translation. `language` is that of the original."""
    words = STRINGS[into]
    if one.is_original:
        note = original_note(language, into)
        return words.not_wanted.format(original=note) if one.standing == "unwanted" else note
    if one.is_machine:
        return words.machine_older if one.standing == "older" else words.by_machine
    return words.older if one.standing == "older" else ""


def _groups(pairs: Sequence[tuple[Printed, str]]) -> Iterator[list[tuple[Printed, str]]]:
    """Yield each table, and what stands between two tables."""
    group: list[tuple[Printed, str]] = []
    for one, note in pairs:
        if group and (one.block.kind == "head" or one.block.is_row != group[-1][0].block.is_row):
            yield group
            group = []
        group.append((one, note))
    yield group


def _html(group: Sequence[tuple[Printed, str]], language: str) -> str:
    notes = {note for _one, note in group}
    if group[0][0].block.is_row and len(notes) == 1:  # a mark in each row of a table would hide its figures
        note = NOTE.format(note=escape(group[0][1])) if group[0][1] else ""
        return note + from_blocks(_spoken(one, language) for one, _note in group)
    return from_blocks(_marked(_spoken(one, language), note) for one, note in group)


def _spoken(one: Printed, language: str) -> Block:
    """Return the block with the language of an original, which stands in a translation."""
    block = one.block
    if not one.is_original:
        return block
    if block.is_row:
        return replace(block, html=block.html.replace("<p>", f'<p lang="{language}">'))
    return replace(block, html=f'<span lang="{language}">{block.html}</span>')


def _marked(block: Block, note: str) -> Block:
    """Return the block with its mark before its first words; of a row, in its first cell."""
    if not note:
        return block
    if block.is_row:
        return replace(block, html=MARK_OF_ROW.format(note=escape(note), cells=block.html.removeprefix("<td>")))
    return replace(block, html=MARK.format(note=escape(note), words=block.html))
