"""Paragraphs that two people changed at the same time: kept with both versions, shown, and settled by a person."""

from dataclasses import replace

from django.db.models import QuerySet
from django.utils import timezone

from reports.document import richtext
from reports.document.merge import Merged
from reports.models import Conflict, Contribution, Report, Revision, User


def keep(revision: Revision, merged: Merged, now: Revision | None) -> None:
    """Keeps the conflicts of one save. Writing on in a paragraph already in conflict moves that conflict along."""
    if not merged.conflicts or now is None:
        return
    earlier = Conflict.objects.filter(
        revision__contribution=revision.contribution,
        revision__language=revision.language,
        revision__by=revision.by,
        settled_at=None,
    )
    waiting = {conflict.mine: conflict for conflict in earlier}
    for found in merged.conflicts:
        conflict = waiting.get(found.base) or Conflict(base=found.base)
        conflict.revision, conflict.their_author = revision, now.by
        conflict.mine, conflict.theirs = found.mine, found.theirs
        conflict.after = before(revision.as_sent, found.mine)
        conflict.save()


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
    """`text` with `chosen` in place of the version that stands there; at its old place, or the end, if none does."""
    blocks = richtext.blocks(text)
    standing = richtext.blocks(conflict.theirs)
    wanted = richtext.blocks(chosen)
    at = next((i for i, block in enumerate(blocks) if standing and block.html == standing[0].html), None)
    if at is not None:
        depth = blocks[at].depth
        blocks[at : at + 1] = [replace(block, depth=depth if block.kind != "p" else 0) for block in wanted]
    else:
        places = [i for i, block in enumerate(blocks) if richtext.from_blocks([block]) == conflict.after]
        at = places[0] + 1 if places else len(blocks)
        blocks[at:at] = wanted
    return richtext.from_blocks(blocks)


def before(text: str, paragraph: str) -> str:
    """The paragraph before this one, in HTML; "" at the start or where it does not occur."""
    parts = [richtext.from_blocks([block]) for block in richtext.blocks(text)]
    return parts[parts.index(paragraph) - 1] if paragraph in parts[1:] else ""


def close(conflict: Conflict, *, by: User) -> None:
    conflict.settled_by, conflict.settled_at = by, timezone.now()
    conflict.save(update_fields=["settled_by", "settled_at"])
