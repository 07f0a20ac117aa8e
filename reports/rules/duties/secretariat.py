"""What awaits the secretariat: reports to review and to publish, questions to send, and answers to settle."""

from collections.abc import Iterator

from django.db.models import Count, Max, Q

from reports.models import Remark, RemarkState, Report, State, Step, User
from reports.rules import permissions
from reports.rules.duties.duty import Duty, Kind
from reports.rules.duties.situation import Situation


def reports_to_decide(now: Situation) -> Iterator[Duty]:
    """Yield the reports to review, and the accepted ones to publish, the oldest first. One query."""
    if not permissions.may(now.user, "use_desk"):
        return
    rows = Report.objects.filter(state__in=(State.SUBMITTED, State.ACCEPTED)).select_related("form", "country")
    for report in rows.annotate(since=Max("steps__at")).order_by("since", "pk"):
        since = report.since  # type: ignore[attr-defined]  # annotated
        if permissions.may(now.user, "review", report):
            yield Duty(Kind.REVIEW, report, since=since)
        if permissions.may(now.user, Step.PUBLISH, report):
            yield Duty(Kind.PUBLISH, report, since=since)


def questions(now: Situation) -> Iterator[Duty]:
    """Yield, for each report, the questions to send to its country, and the answers to settle. One query."""
    if not permissions.may(now.user, "use_desk"):
        return
    rows = Remark.objects.filter(private=False, state__in=(RemarkState.UNSENT, RemarkState.ANSWERED))
    rows = rows.select_related("section__question", "section__report__form", "section__report__country")
    found: dict[tuple[int, Kind], list[Remark]] = {}
    for remark in rows.annotate(since=Max("messages__at")).order_by("section__question__position", "pk"):
        unsent = remark.state == RemarkState.UNSENT
        if permissions.may(now.user, "review" if unsent else "settle", remark.section.report):
            kind = Kind.SEND_QUESTIONS if unsent else Kind.SETTLE
            found.setdefault((remark.section.report_id, kind), []).append(remark)
    for (_report, kind), remarks in found.items():
        sections = tuple({remark.section_id: remark.section for remark in remarks}.values())
        since = min(remark.since for remark in remarks)  # type: ignore[attr-defined]  # annotated
        yield Duty(kind, sections[0].report, sections=sections, remarks=tuple(remarks), since=since)


SOURCES = (reports_to_decide, questions)


def number(user: User) -> int:
    """Return the number of these duties without reading the rows, of which the secretariat may have thousands.

    What the secretariat may do with a report depends on the report's state alone. Two queries, and none for others.
    """
    if not permissions.may(user, "use_desk"):
        return 0
    review, publish, settle = (permissions.states_for(user, action) for action in ("review", Step.PUBLISH, "settle"))
    decided = Report.objects.aggregate(
        review=Count("pk", filter=Q(state__in=review)), publish=Count("pk", filter=Q(state__in=publish))
    )
    of_reports: int = decided["review"] + decided["publish"]
    asked = Q(state=RemarkState.UNSENT, section__report__state__in=review)
    answered = Q(state=RemarkState.ANSWERED, section__report__state__in=settle)
    remarks = Remark.objects.filter(asked | answered, private=False).order_by()
    return of_reports + remarks.values("section__report", "state").distinct().count()
