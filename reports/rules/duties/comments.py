"""The comments in which a colleague named a person, until that person answers or somebody settles them."""

from collections.abc import Iterator

from reports.models import Comment, units_behind
from reports.rules import permissions
from reports.rules.duties.duty import Duty, Kind
from reports.rules.duties.situation import Situation


def comments(now: Situation) -> Iterator[Duty]:
    """Yield the comments of each report that await the user. One query, and none where no comment names them."""
    named = now.with_any("has_comments")
    reports = {one.pk: one for one in named if permissions.may(now.user, "comment", one)}
    if not reports:
        return
    rows = Comment.objects.awaiting(now.user, reports.values()).select_related("contribution__section__question")
    rows = rows.defer(*units_behind("contribution"))
    found: dict[int, list[Comment]] = {}
    for row in rows.order_by("contribution__section__question__position", "pk"):
        found.setdefault(row.contribution.section.report_id, []).append(row)
    for pk, waiting in found.items():
        sections = tuple({row.contribution.section_id: row.contribution.section for row in waiting}.values())
        since = min(row.named_at for row in waiting)
        yield Duty(Kind.COMMENT, reports[pk], sections=sections, comments=tuple(waiting), since=since)


SOURCES = (comments,)
