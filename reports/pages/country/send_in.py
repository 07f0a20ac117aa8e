"""The summary before a report is sent in: what is blank, what waits, and what exactly is sent."""

from dataclasses import dataclass

from reports.document.tree import Document
from reports.languages import language_within
from reports.models import Report, Section
from reports.pages.country.questions import ReviewSummary, review_summary
from reports.pages.country.report import loose_lines
from reports.pages.country.translate import translate_url
from reports.pages.wording import languages_in
from reports.rules import approvals, records, translation_counts
from reports.rules.approvals import ApprovalStatus
from reports.rules.completeness import Progress, progress
from reports.rules.documents import compose
from reports.rules.writing import conflicts


@dataclass(frozen=True)
class StaleTranslation:
    """A section in which `number` passages of the translation into a language are for an older wording."""

    section: Section
    language: str
    number: int
    url: str


@dataclass(frozen=True)
class SendInPage:
    """`two_versions` is the number of paragraphs in conflict, `unsettled` are their sections.

    `copied` are the sections with a passage that was taken over from an earlier report and never edited, `stale` the
    translations of an older wording. `document` is what will be frozen. Its hash goes with the form, so that nothing
    else can be sent in.
    """

    report: Report
    progress: Progress
    document: Document
    languages: str
    loose: list[tuple[int, str]]
    unprintable: list[str]
    approvals: list[ApprovalStatus]
    summary: ReviewSummary
    two_versions: int
    unsettled: list[Section]
    copied: list[Section]
    stale: list[StaleTranslation]


def send_in_page(report: Report) -> SendInPage:
    """Return the page of a report that was fetched `with_sections`."""
    document = compose(report)
    waiting = conflicts.waiting_in(report)
    return SendInPage(
        report=report,
        progress=progress(report),
        document=document,
        languages=languages_in(document),
        loose=loose_lines(report),
        unprintable=records.unprintable(document),
        approvals=approvals.latest(approvals.of_report(report, document)),
        summary=review_summary(report),
        two_versions=len(waiting),
        unsettled=[section for section in report.sections.all() if section.pk in waiting],
        stale=stale_translations(report),
        copied=[one for one in report.sections.all() if any(row.is_unedited_copy for row in one.contributions_now)],
    )


def stale_translations(report: Report) -> list[StaleTranslation]:
    found: dict[tuple[int, str], StaleTranslation] = {}
    for one in translation_counts.stale_in(report):
        section, key = one.contribution.section, (one.contribution.section_id, one.language)
        before = found[key].number if key in found else 0
        found[key] = StaleTranslation(
            section,
            language_within(one.language),
            before + one.tally.stale,
            translate_url(report, one.language, section.code),
        )
    return list(found.values())
