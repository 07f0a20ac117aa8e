"""The approvals that are asked of a person."""

from collections.abc import Iterator

from reports.models import Answer, Approval
from reports.rules import permissions
from reports.rules.duties.duty import Duty, Kind
from reports.rules.duties.situation import Situation


def approvals(now: Situation) -> Iterator[Duty]:
    """Yield what was asked together: the approvals of a report that one colleague asks for."""
    requests = now.with_any("has_requests")
    reports = {one.pk: one for one in requests if permissions.may(now.user, "approve", one)}
    if not reports:
        return
    rows = Approval.objects.filter(report__in=reports, official=now.user, answer=Answer.ASKED)
    found: dict[tuple[int, int], list[Approval]] = {}
    for row in rows.select_related("asked_by", "section__question").order_by("pk"):
        found.setdefault((row.report_id, row.asked_by_id), []).append(row)
    for (report, _asker), asked in found.items():
        at = asked[0].asked_at
        yield Duty(Kind.APPROVE, reports[report], approvals=tuple(asked), who=asked[0].asked_by, since=at)


SOURCES = (approvals,)
