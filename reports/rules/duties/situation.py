"""The reports of a person's countries, read once for all sources of duties."""

from dataclasses import dataclass
from functools import cache, cached_property

from django.db.models import Exists, F, OuterRef, QuerySet

from reports.models import (
    Answer,
    Approval,
    Comment,
    Conflict,
    Contribution,
    Delegation,
    LooseLine,
    Remark,
    RemarkState,
    Report,
    Section,
    State,
    Suggestion,
    User,
)
from reports.rules import permissions
from reports.rules.translation_counts import is_translated

HAS_TEXT = Exists(Contribution.objects.live().filter(section=OuterRef("pk")).order_by())


@cache
def with_flags() -> QuerySet[Report]:
    """Return all reports, each with whether there is anything of a kind in it.

    Django prepares the query once for all requests: that took longer than the database needs to answer it.
    """
    report = OuterRef("pk")
    there = {
        "has_questions": Remark.objects.filter(section__report=report, private=False, state=RemarkState.OPEN),
        "has_conflicts": Conflict.objects.filter(
            revision__contribution__section__report=report, settled_at__isnull=True
        ),
        "has_suggestions": Suggestion.objects.to_decide().filter(contribution__section__report=report),
        "has_translations": Contribution.objects.live().filter(is_translated(), section__report=report),
        "has_lines": LooseLine.objects.waiting().filter(upload__report=report),
        "has_requests": Approval.objects.filter(report=report, answer=Answer.ASKED),
        "has_delegations": Delegation.objects.filter(section__report=report),
    }
    flags = {name: Exists(found.order_by()) for name, found in there.items()}
    return Report.objects.annotate(**flags)


@dataclass
class Situation:
    """What several sources ask about. Each property is one query, and only if a source needs it.

    Every page shows the number of duties, so the query of the reports also says which other queries would find nothing.
    With `only_number`, reports and sections come without what names them on a page.
    """

    user: User
    only_number: bool = False

    @cached_property
    def country_ids(self) -> list[int]:
        return [role.country_id for role in self.user.roles if role.country_id]

    @cached_property
    def all_reports(self) -> list[Report]:
        """Every report of the user's countries, each with whether there is anything of a kind in it."""
        if not self.country_ids:
            return []
        named = Comment.objects.unsettled().filter(
            contribution__section__report=OuterRef("pk"), messages__named=self.user
        )
        rows = with_flags().annotate(has_comments=Exists(named.order_by())).filter(country__in=self.country_ids)
        rows = rows if self.only_number else rows.select_related("form", "country")
        return list(rows.order_by("form__due", "pk"))

    @cached_property
    def reports(self) -> list[Report]:
        """Those in the country's hands, or under review; in the other states a country has nothing to do."""
        return [report for report in self.all_reports if report.is_open or report.state == State.SUBMITTED]

    @cached_property
    def open_reports(self) -> list[Report]:
        return [report for report in self.reports if report.is_open]

    def with_any(self, flag: str) -> list[Report]:
        """Return the open reports in which there is something of this kind."""
        return [report for report in self.open_reports if getattr(report, flag)]

    @cached_property
    def writable_sections(self) -> dict[int, list[Section]]:
        """The sections of each open report in which something may be missing, by its key, in the form's order.

        Sections that say that there is nothing to report, or that the secretariat did not open, are left out.
        """
        return self.sections_of(Section.objects.filter(nothing_to_report=False, frozen=False))

    @cached_property
    def blank_sections(self) -> dict[int, list[Section]]:
        """Those of them that have no text at all."""
        if self.with_any("has_delegations"):  # then the others are needed too
            return {
                report: [section for section in sections if not section.has_text]  # type: ignore[attr-defined]
                for report, sections in self.writable_sections.items()
            }
        return self.sections_of(Section.objects.filter(nothing_to_report=False, frozen=False).exclude(HAS_TEXT))

    def sections_of(self, rows: QuerySet[Section]) -> dict[int, list[Section]]:
        """Return those of these sections that are in the open reports, each with whether it has a text (`has_text`)."""
        if not self.open_reports:
            return {}
        rows = rows.filter(report__in=self.open_reports).annotate(has_text=HAS_TEXT).order_by("question__position")
        if self.only_number:
            rows = rows.only("report_id", "frozen")
        else:
            rows = rows.select_related("question__goal__target", "question__target")
        found: dict[int, list[Section]] = {}
        for section in rows:
            found.setdefault(section.report_id, []).append(self.with_report(section))
        return found

    @cached_property
    def delegations(self) -> list[Delegation]:
        """What was given in open reports to people who write only what they were given, the user among them."""
        reports = self.with_any("has_delegations")
        if not reports:
            return []
        rows = Delegation.objects.filter(
            section__report__in=reports,
            user__memberships__country=F("section__report__country"),
            user__memberships__only_given=True,
        )
        return list(rows.annotate(is_gone=permissions.GONE).select_related("user", "by").order_by("pk"))

    def with_report(self, section: Section) -> Section:
        """Give the section its report as it was read, so that the table of permissions reads no other."""
        section.report = self.by_key[section.report_id]
        return section

    @cached_property
    def by_key(self) -> dict[int, Report]:
        return {report.pk: report for report in self.reports}
