"""The changes that somebody suggests to a text, paragraph by paragraph, and the text with some of them.

Paragraphs, items and rows are paired as in a merge. One that was edited is a change, and so is each one that was added
or removed. Where paragraphs were replaced by others that are not similar, all of these are one change.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from reports.document.alignment.blocks import align_blocks
from reports.document.block import Block, blocks, from_blocks, text_of
from reports.document.merge import merge


@dataclass(frozen=True)
class SuggestedChange:
    """Blocks of the base, from index `at` on, and what is suggested in their place. One of the two may be empty."""

    at: int
    old: tuple[Block, ...]
    new: tuple[Block, ...]


@dataclass(frozen=True)
class ChangeNow:
    """A suggested change against the text as it is now; `now` and `then` are in normal form.

    `number` is its index in `changes`. `after` are the words of the block of the base before it, "" at the beginning.
    With `is_conflict`, the text was changed there since: `then` is what was suggested. With `is_done`, the text says it
    already.
    """

    number: int
    now: str
    then: str
    after: str
    is_conflict: bool
    is_done: bool


def changes(base: str, suggested: str) -> list[SuggestedChange]:
    """Return what a suggestion changes in its base, in order. Both are texts in normal form."""
    return list(_changes(blocks(base), blocks(suggested)))


def _changes(old: Sequence[Block], new: Sequence[Block]) -> Iterator[SuggestedChange]:
    i = k = 0
    for there, here in [*align_blocks(old, new), (len(old), len(new))]:
        yield from _between(i, tuple(old[i:there]), tuple(new[k:here]))
        if there < len(old) and old[there] != new[here]:
            yield SuggestedChange(there, (old[there],), (new[here],))
        i, k = there + 1, here + 1


def _between(at: int, removed: tuple[Block, ...], added: tuple[Block, ...]) -> Iterator[SuggestedChange]:
    if removed and added:
        yield SuggestedChange(at, removed, added)
        return
    yield from (SuggestedChange(at, (), (block,)) for block in added)
    yield from (SuggestedChange(at + step, (block,), ()) for step, block in enumerate(removed))


def with_changes(base: str, suggested: str, chosen: Collection[int]) -> str:
    """Return the base with the chosen ones of its suggested changes, which are indexes in `changes`.

    With all of them it is the suggested text, with none the base.
    """
    old = blocks(base)
    out: list[Block] = []
    done = 0
    for number, change in enumerate(_changes(old, blocks(suggested))):
        out += old[done : change.at]
        out += change.new if number in chosen else change.old
        done = change.at + len(change.old)
    return from_blocks([*out, *old[done:]])


def against(base: str, suggested: str, now: str) -> list[ChangeNow]:
    """Return each suggested change as it would change the text that is there `now`."""
    old, current = blocks(base), blocks(now)
    kept = {at: at for at in range(len(old))} if base == now else dict(align_blocks(old, current))
    found = []
    for number, change in enumerate(_changes(old, blocks(suggested))):
        places = [kept[at] for at in range(change.at, change.at + len(change.old)) if at in kept]
        before, here = from_blocks(change.old), from_blocks(current[at] for at in places)
        then = from_blocks(change.new)
        merged = merge(before, then, here)
        is_conflict = bool(merged.conflicts)
        found.append(
            ChangeNow(
                number=number,
                now=here,
                then=then if is_conflict else merged.html,
                after=" ".join(text_of(old[change.at - 1])) if change.at else "",
                is_conflict=is_conflict,
                is_done=not is_conflict and here != before and merged.html == here,
            )
        )
    return found
