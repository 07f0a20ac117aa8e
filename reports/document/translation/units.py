"""The units of a translation: which paragraphs of the original became which paragraphs of the translation.

A unit keeps the paragraphs that it was made from *as they were*. So whether it is current is never stored: it follows
from the original as it is now, and a change that is taken back takes its mark with it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Literal, Self

from pydantic import Field, model_validator

from reports.document.block import Block, blocks, from_blocks
from reports.document.value import Value

Origin = Literal["person", "machine", "import"]
_STYLES = re.compile("</?(?:strong|em)>")
_TOUCHING = re.compile(r"</(sup|sub)><\1>")


class Unit(Value):
    """Some paragraphs of the original, mostly one, and those of the translation: three items may become five.

    `origin` says who wrote the target: a person, a machine whose draft no person has read, or a translation service.
    If it is not `wanted`, somebody decided that this wording needs no translation.
    """

    source: tuple[Block, ...] = Field(min_length=1)
    target: tuple[Block, ...] = ()
    origin: Origin = "person"
    wanted: bool = True

    @model_validator(mode="after")
    def says_something(self) -> Self:
        if self.wanted and not self.target:
            raise ValueError("a unit has a translation, or none is wanted")
        return self

    @property
    def has_same_shape(self) -> bool:
        """Whether each paragraph of the source became the one in its place: same kinds, same depths."""
        return shape(self.source) == shape(self.target)

    def split(self) -> "list[Unit]":
        """Return one unit for each paragraph, if both sides have the same shape, or there is no translation."""
        if not self.target:
            return [self.model_copy(update={"source": (one,)}) for one in self.source]
        if len(self.source) == 1 or not self.has_same_shape:
            return [self]
        pairs = zip(self.source, self.target, strict=True)
        return [self.model_copy(update={"source": (one,), "target": (other,)}) for one, other in pairs]


class Units(Value):
    """All units of one text in one language, as they are stored, those aside among them."""

    version: Literal[1] = 1
    units: tuple[Unit, ...] = ()


def shape(found: Iterable[Block]) -> list[tuple[str, int]]:
    return [(block.kind, block.depth) for block in found]


def words_of(block: Block) -> tuple[bool, str]:
    """Return what a translation is made from: the words and links of a block, and whether it is a row.

    Bold, italics, the kind of list and the depth change no word, so they make no translation stale.
    """
    return block.is_row, _TOUCHING.sub("", _STYLES.sub("", block.html))


def parsed(html: str, like: Sequence[Block] = ()) -> tuple[Block, ...]:
    """Return the blocks of a text that somebody edited alone, as deep as those that it stands for.

    An item of an inner list is edited as a list of its own; here it gets its place in the whole list back.
    """
    found = blocks(html, at_the_door=True)
    deeper = min((block.depth for block in like if block.depth), default=1) - 1
    return tuple(replace(one, depth=one.depth + deeper) if one.depth else one for one in found)


def html_of(found: Iterable[Block]) -> str:
    return from_blocks(found)
