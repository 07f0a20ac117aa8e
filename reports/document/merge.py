"""Two people changed one text: what both wrote, in one text, and what only they can decide.

The text is taken paragraph by paragraph and item by item (*block*), each with its kind and depth. Every block of the
base has at most one place in the result and one fate; every block that somebody added stands between the same two
neighbours as in their text. Only a block that both changed, differently, or that one changed and the other removed, is
a conflict; how deep an item stands follows from what is around it and is never one.

*The same place* is what lies between two neighbouring blocks that both sides kept where they were. There, theirs stands
first (it arrived first), then mine; a block that both added stands as often as the side that has it more often has it.
"""

from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from reports.document.alignment.blocks import align_blocks
from reports.document.alignment.sequences import equal_pairs
from reports.document.block import Block, blocks, from_blocks

T = TypeVar("T")


@dataclass(frozen=True)
class BlockConflict:
    """One block as it was and as each side has it, in normal form; "" where that side removed it.

    `place` is the index of theirs among the blocks of the merged text; where they removed it, that of the block before
    which mine would stand.
    """

    base: str
    mine: str
    theirs: str
    place: int


@dataclass(frozen=True)
class Merged:
    """The text in normal form. Where there is a conflict, theirs stands."""

    html: str
    conflicts: tuple[BlockConflict, ...]


def merge(base: str, mine: str, theirs: str) -> Merged:
    """`base` with the changes of both. Nothing that either wrote is missing from both the text and the conflicts."""
    old = blocks(base)
    merging = _Merging(old, _Side(old, blocks(mine)), _Side(old, blocks(theirs)))
    result = list(merging.result())
    return Merged(from_blocks(result), tuple(merging.conflicts(result)))


class _Side:
    """What one side made of the base."""

    def __init__(self, base: Sequence[Block], now: Sequence[Block]) -> None:
        self.blocks = now
        paired = dict(align_blocks(base, now))  # index in the base: index here
        self.moved = dict(_moved(base, now, paired))
        pasted = set(self.moved.values())
        self.stayed = {at: here for at, here in paired.items() if at not in self.moved and here not in pasted}
        self.kept = self.stayed | self.moved
        self.origin = {here: there for there, here in self.kept.items()}

    def block(self, number: int) -> Block | None:
        """What became of that block of the base."""
        return self.blocks[self.kept[number]] if number in self.kept else None

    def between(self, before: int, after: int) -> range:
        """The indexes here between two blocks of the base that stayed; -1 and beyond the last are the text's ends."""
        start = self.stayed[before] + 1 if before >= 0 else 0
        return range(start, self.stayed.get(after, len(self.blocks)))


def _moved(base: Sequence[Block], now: Sequence[Block], paired: dict[int, int]) -> Iterator[tuple[int, int]]:
    """Blocks that were cut and pasted elsewhere, unchanged but perhaps made an item or a paragraph.

    What is found again whole is that block, even where it also looks like an edit of its new neighbour.
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
            continue  # it was edited in its place, and a copy of what it was is new
        yield there, places.popleft()


class _Merging:
    def __init__(self, base: Sequence[Block], mine: _Side, theirs: _Side) -> None:
        self.base, self.mine, self.theirs = base, mine, theirs
        self.disputed: list[int] = []
        self.fates = [self._fate(number) for number in range(len(base))]

    def result(self) -> Iterator[Block]:
        """Place by place, each with the block after it that both kept there."""
        before = -1
        for number in range(len(self.base) + 1):
            last = number == len(self.base)
            if last or (number in self.mine.stayed and number in self.theirs.stayed):
                yield from _both(self._by_them(before, number), self._by_me(before, number))
                if not last and (block := self.fates[number]):
                    yield block
                before = number

    def _by_them(self, before: int, after: int) -> list[Block]:
        """What they have at this place: their new blocks, and those of the base whose place they decide."""
        return self._put(self.theirs, before, after, lambda number: self._placed_by(number) is self.theirs)

    def _by_me(self, before: int, after: int) -> list[Block]:
        """The same for me, and the blocks of the base that they put here as I did: what both have stands once."""
        here = self.theirs.between(before, after)
        return self._put(
            self.mine,
            before,
            after,
            lambda number: self._placed_by(number) is self.mine or self.theirs.kept.get(number) in here,
        )

    def _put(self, side: _Side, before: int, after: int, stands: Callable[[int], bool]) -> list[Block]:
        out: list[Block | None] = []
        for here in side.between(before, after):
            number = side.origin.get(here)
            if number is None:
                out.append(side.blocks[here])
            elif stands(number):
                out.append(self.fates[number])
        return [block for block in out if block]

    def _placed_by(self, number: int) -> _Side:
        return self.mine if number in self.mine.moved and number not in self.theirs.moved else self.theirs

    def _fate(self, number: int) -> Block | None:
        base, mine, theirs = self.base[number], self.mine.block(number), self.theirs.block(number)
        left = mine or theirs
        if mine and theirs:
            if changed := _changed(base, mine, theirs):
                return changed
        elif number in self.mine.moved or number in self.theirs.moved:
            return left  # removed by one, put elsewhere by the other, who wants to keep it
        elif left is None or _alone(left) == _alone(base):
            return None
        self.disputed.append(number)
        return theirs

    def conflicts(self, result: Sequence[Block]) -> Iterator[BlockConflict]:
        places = {id(block): place for place, block in enumerate(result)}
        alike = {(block.kind, block.html): place for place, block in enumerate(result)}  # what both have stands once
        for number in self.disputed:
            mine, theirs = self.mine.block(number), self.theirs.block(number)
            if not theirs:
                place = self._after_mine(number, places)
            elif id(theirs) in places:
                place = places[id(theirs)]
            else:
                place = alike[theirs.kind, theirs.html]
            yield BlockConflict(_alone(self.base[number]), _alone(mine), _alone(theirs), place)

    def _after_mine(self, number: int, places: dict[int, int]) -> int:
        """Behind the nearest block that stands before it in mine and in the result too."""
        for here in reversed(range(self.mine.kept[number])):
            origin = self.mine.origin.get(here)
            block = self.mine.blocks[here] if origin is None else self.fates[origin]
            if id(block) in places:
                return places[id(block)] + 1
        return 0


def _changed(base: Block, mine: Block, theirs: Block) -> Block | None:
    """The block with the changes of both; None if they do not agree."""
    html = _settled(base.html, mine.html, theirs.html)
    kind = _settled(base.kind, mine.kind, theirs.kind)
    depth = _settled(base.depth, mine.depth, theirs.depth)
    if html is None or kind is None:
        return None
    return Block(kind, theirs.depth if depth is None else depth, html)


def _settled(base: T, mine: T, theirs: T) -> T | None:
    """One of three values; None if both changed it, differently."""
    if theirs == base:
        return mine
    return theirs if mine in (base, theirs) else None


def _alone(block: Block | None) -> str:
    return from_blocks([block]) if block else ""


def _both(theirs: list[Block], mine: list[Block]) -> Iterator[Block]:
    """Theirs, then mine, what they have in common once and where it stands in both."""
    first, second = [replace(block, depth=0) for block in theirs], [replace(block, depth=0) for block in mine]
    common = equal_pairs(first, second)
    twice = Counter(first) & Counter(second)
    twice.subtract(first[at] for at, _ in common)
    done_first = done_second = 0
    for at, also_at in [*common, (len(first), len(second))]:
        yield from theirs[done_first:at]
        for here in range(done_second, also_at):
            if twice[second[here]] > 0:  # theirs has it too, in another order
                twice[second[here]] -= 1
            else:
                yield mine[here]
        yield from theirs[at : at + 1]
        done_first, done_second = at + 1, also_at + 1
