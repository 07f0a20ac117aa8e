"""Conflicts: paragraphs that two people changed at the same time. Both versions are kept until somebody chooses."""

from collections.abc import Iterable
from dataclasses import replace

from django.db.models import QuerySet
from django.utils import timezone

from reports.document import merge, richtext
from reports.document.block import is_in
from reports.models import Conflict, Contribution, Report, Revision, Upload, User


def keep(revision: Revision, merged: merge.Merged, now: Revision | None) -> None:
    """Store the conflicts of one save. A later save of the same writer updates the conflict instead of adding one."""
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
    """Find the author of `theirs`.

    The newest revision may be of another paragraph, or the writer's own, into which theirs was merged. Only the newest
    fifty revisions are read: the cost of a save must not grow with the history.
    """
    block = richtext.blocks(found.theirs or found.base)[0]
    if found.theirs and block.html == richtext.blocks(found.base)[0].html:
        return now.by  # only the kind changed: a paragraph became a list item, or the other way round
    rows = Revision.objects.filter(
        contribution_id=now.contribution_id, language=now.language, number__lte=now.number
    ).select_related("by")
    by = now.by
    for row in rows.order_by("-number")[:50].iterator(chunk_size=10):
        if is_in(block, row.body) != bool(found.theirs):
            break
        by = row.by
    return by


def nearest(same: list[Conflict], place: int) -> Conflict | None:
    """Of versions with the same text, return the one of this paragraph."""
    return min(same, key=lambda conflict: abs(conflict.place - place), default=None)


def of(contributions: QuerySet[Contribution]) -> QuerySet[Conflict]:
    """Return the conflicts of these contributions, settled ones too, with their authors."""
    rows = Conflict.objects.filter(revision__contribution__in=contributions)
    return rows.select_related(
        "revision__by",
        "revision__contribution__section__report",
        "revision__contribution__section__question",
        "their_author",
    )


def unsettled(contributions: QuerySet[Contribution]) -> list[Conflict]:
    return list(of(contributions).filter(settled_at=None))


def unsettled_of(upload: Upload) -> list[Conflict]:
    """Return the open conflicts that the import of a file made."""
    return list(of(Contribution.objects.all()).filter(revision__upload=upload, settled_at=None))


def emptied(found: Iterable[Conflict]) -> set[int]:
    """Return the contributions in these conflicts that have no text now; the page shows them all the same."""
    rows = [conflict.revision.contribution for conflict in found]
    return {row.pk for row in rows if not row.body and row.removed_at is None}


def waiting_in(report: Report) -> list[int]:
    """Return the key of the section of each open conflict in a report. One query.

    Conflicts in texts that are not sent in with the report, or that cannot be settled now, are left out.
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
    """Return that conflict if it belongs to one of these contributions."""
    return of(contributions).filter(pk=pk).first()


def with_choice(conflict: Conflict, text: str, chosen: str) -> str:
    """Return `text`, the result of the conflict's save, with `chosen` in place of the version in it."""
    blocks, wanted = richtext.blocks(text), richtext.blocks(chosen)
    in_report = [block.html for block in richtext.blocks(conflict.theirs)]
    like_it = [at for at, block in enumerate(blocks) if [block.html] == in_report]
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
