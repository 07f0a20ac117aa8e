"""What focal points await from colleagues: sections that are still blank, and approvals without an answer."""

from collections.abc import Iterator

from reports.models import Answer, Approval, Delegation, Membership, Report
from reports.rules import permissions
from reports.rules.duties.duty import Duty, Kind
from reports.rules.duties.situation import Situation
from reports.rules.duties.writing import is_blank_for


def unwritten(now: Situation) -> Iterator[Duty]:
    """Yield, for each colleague, the sections that were given to them and in which they have not written."""
    reports = [report for report in now.open_reports if permissions.may(now.user, "delegate", report)]
    given = [row for row in now.delegations if row.user_id != now.user.pk]
    if not reports or not given:
        return
    people = Membership.objects.filter(
        country__in=[one.country_id for one in reports], user__in={row.user_id for row in given}
    )
    roles = {(role.user_id, role.country_id): role for role in people}
    by_person: dict[int, list[Delegation]] = {}
    for row in given:
        by_person.setdefault(row.user_id, []).append(row)
    for report in reports:
        for user_id, rows in by_person.items():
            role = roles.get((user_id, report.country_id))
            if role:
                yield from left_of(now, report, rows, role)


def left_of(now: Situation, report: Report, rows: list[Delegation], role: Membership) -> Iterator[Duty]:
    """Yield what one colleague has not written yet in a report, if there is anything."""
    given = {row.section_id: row for row in rows}
    blank = {section.pk for section in now.blank_sections.get(report.pk, [])}
    sections = [
        section
        for section in now.writable_sections.get(report.pk, [])
        if section.pk in given and is_blank_for(given[section.pk], section, blank)
    ]
    if sections:
        since = min(given[section.pk].at for section in sections)
        who = rows[0].user
        yield Duty(Kind.OTHERS_WRITE, report, sections=tuple(sections), who=who, membership=role, since=since)


def approvals(now: Situation) -> Iterator[Duty]:
    """Yield, for each colleague, the approvals that were asked of them and have no answer."""
    requests = now.with_any("has_requests")
    reports = {one.pk: one for one in requests if permissions.may(now.user, "ask_approval", one)}
    if not reports:
        return
    rows = Approval.objects.filter(report__in=reports, answer=Answer.ASKED).exclude(official=now.user)
    found: dict[tuple[int, int], list[Approval]] = {}
    for row in rows.select_related("official", "section__question").order_by("pk"):
        found.setdefault((row.report_id, row.official_id), []).append(row)
    for (report, _who), asked in found.items():
        at = asked[0].asked_at
        yield Duty(Kind.OTHERS_APPROVE, reports[report], approvals=tuple(asked), who=asked[0].official, since=at)


SOURCES = (unwritten, approvals)
