"""A translation as a document keeps it: its text, what is known of its blocks, and what a reading copy prints of it."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from reports.document.block import Block, blocks, from_blocks
from reports.document.translation.rows import Aligned, Row
from reports.document.translation_marks import Gap, Translation, Whose
from reports.document.tree import Contribution

Standing = Literal["current", "older", "unwanted", "untranslated"]


class Printed(NamedTuple):
    """A block of a reading copy: of the translation, `current` or for an `older` wording; or of the original, because
    no translation is wanted (`unwanted`) or there is none (`untranslated`)."""

    block: Block
    standing: Standing = "current"
    is_machine: bool = False

    @property
    def is_original(self) -> bool:
        return self.standing in ("unwanted", "untranslated")


def kept(aligned: Aligned, whose: Whose = "country") -> tuple[str, Translation]:
    """Return the text of a translation, "" for none, and its marks. What is aside is not in it."""
    text: list[Block] = []
    older: list[int] = []
    machine: list[int] = []
    gaps: dict[Standing, list[Gap]] = {"unwanted": [], "untranslated": []}
    for row in aligned.rows:
        standing = _standing(row)
        if standing in gaps:
            gaps[standing] += [Gap(block=place, before=len(text)) for place in row.places]
            continue
        numbers = range(len(text), len(text) + len(row.target))
        text += row.target
        older += numbers if standing == "older" else ()
        machine += numbers if row.unit and row.unit.origin == "machine" else ()
    html = from_blocks(text)
    if (count := len(blocks(html))) != len(text):  # two tables became one, too long for a table, and rows paragraphs
        every = tuple(range(count))  # no mark may come to stand at another block
        return html, Translation(whose=whose, older=every, machine=every if machine else ())
    marks = Translation(
        whose=whose,
        older=tuple(older),
        machine=tuple(machine),
        unwanted=tuple(sorted(gaps["unwanted"], key=Gap.place)),
        untranslated=tuple(sorted(gaps["untranslated"], key=Gap.place)),
    )
    return html, marks


def printed(contribution: Contribution, language: str) -> list[Printed]:
    """Return the blocks of a reading copy in that language, in order. A contribution without anything in it, or written
    in it, is printed as the original, and untranslated."""
    original = blocks(contribution.original)
    text = blocks(contribution.body.get(language, "")) if language != contribution.language else []
    marks = contribution.translation(language)
    if not text and not marks.unwanted:
        return [Printed(block, "untranslated") for block in original]
    older, machine = set(marks.older), set(marks.machine)
    gaps = sorted([*_gaps(marks.unwanted, "unwanted"), *_gaps(marks.untranslated, "untranslated")])
    out: list[Printed] = []
    for number in range(len(text) + 1):
        while gaps and gaps[0][0] == number:
            _before, place, standing = gaps.pop(0)
            out.append(Printed(original[place], standing))
        if number < len(text):
            standing = "older" if number in older else "current"
            out.append(Printed(text[number], standing, number in machine))
    return out


def _standing(row: Row) -> Standing:
    """Return how a row is kept. No translation was wanted for one wording: for another there is none."""
    if row.state == "not wanted":
        return "unwanted"
    if row.unit is None or not row.unit.wanted:
        return "untranslated"
    return "older" if row.state == "stale" else "current"


def _gaps(found: tuple[Gap, ...], standing: Standing) -> Iterator[tuple[int, int, Standing]]:
    yield from ((gap.before, gap.block, standing) for gap in found)
