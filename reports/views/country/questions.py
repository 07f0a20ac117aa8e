"""What the secretariat asks a country, and the country's answers."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from reports.document.problem import Problem
from reports.forms.remarks import ReplyForm
from reports.models import Remark, RemarkMessage, RemarkState, Report, Section, State, Step
from reports.pages import overview
from reports.pages.threads import threads, with_messages
from reports.pages.wording import in_words
from reports.rules import permissions, remarks
from reports.views.access import report_or_refuse
from reports.views.http import number_in

ORDER = [state.value for state in RemarkState]  # open, answered, settled


@login_required
def questions(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """The list of what is asked: open first, then answered, the settled ones folded. POST: an answer to one of them."""
    row = report_or_refuse(request, code, year, "read_questions")
    refused = {}
    if request.method == "POST":
        form = answer(request, row)
        if form is None:
            return redirect("questions", code, year)
        refused = form
    may = overview.allowed(request.user, row, "answer", "write", "read_draft")
    found = with_messages(Remark.objects.questions().filter(section__report=row))
    asked = sorted(found, key=lambda remark: (ORDER.index(remark.state), remark.section.question.position, remark.pk))
    dialogue = threads(asked, row, to_country=True, may_reply=may["answer"], refused=refused)
    context = {
        "report": row,
        "state": overview.state_for_country(row),
        "unsettled": [thread for thread in dialogue if not thread.is_settled],
        "settled": [thread for thread in dialogue if thread.is_settled],
        "open": sum(1 for thread in dialogue if thread.is_open),
        "may": may,
    }
    return render(request, "country/questions.html", context, status=422 if refused else 200)


def answer(request: HttpRequest, row: Report) -> dict[int, ReplyForm] | None:
    """Adds an answer. Returns None, or, by remark, the form that was refused, with what was typed in it."""
    found = Remark.objects.questions().select_related("section__report").filter(section__report=row)
    remark = get_object_or_404(found, pk=number_in(request.POST, "remark"))
    form = ReplyForm(request.POST, remark=remark.pk)
    if form.is_valid():
        try:
            remarks.reply(remark, form.cleaned_data["text"], by=request.user)
        except Problem as problem:
            form.add_error("text", in_words(problem))
        except PermissionDenied:
            if not permissions.has_right(request.user, "answer", row):
                raise
            form.add_error(
                "text", _("You can no longer answer questions about this report. What you wrote is still in its box.")
            )
        else:
            messages.success(request, _("Your answer has been sent to the secretariat."))
            return None
    return {remark.pk: form}


@dataclass(frozen=True)
class Asked:
    """An unsettled question on the page where its section is filled in: what was asked last, and the quote."""

    remark: Remark
    text: str

    @property
    def is_open(self) -> bool:
        return self.remark.state == RemarkState.OPEN


def by_section(sections: Iterable[Section]) -> dict[str, list[Asked]]:
    """The unsettled questions of these sections, by code. One query."""
    sections = list(sections)
    codes = {section.pk: section.code for section in sections}
    found = RemarkMessage.objects.filter(
        remark__section__in=codes, remark__in=Remark.objects.unsettled(), by_country=False
    ).select_related("remark")
    last: dict[int, Asked] = {}
    for message in found.order_by("pk"):
        last[message.remark_id] = Asked(message.remark, message.text)
    asked: dict[str, list[Asked]] = {}
    for pk in sorted(last):
        asked.setdefault(codes[last[pk].remark.section_id], []).append(last[pk])
    return asked


@dataclass(frozen=True)
class Word:
    """What the secretariat has to say on a report's own page. `comment` is why it was returned, "" if it was not."""

    open: int
    answered: int
    comment: str
    sections: tuple[str, ...]
    url: str


def word_of_the_secretariat(report: Report) -> Word:
    """Two queries at the most."""
    states = list(Remark.objects.unsettled().filter(section__report=report).values_list("state", flat=True))
    last = None
    if report.state == State.RETURNED:
        last = report.steps.filter(step__in=(Step.RETURN, Step.REOPEN)).order_by("position").last()
    return Word(
        open=states.count(RemarkState.OPEN),
        answered=states.count(RemarkState.ANSWERED),
        comment=last.comment if last else "",
        sections=tuple(last.sections) if last else (),
        url=reverse("questions", args=[report.country.code, report.form.year]),
    )
