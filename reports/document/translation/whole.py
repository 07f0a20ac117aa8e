"""A translation that was saved as one text: from the box below the original, a restored version, or a file."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from reports.document.block import Block, blocks, from_blocks
from reports.document.translation.matching import match
from reports.document.translation.rows import Aligned, Row, align
from reports.document.translation.stored import units_of
from reports.document.translation.units import Unit, shape


def with_text(original: str, units: Sequence[Unit], text: str, *, before: str = "") -> tuple[Unit, ...]:
    """Return the units of a translation that is now this text, in normal form.

    A unit whose target was not touched stays as it is; one that was edited keeps the source that it was made from, so
    what was stale is stale. New paragraphs go to the untranslated row in their place, else to the one before them.
    Units aside, and those without a wanted translation, stay. Where a text fits none of this, it is current as a whole:
    what somebody saved is printed, whatever the marks say.

    `before` is the text that was there. If the original changed since, it may have another order, and passages that are
    aside now. A text that grew from it has these too, and that is no wish of its writer.
    """
    aligned = align(original, units)
    now = blocks(text)
    if aligned.text() == from_blocks(now):
        return aligned.units
    shown = [row for row in aligned.rows if row.state != "not wanted"]
    kept = [unit for unit in aligned.units if unit in aligned.aside or not unit.wanted]
    fresh = (*units_of(from_blocks(block for row in shown for block in row.source), text), *kept)
    if not any(row.unit for row in shown):
        return fresh
    if before and before != aligned.text() and (followed := _followed(original, aligned, shown, now)) is not None:
        return followed
    tries = (_with(aligned, *one) for one in _tries(shown, now))
    printed = (units for units in tries if align(original, units).text() == from_blocks(now))
    return next(printed, fresh)


def _followed(original: str, aligned: Aligned, shown: Sequence[Row], now: Sequence[Block]) -> tuple[Unit, ...] | None:
    """Return the units of a text in an earlier order, if every block of it has its place in them; else None."""
    rows = [*shown, *(Row((), unit.source, "stale", unit) for unit in aligned.aside if unit.wanted)]
    targets = _targets(rows, now)
    aside = [_edited(row, target) for row, target in zip(rows[len(shown) :], targets[len(shown) :], strict=True)]
    others = [unit for unit in aligned.aside if not unit.wanted]
    units = _with(replace(aligned, aside=(*aside, *others)), shown, targets[: len(shown)])
    printed = blocks(align(original, units).text())
    printed += [block for target in targets[len(shown) :] for block in target]
    return units if Counter(block.html for block in printed) == Counter(block.html for block in now) else None


def _edited(row: Row, target: Sequence[Block]) -> Unit:
    """Return the unit of a passage that is aside. It is kept, also where the text has it no more."""
    assert row.unit
    return row.unit.model_copy(update={"target": tuple(target)}) if target else row.unit


def _tries(rows: Sequence[Row], now: Sequence[Block]) -> Iterator[tuple[Sequence[Row], Sequence[Sequence[Block]]]]:
    """Yield the ways to divide a text among rows: as finely as can be told, or, if paragraphs were moved, all of it."""
    yield rows, _targets(rows, now)
    yield [_joined(rows)], [now]


def _targets(rows: Sequence[Row], now: Sequence[Block]) -> list[list[Block]]:
    """Return which blocks of the text belong to each row."""
    owners = [number for number, row in enumerate(rows) for _block in row.target]
    found = match([block for row in rows for block in row.target], now)
    owner_of = {place: owners[old] for old, place in (found.exact | found.near).items()}
    out: list[list[Block]] = [[] for _row in rows]
    place, last = 0, -1
    while place < len(now):
        stop = next((at for at in range(place, len(now)) if at in owner_of), len(now))
        if stop > place:
            following = owner_of.get(stop, len(rows))
            _fill(out, rows, range(last + 1, following), now[place:stop], max(last, 0))
        else:
            last = owner_of[place]
            out[last].append(now[place])
            stop = place + 1
        place = stop
    return out


def _fill(
    out: list[list[Block]], rows: Sequence[Row], between: Iterable[int], new: Sequence[Block], before: int
) -> None:
    """Give new blocks to the untranslated rows between their neighbours, one to one if they have the same shape."""
    empty = [number for number in between if rows[number].unit is None]
    if shape(new) == shape(block for number in empty for block in rows[number].source):
        start = 0
        for number in empty:
            stop = start + len(rows[number].source)
            out[number] += new[start:stop]
            start = stop
    else:
        out[empty[0] if empty else before] += new


def _joined(rows: Sequence[Row]) -> Row:
    source = tuple(block for row in rows for block in (row.unit.source if row.unit else row.source))
    return Row(tuple(place for row in rows for place in row.places), source, "untranslated")


def _with(aligned: Aligned, rows: Sequence[Row], targets: Sequence[Sequence[Block]]) -> tuple[Unit, ...]:
    places = {place for row in rows for place in row.places}
    out = [row.unit for row in aligned.rows if row.unit and not places & set(row.places)]
    for row, target in zip(rows, targets, strict=False):
        if row.unit and tuple(target) == row.target:
            out.append(row.unit)
        elif target:
            out.append(Unit(source=row.unit.source if row.unit else row.source, target=tuple(target)))
    return (*out, *aligned.aside)
