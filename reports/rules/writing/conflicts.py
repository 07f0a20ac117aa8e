"""Paragraphs that two people changed at the same time: kept with both versions, shown, and settled by a person."""

from collections.abc import Iterable
from dataclasses import replace

from django.db.models import QuerySet
from django.utils import timezone

from reports.document import merge, richtext
from reports.models import Conflict, Contribution, Report, Revision, User


def keep(revision: Revision, merged: merge.Merged, now: Revision | None) -> None:
    """Keeps the conflicts of one save. Writing on in a paragraph already in conflict moves that conflict along."""
    if not merged.conflicts or now is None:
        return
    earlier = Conflict.objects.filter(
        revision__contribution=revision.contribution,
        revision__language=revision.language,
        revision__by=revision.by,
        settled_at=None,
    )
    waiting = list(earlier)
    for found in merged.conflicts:
        conflict = nearest([one for one in waiting if one.mine == found.base], found.place) or Conflict(base=found.base)
        waiting = [one for one in waiting if one is not conflict]
        conflict.revision, conflict.their_author = revision, author(found, now)
        conflict.mine, conflict.theirs, conflict.place = found.mine, found.theirs, found.place
        conflict.save()


def author(found: merge.BlockConflict, now: Revision) -> User:
    """Who made theirs what it is: the newest revision may be somebody else's, of another paragraph, or one's own, into
    which theirs was merged. What a save costs must not grow with the history: it looks at the newest fifty."""
    text = richtext.blocks(found.theirs or found.base)[0].html
    if found.theirs and text == richtext.blocks(found.base)[0].html:
        return now.by  # they made it an item, or a paragraph
    rows = Revision.objects.filter(
        contribution_id=now.contribution_id, language=now.language, number__lte=now.number
    ).select_related("by")
    by = now.by
    for row in rows.order_by("-number")[:50].iterator(chunk_size=10):
        if (f"<p>{text}</p>" in row.body) != bool(found.theirs):
            break
        by = row.by
    return by


def nearest(same: list[Conflict], place: int) -> Conflict | None:
    """Of versions that read the same, the one of this paragraph."""
    return min(same, key=lambda conflict: abs(conflict.place - place), default=None)


def of(contributions: QuerySet[Contribution]) -> QuerySet[Conflict]:
    """The conflicts of these contributions, settled ones too, with the people in them."""
    rows = Conflict.objects.filter(revision__contribution__in=contributions)
    return rows.select_related(
        "revision__by",
        "revision__contribution__section__report",
        "revision__contribution__section__question",
        "their_author",
    )


def unsettled(contributions: QuerySet[Contribution]) -> list[Conflict]:
    return list(of(contributions).filter(settled_at=None))


def emptied(found: Iterable[Conflict]) -> set[int]:
    """Of conflicts, the contributions that stand without text: they are shown for the sake of the conflict."""
    rows = [conflict.revision.contribution for conflict in found]
    return {row.pk for row in rows if not row.body and row.removed_at is None}


def waiting_in(report: Report) -> list[int]:
    """For each paragraph of a report that has two versions, the key of its section. One query.

    Left out is what is not sent in with the report, and what cannot be settled now.
    """
    waiting = Conflict.objects.filter(
        revision__contribution__section__report=report,
        revision__contribution__section__frozen=False,
        revision__contribution__section__nothing_to_report=False,
        revision__contribution__removed_at=None,
        settled_at=None,
    )
    return list(waiting.values_list("revision__contribution__section_id", flat=True))


def one_of(contributions: QuerySet[Contribution], pk: int) -> Conflict | None:
    """That conflict, if it is one of these contributions'."""
    return of(contributions).filter(pk=pk).first()


def with_choice(conflict: Conflict, text: str, chosen: str) -> str:
    """`text`, which the conflict's save left, with `chosen` in place of the version that stands there."""
    blocks, wanted = richtext.blocks(text), richtext.blocks(chosen)
    standing = [block.html for block in richtext.blocks(conflict.theirs)]
    like_it = [at for at, block in enumerate(blocks) if [block.html] == standing]
    if like_it:
        at = min(like_it, key=lambda one: abs(one - conflict.place))
        depth = blocks[at].depth
        blocks[at : at + 1] = [replace(block, depth=depth if block.kind != "p" else 0) for block in wanted]
    else:
        blocks[conflict.place : conflict.place] = wanted
    return richtext.from_blocks(blocks)


def close(conflict: Conflict, *, by: User) -> None:
    conflict.settled_by, conflict.settled_at = by, timezone.now()
    conflict.save(update_fields=["settled_by", "settled_at"])
