"""Merge the changes that two people made to one text, and find the conflicts that only they can settle.

The merge works on blocks, which are paragraphs, list items and rows of tables, with their kind and depth; a block that
both changed is merged word by word. It keeps these rules:

- Every block of the base has at most one place in the result, and one outcome: kept, changed, or removed.
- Every added block is between the same two neighbours as in its author's text.
- A block is a conflict only if both sides changed it, differently and in places that are too close (merge_words.py), or
  if one side changed and the other removed it. Its depth alone never is: it follows from the blocks around.
- *The same place* is what lies between two neighbouring blocks that both sides kept where they were. There, theirs
  comes first, since it was saved first, and then mine. A block that both added occurs as often as in the text that has
  it more often.
"""

from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from reports.document.alignment.blocks import align_blocks
from reports.document.alignment.regions import Budget
from reports.document.alignment.sequences import equal_pairs, word_budget
from reports.document.block import Block, blocks, from_blocks
from reports.document.merge_words import merge_block

T = TypeVar("T")


@dataclass(frozen=True)
class BlockConflict:
    """One block as it was and as each side has it, in normal form; "" where that side removed it.

    `place` is the index of their block among the blocks of the merged text. If they removed it, `place` is the index of
    the block that would follow mine.
    """

    base: str
    mine: str
    theirs: str
    place: int


@dataclass(frozen=True)
class Merged:
    """The text in normal form. Where there is a conflict, it has their version."""

    html: str
    conflicts: tuple[BlockConflict, ...]


def merge(base: str, mine: str, theirs: str) -> Merged:
    """Return `base` with the changes of both. All that either side wrote is in the text or in the conflicts."""
    # At the door: a text that was stored before characters had one form differs from what its editor sends in no word.
    old, first, second = (blocks(text, at_the_door=True) for text in (base, mine, theirs))
    merging = _Merge(old, _side(old, first), _side(old, second))
    result = list(merging.result())
    return Merged(from_blocks(result), tuple(merging.conflicts(result)))


@dataclass(frozen=True)
class _Side:
    """What one side made of the base. The mappings are from indexes in the base to indexes in `blocks`."""

    blocks: Sequence[Block]
    stayed: Mapping[int, int]  # the block is where it was, perhaps edited
    moved: Mapping[int, int]  # it was cut and pasted elsewhere

    @cached_property
    def kept(self) -> Mapping[int, int]:
        return {**self.stayed, **self.moved}

    @cached_property
    def origin(self) -> Mapping[int, int]:
        """From indexes in `blocks` to indexes in the base; an added block is not in it."""
        return {here: there for there, here in self.kept.items()}

    def block(self, number: int) -> Block | None:
        """Return what became of that block of the base; None if it was removed."""
        return self.blocks[self.kept[number]] if number in self.kept else None

    def between(self, before: int, after: int) -> range:
        """Return the indexes here between two blocks of the base that stayed.

        -1 means the beginning of the text, and the number of the base's blocks its end.
        """
        start = self.stayed[before] + 1 if before >= 0 else 0
        return range(start, self.stayed.get(after, len(self.blocks)))


def _side(base: Sequence[Block], now: Sequence[Block]) -> _Side:
    paired = dict(align_blocks(base, now))
    moved = dict(_moved(base, now, paired))
    pasted = set(moved.values())
    stayed = {at: here for at, here in paired.items() if at not in moved and here not in pasted}
    return _Side(now, stayed, moved)


def _moved(base: Sequence[Block], now: Sequence[Block], paired: Mapping[int, int]) -> Iterator[tuple[int, int]]:
    """Yield the blocks that were cut and pasted elsewhere: unchanged, or only made an item or a paragraph.

    A block that is found again whole is taken for the same block, even if the alignment paired the place with a
    similar one: otherwise the pasted text would look like an edit, and the edit like a removal.
    """
    looks_edited = {here for there, here in paired.items() if base[there].html != now[here].html}
    whole = set(paired.values()) - looks_edited
    pasted: dict[str, deque[int]] = {}
    for here, block in enumerate(now):
        if here not in whole:
            pasted.setdefault(block.html, deque()).append(here)
    for there, block in enumerate(base):
        places = pasted.get(block.html)
        if not places or paired.get(there) in whole:
            continue
        if there in paired and places[0] not in looks_edited:
            continue  # it was edited where it was, and the unchanged copy elsewhere is new
        yield there, places.popleft()


@dataclass(frozen=True)
class _Outcome:
    """What becomes of one block of the base; `block` is None if it is removed."""

    block: Block | None
    is_conflict: bool = False


@dataclass(frozen=True)
class _Merge:
    base: Sequence[Block]
    mine: _Side
    theirs: _Side

    @cached_property
    def budget(self) -> Budget:
        return word_budget()

    @cached_property
    def outcomes(self) -> Sequence[_Outcome]:
        return [self._outcome(number) for number in range(len(self.base))]

    def result(self) -> Iterator[Block]:
        """Yield the merged blocks: place by place, each followed by the block that both kept after it."""
        before = -1
        for number in range(len(self.base) + 1):
            last = number == len(self.base)
            if last or (number in self.mine.stayed and number in self.theirs.stayed):
                yield from _both(self._by_them(before, number), self._by_me(before, number))
                if not last and (block := self.outcomes[number].block):
                    yield block
                before = number

    def _by_them(self, before: int, after: int) -> list[Block]:
        """Return what they have at this place: their new blocks, and those of the base that they placed."""
        return self._put(self.theirs, before, after, lambda number: self._placed_by(number) is self.theirs)

    def _by_me(self, before: int, after: int) -> list[Block]:
        """Return what I have at this place, and the blocks of the base that both put here; see _both()."""
        here = self.theirs.between(before, after)
        return self._put(
            self.mine,
            before,
            after,
            lambda number: self._placed_by(number) is self.mine or self.theirs.kept.get(number) in here,
        )

    def _put(self, side: _Side, before: int, after: int, belongs: Callable[[int], bool]) -> list[Block]:
        out: list[Block | None] = []
        for here in side.between(before, after):
            number = side.origin.get(here)
            if number is None:
                out.append(side.blocks[here])
            elif belongs(number):
                out.append(self.outcomes[number].block)
        return [block for block in out if block]

    def _placed_by(self, number: int) -> _Side:
        """Return the side whose place a block of the base gets: the one that moved it; theirs if both or none did."""
        return self.mine if number in self.mine.moved and number not in self.theirs.moved else self.theirs

    def _outcome(self, number: int) -> _Outcome:
        base, mine, theirs = self.base[number], self.mine.block(number), self.theirs.block(number)
        left = mine or theirs
        if mine and theirs:
            if changed := _changed(base, mine, theirs, self.budget):
                return _Outcome(changed)
        elif number in self.mine.moved or number in self.theirs.moved:
            return _Outcome(left)  # removed by one, moved by the other, who wants to keep it
        elif left is None or _alone(left) == _alone(base):
            return _Outcome(None)
        return _Outcome(theirs, is_conflict=True)

    def conflicts(self, result: Sequence[Block]) -> Iterator[BlockConflict]:
        # By identity, because equal blocks may occur more than once. _both() drops one of two equal blocks, perhaps
        # theirs; then the equal one in the result is meant, whatever its depth.
        places = {id(block): place for place, block in enumerate(result)}
        alike = {(block.kind, block.html): place for place, block in enumerate(result)}
        for number, outcome in enumerate(self.outcomes):
            if not outcome.is_conflict:
                continue
            mine, theirs = self.mine.block(number), self.theirs.block(number)
            if not theirs:
                place = self._after_mine(number, places)
            elif id(theirs) in places:
                place = places[id(theirs)]
            else:
                place = alike[theirs.kind, theirs.html]
            yield BlockConflict(_alone(self.base[number]), _alone(mine), _alone(theirs), place)

    def _after_mine(self, number: int, places: dict[int, int]) -> int:
        """Return the place after the nearest block that precedes it in my text and is in the result, too."""
        for here in reversed(range(self.mine.kept[number])):
            origin = self.mine.origin.get(here)
            block = self.mine.blocks[here] if origin is None else self.outcomes[origin].block
            if id(block) in places:
                return places[id(block)] + 1
        return 0


def _changed(base: Block, mine: Block, theirs: Block, budget: Budget) -> Block | None:
    """Return the block with the changes of both; None if they contradict each other, or are too close."""
    kind = _settled(base.kind, mine.kind, theirs.kind)
    depth = _settled(base.depth, mine.depth, theirs.depth)
    if kind is None:
        return None
    html = _settled(base.html, mine.html, theirs.html)
    if html is None:
        html = merge_block(base, mine, theirs, budget)
    if html is None:
        return None
    return Block(kind, theirs.depth if depth is None else depth, html)


def _settled(base: T, mine: T, theirs: T) -> T | None:
    """Return the merged value; None if both changed it, differently."""
    if theirs == base:
        return mine
    return theirs if mine in (base, theirs) else None


def _alone(block: Block | None) -> str:
    return from_blocks([block]) if block else ""


def _both(theirs: list[Block], mine: list[Block]) -> Iterator[Block]:
    """Yield theirs, then mine; what they have in common, once, where it is in both. Depths are not compared."""
    first, second = [replace(block, depth=0) for block in theirs], [replace(block, depth=0) for block in mine]
    common = equal_pairs(first, second)
    twice = Counter(first) & Counter(second)
    twice.subtract(first[at] for at, _ in common)
    done_first = done_second = 0
    for at, also_at in [*common, (len(first), len(second))]:
        yield from theirs[done_first:at]
        for here in range(done_second, also_at):
            if twice[second[here]] > 0:  # theirs has it, too, in another order
                twice[second[here]] -= 1
            else:
                yield mine[here]
        yield from theirs[at : at + 1]
        done_first, done_second = at + 1, also_at + 1
