"""What a document says of a translation beside its text: whose it is, and which of its blocks are not current."""

from typing import Literal

from pydantic import NonNegativeInt

from reports.document.value import Value

Whose = Literal["country", "secretariat"]


class Gap(Value):
    """A block of the original that has no translation, and the block of the translation before which its place is."""

    block: NonNegativeInt
    before: NonNegativeInt

    def place(self) -> tuple[int, int]:
        return self.before, self.block


class Translation(Value):
    """What a reader of a translation has to know. Blocks are paragraphs, items of lists and rows of tables, counted
    from 0 in the order of the text.

    `whose` it is; its blocks that are for an `older` wording of the original, and those that a `machine` wrote and no
    person has read; the blocks of the original for which no translation is wanted (`unwanted`) or none exists
    (`untranslated`), each with its place. A translation without any of this is the country's, current and whole.
    """

    whose: Whose = "country"
    older: tuple[NonNegativeInt, ...] = ()
    machine: tuple[NonNegativeInt, ...] = ()
    unwanted: tuple[Gap, ...] = ()
    untranslated: tuple[Gap, ...] = ()

    def check(self, blocks_of_original: int, blocks_of_translation: int) -> None:
        """Raise ValueError for a block that is named twice, out of order, or is not there."""
        for named in (self.older, self.machine):
            if list(named) != sorted(set(named)) or any(one >= blocks_of_translation for one in named):
                raise ValueError("a translation marks its own blocks, each once and in order")
        for gaps in (self.unwanted, self.untranslated):
            if list(gaps) != sorted(gaps, key=Gap.place):
                raise ValueError("what a translation lacks is in the order of its places")
        lacks = [gap.block for gap in (*self.unwanted, *self.untranslated)]
        if len(lacks) != len(set(lacks)) or any(block >= blocks_of_original for block in lacks):
            raise ValueError("a translation lacks blocks of its original, each once")
        if any(gap.before > blocks_of_translation for gap in (*self.unwanted, *self.untranslated)):
            raise ValueError("the place of a block is in the translation or at its end")

    @property
    def says_something(self) -> bool:
        return self != Translation()
