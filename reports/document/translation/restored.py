"""The units of a translation that comes from a document: with its marks, as far as a document knows them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from reports.document.block import Block, blocks
from reports.document.translation.stored import units_between
from reports.document.translation.units import Unit
from reports.document.translation_marks import Gap, Translation
from reports.document.tree import Contribution


class _Stretch(NamedTuple):
    """Blocks of the original and of their translation; `start` is the number of the first of these."""

    sources: Sequence[Block]
    targets: Sequence[Block]
    start: int


def restored(contribution: Contribution, language: str) -> list[Unit] | None:
    """Return the units of a translation that was read from a document; None if it has no marks.

    A document does not have the wording from which an older translation was made. Its unit gets the wording of now and
    an ellipsis, for words that nobody knows: it stays stale until a person says that it is current.
    """
    marks = contribution.translation(language)
    if not marks.says_something:
        return None
    original, text = blocks(contribution.original), blocks(contribution.body.get(language, ""))
    out = [Unit(source=(original[gap.block],), wanted=False) for gap in marks.unwanted]
    for stretch in _stretches(marks, original, text):
        number = stretch.start
        for unit in units_between(stretch.sources, stretch.targets):
            parts = unit.split() if _is_marked(unit, number, marks) else [unit]
            for part in parts:
                out.append(_with_marks(part, number, marks))
                number += len(part.target)
    return out


def _stretches(marks: Translation, original: Sequence[Block], text: Sequence[Block]) -> Iterator[_Stretch]:
    """Yield what stands between two places without a translation, on both sides; all of it, if these places are in
    another order on one side."""
    gaps = sorted([*marks.unwanted, *marks.untranslated], key=Gap.place)
    lacks = [gap.block for gap in gaps]
    if lacks != sorted(lacks):
        yield _Stretch([block for place, block in enumerate(original) if place not in lacks], text, 0)
        return
    source = target = 0
    for gap in [*gaps, Gap(block=len(original), before=len(text))]:
        yield _Stretch(original[source : gap.block], text[target : gap.before], target)
        source, target = gap.block + 1, gap.before


def _is_marked(unit: Unit, start: int, marks: Translation) -> bool:
    return not {*marks.older, *marks.machine}.isdisjoint(range(start, start + len(unit.target)))


def _with_marks(unit: Unit, start: int, marks: Translation) -> Unit:
    numbers = range(start, start + len(unit.target))
    if not set(marks.machine).isdisjoint(numbers):
        unit = unit.model_copy(update={"origin": "machine"})
    if not set(marks.older).isdisjoint(numbers):
        unit = unit.model_copy(update={"source": tuple(_older(block) for block in unit.source)})
    return unit


def _older(block: Block) -> Block:
    return replace(block, html=f"{block.html}<td><p>…</p></td>" if block.is_row else f"{block.html} …")
