"""What the country announced or answered in the previous form: shown beside a question, never put into its answer."""

from collections.abc import Iterable
from dataclasses import dataclass

from reports.document.tree import Document
from reports.models import Contribution, Question, Report, Section, State, Submission
from reports.rules.permissions import SENT_IN


@dataclass(frozen=True)
class AnnouncedPassage:
    """What one authority announced, as it was sent in."""

    language: str
    body: str


@dataclass(frozen=True)
class Announced:
    """The answers to the questions of the previous form that one question asks about.

    `year` is None where the country has no report for that form; `passages` is empty where nothing was announced.
    """

    year: int | None
    of_target: int | None = None
    nothing: bool = False
    is_draft: bool = False  # shown to its own country only
    passages: tuple[Contribution | AnnouncedPassage, ...] = ()
    submission: Submission | None = None  # from which the secretariat reads it


def announcements(report: Report, sections: Iterable[Section]) -> dict[str, Announced]:
    """Return, by section code, what was announced, for the sections whose question asks about the previous form.

    For the country itself: this reads its rows, a draft's too. Five queries at most.
    """
    sections = list(sections)
    # Which questions of the previous form each question asks about. Read from the table between them, in one query:
    # `section.question.follows` would be a query for each section.
    links = list(
        type(sections[0].question)
        .follows.through.objects.filter(from_question__in=[section.question_id for section in sections])
        .values_list("from_question_id", "to_question_id")
    )
    if not links or report.form.previous is None:
        return {}
    before = (
        Section.objects.filter(report__form=report.form.previous, report__country=report.country)
        .filter(question__in=[to for _, to in links])
        .select_related("question__target", "report")
        .prefetch_related("contributions")
        .order_by("question__position")
    )
    announced = {}
    for section in sections:
        asked = {to for source, to in links if source == section.question_id}
        if asked:  # a question that asks about nothing has no box beside it, not even an empty one
            found = [row for row in before if row.question_id in asked]
            announced[section.code] = summary(report.form.previous.year, found)
    return announced


def earlier_answers(report: Report, sections: Iterable[Section]) -> dict[str, Announced]:
    """Return, by section code, what the country's report before answered to the same question.

    A question that it did not answer, or that its form did not ask, is not in it. For the country itself. Two queries.
    """
    previous = report.form.previous
    if previous is None:
        return {}
    codes = [section.question.code for section in sections]
    found = (
        Section.objects.filter(report__form=previous, report__country=report.country, question__code__in=codes)
        .select_related("question__target", "report")
        .prefetch_related("contributions")
    )
    return {row.question.code: summary(previous.year, [row]) for row in found}


def summary(year: int, found: list[Section]) -> Announced:
    passages = [row for section in found if not section.nothing_to_report for row in section.contributions.all()]
    targets = {section.question.target.number for section in found if section.question.target}
    return Announced(
        year=year if found else None,
        of_target=targets.pop() if len(targets) == 1 else None,
        nothing=bool(found) and all(section.nothing_to_report for section in found),
        is_draft=any(section.report.state == State.DRAFT for section in found),
        passages=tuple(row for row in passages if row.body and not row.removed_at),
    )


def sent_in_before(report: Report, question: Question) -> Announced | None:
    """Return the same for the secretariat, which may read only what it was sent: from the newest submission.

    A report that its country took back counts as none. None if the question does not ask about the previous form. Two
    queries.
    """
    asked = {row.code: row for row in question.follows.select_related("target")}
    if not asked or report.form.previous is None:
        return None
    sent = Submission.objects.filter(report__form=report.form.previous, report__country=report.country)
    sent = sent.filter(report__state__in=SENT_IN)
    newest = sent.select_related("report").order_by("number").last()
    if newest is None:
        return Announced(year=None)
    found = [section for section in Document.from_json(newest.document).sections() if section.code in asked]
    targets = {row.target.number for row in asked.values() if row.target}
    return Announced(
        year=report.form.previous.year if found else None,
        of_target=targets.pop() if len(targets) == 1 else None,
        nothing=bool(found) and all(section.state == "nothing" for section in found),
        passages=tuple(
            AnnouncedPassage(one.language, one.original) for section in found for one in section.contributions
        ),
        submission=newest,
    )
