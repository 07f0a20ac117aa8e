"""What the secretariat asks a country: all questions of a report, those about a section, and their number."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from reports.models import Remark, RemarkMessage, RemarkState, Report, Section, State, Step, User
from reports.pages.actions import allowed
from reports.pages.threads import Thread, threads, with_messages
from reports.pages.wording import state_for_country
from reports.rules import permissions

ORDER = [state.value for state in RemarkState]  # open, answered, settled


@dataclass(frozen=True)
class QuestionsPage:
    report: Report
    state: str
    unsettled: list[Thread]
    settled: list[Thread]
    open: int
    may: dict[str, bool]


def questions_page(user: User, report: Report) -> QuestionsPage:
    """Return every question about a report: open first, then answered, then settled."""
    may = allowed(user, report, "write", "read_draft")
    remarks = with_messages(Remark.objects.questions().filter(section__report=report))
    in_order = sorted(remarks, key=lambda one: (ORDER.index(one.state), one.section.question.position, one.pk))

    def may_answer(section: Section) -> bool:
        section.report = report
        return permissions.may(user, "answer", section)

    found = threads(in_order, report, to_country=True, may_reply=may_answer)
    return QuestionsPage(
        report=report,
        state=state_for_country(report),
        unsettled=[thread for thread in found if not thread.is_settled],
        settled=[thread for thread in found if thread.is_settled],
        open=sum(1 for thread in found if thread.is_open),
        may=may,
    )


@dataclass(frozen=True)
class UnsettledQuestion:
    """A question on the page where its section is filled in: what the secretariat said last, and the quote."""

    remark: Remark
    text: str

    @property
    def is_open(self) -> bool:
        return self.remark.state == RemarkState.OPEN


def unsettled_by_section(sections: Iterable[Section]) -> dict[str, list[UnsettledQuestion]]:
    """Return the unsettled questions about these sections, by section code. One query."""
    codes = {section.pk: section.code for section in sections}
    messages = RemarkMessage.objects.filter(
        remark__section__in=codes, remark__in=Remark.objects.unsettled(), by_country=False
    ).select_related("remark")
    # The secretariat may have asked again since: the newest of its messages is what waits for an answer.
    last: dict[int, UnsettledQuestion] = {}
    for message in messages.order_by("pk"):
        last[message.remark_id] = UnsettledQuestion(message.remark, message.text)
    found: dict[str, list[UnsettledQuestion]] = {}
    for pk in sorted(last):
        found.setdefault(codes[last[pk].remark.section_id], []).append(last[pk])
    return found


@dataclass(frozen=True)
class ReviewSummary:
    """How many questions wait, and, after a return, the secretariat's comment and the sections it opened.

    `comment` is "" if the report was not returned; `sections` is empty where all sections are open.
    """

    open: int
    answered: int
    comment: str
    sections: tuple[str, ...]
    url: str


def review_summary(report: Report) -> ReviewSummary:
    """Return what the secretariat has said about a report, in two queries at most."""
    states = list(Remark.objects.unsettled().filter(section__report=report).values_list("state", flat=True))
    last = None
    # In another state the comment of an earlier return is no longer a request; it can be read in the log.
    if report.state == State.RETURNED:
        last = report.steps.filter(step__in=(Step.RETURN, Step.REOPEN)).order_by("position").last()
    return ReviewSummary(
        open=states.count(RemarkState.OPEN),
        answered=states.count(RemarkState.ANSWERED),
        comment=last.comment if last else "",
        sections=tuple(last.sections) if last else (),
        url=reverse("questions", args=[report.country.code, report.form.year]),
    )
