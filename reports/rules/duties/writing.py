"""What awaits somebody who writes for a country: blank sections, questions, conflicts, lines, sending in."""

from collections.abc import Iterator

from django.db.models import Count, Max
from django.utils import timezone

from reports.models import (
    Country,
    Delegation,
    LooseLine,
    Remark,
    RemarkState,
    Report,
    ReportingForm,
    Role,
    Section,
    State,
    Step,
    StepLog,
    Suggestion,
    Upload,
    units_behind,
)
from reports.rules import permissions
from reports.rules.duties.duty import Duty, Kind
from reports.rules.duties.situation import Situation
from reports.rules.writing.conflicts import waiting_conflicts


def questions(now: Situation) -> Iterator[Duty]:
    """Yield, for each report, the open questions that the user may answer."""
    reports = [report for report in now.reports if report.has_questions]  # type: ignore[attr-defined]  # annotated
    if not reports:
        return
    rows = Remark.objects.filter(section__report__in=reports, private=False, state=RemarkState.OPEN)
    rows = rows.select_related("section__question__goal__target", "section__question__target")
    found: dict[int, list[Remark]] = {}
    for remark in rows.annotate(since=Max("messages__at")).order_by("section__question__position", "pk"):
        if permissions.may(now.user, "answer", now.with_report(remark.section)):
            found.setdefault(remark.section.report_id, []).append(remark)
    for remarks in found.values():
        sections = tuple({remark.section_id: remark.section for remark in remarks}.values())
        since = min(remark.since for remark in remarks)  # type: ignore[attr-defined]  # annotated
        yield Duty(Kind.ANSWER, sections[0].report, sections=sections, remarks=tuple(remarks), since=since)


def conflicts(now: Situation) -> Iterator[Duty]:
    """Yield the paragraphs in two versions between which the user may choose."""
    reports = now.with_any("has_conflicts")
    if not reports:
        return
    rows = (
        waiting_conflicts(reports)
        .select_related(
            "revision__by",
            "revision__contribution__section__question__goal__target",
            "revision__contribution__section__question__target",
            "their_author",
        )
        .defer(*units_behind("revision__contribution"))
    )
    for conflict in rows:
        contribution = conflict.revision.contribution
        section = now.with_report(contribution.section)
        if permissions.may(now.user, permissions.writing_of(conflict.revision.language), contribution):
            at = conflict.revision.at
            yield Duty(Kind.CONFLICT, section.report, sections=(section,), conflict=conflict, since=at)


def suggestions(now: Situation) -> Iterator[Duty]:
    """Yield, for each section, the suggestions of colleagues for the texts that the user writes."""
    reports = now.with_any("has_suggestions")
    if not reports:
        return
    rows = Suggestion.objects.to_decide().filter(contribution__section__report__in=reports)
    rows = rows.select_related(
        "by", "contribution__section__question__goal__target", "contribution__section__question__target"
    ).defer("body", "contribution__body", *units_behind("contribution"))
    found: dict[int, list[Suggestion]] = {}
    for row in rows.order_by("contribution__section__question__position", "pk"):
        section = now.with_report(row.contribution.section)
        if permissions.may(now.user, permissions.writing_of(row.language), row.contribution):
            found.setdefault(section.pk, []).append(row)
    for of_section in found.values():
        first = of_section[0]
        section = first.contribution.section
        yield Duty(
            Kind.DECIDE_SUGGESTION,
            section.report,
            sections=(section,),
            suggestions=tuple(of_section),
            who=first.by,
            since=first.at,
        )


def lines_to_place(now: Situation) -> Iterator[Duty]:
    """Yield each imported file with lines that have no place yet and that the user may place in an open report."""
    reports = now.with_any("has_lines")
    if not reports:
        return
    waiting = LooseLine.objects.waiting().filter(upload__report__in=reports)
    numbers = dict(waiting.order_by().values_list("upload").annotate(Count("pk")))
    for upload in Upload.objects.filter(pk__in=numbers).defer(*Upload.LARGE).order_by("pk"):
        upload.report = next(one for one in now.open_reports if one.pk == upload.report_id)
        if permissions.may(now.user, "decide_upload", upload):
            lines = numbers[upload.pk]
            yield Duty(Kind.PLACE_LINES, upload.report, upload=upload, lines=lines, since=upload.applied_at)


def blank_sections(now: Situation) -> Iterator[Duty]:
    """Yield what is blank and the user's to write.

    Who was given sections gets a duty for each. Who may write everything gets one for the sections of a report that
    were given to nobody else.
    """
    for report in now.open_reports:
        given = permissions.assignment(now.user, report)
        if not given.everything:
            yield from given_and_blank(now, report)
            continue
        blank, others = now.blank_sections.get(report.pk, []), others_sections(now)
        left = [one for one in blank if one.pk not in others and permissions.may(now.user, "write_section", one)]
        if left:
            yield Duty(Kind.WRITE, report, sections=tuple(left))


def others_sections(now: Situation) -> set[int]:
    """Return the keys of the sections that were given to somebody else."""
    return {row.section_id for row in now.delegations if row.user_id != now.user.pk}


def given_and_blank(now: Situation, report: Report) -> Iterator[Duty]:
    """Yield each section that was given to the user and in which they have not written yet."""
    given = {row.section_id: row for row in now.delegations if row.user_id == now.user.pk}
    if not given:
        return
    blank = {section.pk for section in now.blank_sections.get(report.pk, [])}
    for section in now.writable_sections.get(report.pk, []):
        row = given.get(section.pk)
        if row and is_blank_for(row, section, blank) and permissions.may(now.user, "write_in_section", section):
            yield Duty(Kind.WRITE, report, sections=(section,), who=row.by, since=row.at)


def is_blank_for(row: Delegation, section: Section, blank: set[int]) -> bool:
    """Return whether nothing was written of what was given: the whole section, or one's own contribution in it."""
    if row.whole:
        return section.pk in blank
    return row.contribution_id is None or bool(row.is_gone)  # type: ignore[attr-defined]  # annotated


def reports_to_send(now: Situation) -> Iterator[Duty]:
    """Yield the reports that the user is to send in: drafts, and those that were returned."""
    reports = [report for report in now.open_reports if permissions.may(now.user, Step.SEND_IN, report)]
    returned = [report.pk for report in reports if report.state == State.RETURNED]
    steps = StepLog.objects.filter(report__in=returned, step__in=(Step.RETURN, Step.REOPEN)) if returned else []
    since = {step.report_id: step.at for step in steps}
    for report in reports:
        yield Duty(Kind.SEND_IN, report, since=since.get(report.pk))


def reports_to_begin(now: Situation) -> Iterator[Duty]:
    """Yield the newest form that has opened, for each country of the user that has not begun its report for it.

    An older form that a country left out awaits nobody: the page of its reports still offers it.
    """
    if not any(role.role == Role.FOCAL_POINT for role in now.user.roles):
        return
    opened = [form for form in ReportingForm.objects.order_by("-year") if timezone.now() >= form.opens_at]
    begun = {report.country_id for report in now.all_reports if opened and report.form_id == opened[0].pk}
    without = set(now.country_ids) - begun
    for country in Country.objects.filter(pk__in=without) if opened and without else ():
        if permissions.may(now.user, "open_report", country):
            yield Duty(Kind.BEGIN, form=opened[0], country=country, since=opened[0].opens_at)


SOURCES = (questions, conflicts, suggestions, lines_to_place, blank_sections, reports_to_send, reports_to_begin)
