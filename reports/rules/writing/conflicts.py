"""Conflicts: paragraphs that two people changed at the same time. Both versions are kept until somebody chooses."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from django.db.models import QuerySet
from django.utils import timezone

from reports.document import merge, richtext
from reports.document.alignment.blocks import align_blocks
from reports.document.block import is_in
from reports.document.join_words import join
from reports.models import Conflict, Contribution, Report, Revision, Upload, User, units_behind

MOST_READ = 10  # revisions of which a save reads the text to find out whose a paragraph is


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
    if found.theirs and found.base and block.html == richtext.blocks(found.base)[0].html:
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


def sides(start: Revision | None, newest: Revision | None, *, from_sent: bool) -> tuple[str, str]:
    """Return the text that a save started from, and the one that is in the report."""
    started_from = (start.as_sent if from_sent else start.body) if start else ""
    return started_from, newest.body if newest else ""


def merge_save(
    start: Revision | None, newest: Revision | None, body: str, *, by: User, from_sent: bool, typed: bool
) -> tuple[merge.Merged, bool]:
    """Merge a text that grew from `start` with the newest one. Return also whether own windows were joined.

    What was not `typed` (a choice, a Word file, a restored version) is never joined: it need not be its writer's own.
    """
    started_from, in_report = sides(start, newest, from_sent=from_sent)
    if started_from == in_report:
        return merge.Merged(body, ()), False
    merged = merge.merge(started_from, body, in_report)
    if not merged.conflicts or newest is None or not typed:
        return merged, False
    joined = join_own(merged, by=by, newest=newest, since=first_base(start, from_sent=from_sent))
    return joined, len(joined.conflicts) < len(merged.conflicts)


def join_own(merged: merge.Merged, *, by: User, newest: Revision, since: int) -> merge.Merged:
    """Return the merged text with those conflicts settled that a person has with a text from another window of theirs.

    Nobody chooses between two texts of their own: both changes are in the text (join_words.py), and the history has
    each text as it was sent. `since` is the number of the revision that the save started from.
    """
    found = richtext.blocks(merged.html)
    left: list[merge.BlockConflict] = []
    grown = 0
    for conflict in sorted(merged.conflicts, key=lambda one: one.place):
        place = conflict.place + grown
        if not is_own(conflict, by=by, newest=newest, since=since):
            left.append(replace(conflict, place=place))
            continue
        joined = richtext.blocks(join(conflict.base, conflict.mine, conflict.theirs))
        was = 1 if conflict.theirs else 0
        depth = found[place].depth if was else 0
        found[place : place + was] = [replace(block, depth=depth or block.depth) for block in joined]
        grown += len(joined) - was
    return merge.Merged(richtext.from_blocks(found), tuple(left))


def first_base(start: Revision | None, *, from_sent: bool) -> int:
    """Return the number of the revision that a save really grew from.

    Who types on while merged texts are not shown names the last save. What others wrote before that was merged into it,
    but is new to the writer all the same.
    """
    number = start.number if start else 0
    while start and from_sent and start.sent:
        number = start.base
        start = Revision.objects.filter(
            contribution_id=start.contribution_id, language=start.language, number=number
        ).first()
    return number


def is_own(conflict: merge.BlockConflict, *, by: User, newest: Revision, since: int) -> bool:
    """Return whether nobody else changed the paragraph of a conflict since that revision; in doubt, somebody did."""
    rows = Revision.objects.filter(
        contribution_id=newest.contribution_id, language=newest.language, number__range=(since, newest.number)
    )
    others = rows.filter(number__gt=since).exclude(by=by)
    if not others.exists():
        return True
    if not conflict.theirs:
        return author(conflict, newest) == by
    texts = list(rows.order_by("-number")[: MOST_READ + 1])
    block = richtext.blocks(conflict.theirs)[0]
    if sum(one.html == block.html for one in richtext.blocks(newest.body)) > 1:
        return False
    for after, before in pairwise(texts):
        if is_in(block, before.body):
            continue
        if after.by_id != by.pk:
            return False
        old, new = richtext.blocks(before.body), richtext.blocks(after.body)
        partner = {here: there for there, here in align_blocks(old, new)}
        place = next((at for at, one in enumerate(new) if one.html == block.html), None)
        if place is None or place not in partner:
            return place is not None  # it was written then, in another window
        block = old[partner[place]]
    return texts[-1].number == since


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
    ).defer(*units_behind("revision__contribution"))


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
    """Return the key of the section of each open conflict in a report. One query."""
    return list(waiting_conflicts([report]).values_list("revision__contribution__section_id", flat=True))


def waiting_conflicts(reports: Iterable[Report]) -> QuerySet[Conflict]:
    """Return the open conflicts of these reports.

    Conflicts in texts that are not sent in with the report, or that cannot be settled now, are left out.
    """
    return Conflict.objects.filter(
        revision__contribution__section__report__in=list(reports),
        revision__contribution__section__frozen=False,
        revision__contribution__section__nothing_to_report=False,
        revision__contribution__removed_at=None,
        settled_at=None,
    )


def one_of(contributions: QuerySet[Contribution], pk: int) -> Conflict | None:
    """Return that conflict if it belongs to one of these contributions."""
    return of(contributions).filter(pk=pk).first()


def with_choice(conflict: Conflict, text: str, chosen: str) -> str:
    """Return `text`, the result of the conflict's save, with `chosen` in place of the version in it."""
    blocks, wanted = richtext.blocks(text), richtext.blocks(chosen)
    in_report = [block.html for block in richtext.blocks(conflict.theirs)]
    size = len(in_report)  # more than one only for a row of a translation
    texts = [block.html for block in blocks]
    like_it = [at for at in range(len(blocks)) if size and texts[at : at + size] == in_report]
    if like_it:
        at = min(like_it, key=lambda one: abs(one - conflict.place))
        depth = blocks[at].depth
        blocks[at : at + size] = [replace(block, depth=depth if block.kind != "p" else 0) for block in wanted]
    else:
        blocks[conflict.place : conflict.place] = wanted
    return richtext.from_blocks(blocks)


def close(conflict: Conflict, *, by: User) -> None:
    conflict.settled_by, conflict.settled_at = by, timezone.now()
    conflict.save(update_fields=["settled_by", "settled_at"])
