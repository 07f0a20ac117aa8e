"""Originals and their translations for the tests: every word of a translation is known to be one."""

from dataclasses import replace

from hypothesis import strategies as st

from reports.document.block import Block, from_blocks
from reports.document.translation.stored import units_of
from reports.document.translation.units import Unit
from tests.documents import LANGUAGES, answers

originals = st.sampled_from(LANGUAGES).flatmap(answers)


def numbered(count: int) -> list[Block]:
    return [
        Block("p", 0, f"Paragraph {one} says what unit {one} of the police did in district {one}.")
        for one in range(count)
    ]


def translated(block: Block) -> Block:
    """Return a block of the same shape whose words are the translation's."""
    return replace(block, html=block.html.replace("Paragraph", "Alinea").replace("says", "zegt"))


def one_to_one(found: list[Block]) -> list[Unit]:
    return [Unit(source=(block,), target=(translated(block),)) for block in found]


def html(*found: Block) -> str:
    return from_blocks(found)


def items(*texts: str) -> list[Block]:
    return [Block("ul", 1, text) for text in texts]


def whole(original: str) -> list[Unit]:
    """Return the units of a text that is its own translation: same structure."""
    return units_of(original, original)
