"""The secretariat's reading of a submission: section by section, its remarks, and the decision at the end."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from reports.document.problem import Problem
from reports.forms.decision import DecisionForm
from reports.forms.remarks import RemarkForm, ReplyForm
from reports.models import Remark, Report, Step
from reports.pages import overview
from reports.pages.announced import sent_in_before
from reports.pages.review.decisions import deciding
from reports.pages.review.reading import Reading, Review, review_of
from reports.pages.threads import threads, with_messages
from reports.pages.wording import in_words
from reports.rules import permissions, remarks, workflow
from reports.views.access import posts_from, report_or_refuse
from reports.views.http import number_in


@login_required
def review(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Leads to the first section not yet read; says so where nothing was sent in."""
    row = report_or_refuse(request, code, year, "read_review")
    found = review_of(row)
    if found is None:
        state = overview.state_for_secretariat(row)
        return render(request, "review/not_sent_in.html", {"report": row, "state": state})
    return redirect(onwards(found))


def onwards(found: Review, after: str = "", show: str = "") -> str:
    """The next section to read, or the decision once all are read."""
    code = found.first_unread(after)
    return found.url(code, show) if code else found.url(after or next(iter(found.places)), show) + "#decide"


def reading_or_404(request: HttpRequest, found: Review | None, section: str, show: str) -> Reading:
    if found is None or section not in found.places or section not in found.rows:
        raise Http404
    return Reading(found, section, show, get_language() or "en")


@login_required
def review_section(request: HttpRequest, code: str, year: int, section: str) -> HttpResponse:
    """One section of the newest submission. POST: what the pressed button, `do`, asks for."""
    row = report_or_refuse(request, code, year, "read_review")
    found = review_of(row)
    if found is None:
        return redirect("review", code, year)
    reading = reading_or_404(request, found, section, request.GET.get("show", ""))
    if request.method != "POST":
        return shown(request, reading)
    verb = VERBS.get(request.POST.get("do", ""))
    if verb is None:
        raise Http404
    return verb(request, reading)


def shown(
    request: HttpRequest,
    reading: Reading,
    *,
    asking: RemarkForm | None = None,
    refused: dict[int, ReplyForm] | None = None,
    decision: DecisionForm | None = None,
) -> HttpResponse:
    """The page. `asking`, `refused`, `decision`: forms that could not be carried out, with what was typed."""
    report = reading.review.report
    may = overview.allowed(request.user, report, "review", "settle", "read_draft")
    found = with_messages(Remark.objects.filter(section=reading.row))
    dialogue = threads(found, report, to_country=False, may_reply=may["settle"], refused=refused)
    context = {
        "report": report,
        "state": overview.state_for_secretariat(report),
        "review": reading.review,
        "reading": reading,
        "language_next": reading.address,  # a refused decision is shown under an address of its own
        "stops": reading.review.stops(reading.code, reading.show),
        "before": sent_in_before(report, reading.row.question),
        "unsettled": [thread for thread in dialogue if not thread.is_settled],
        "settled": [thread for thread in dialogue if thread.is_settled],
        "remark_form": asking or (RemarkForm() if may["review"] else None),
        "deciding": deciding(request.user, reading.review, decision),
        "may": may,
    }
    trouble = any((asking, refused, decision))
    return render(request, "review/section.html", context, status=422 if trouble else 200)


def refusal(request: HttpRequest, action: str, report: Report, trouble: Exception) -> str:
    """Why it was not done, for somebody who would have the right in another state. Raises PermissionDenied without."""
    if isinstance(trouble, Problem):
        return in_words(trouble)
    if not permissions.has_right(request.user, action, report):
        raise trouble
    report.refresh_from_db(fields=["state"])
    return _("The state of the report has changed meanwhile: %(state)s. What you wrote is still in its box.") % {
        "state": overview.state_for_secretariat(report)
    }


def mark(request: HttpRequest, reading: Reading) -> HttpResponse:
    read = request.POST["do"] == "read"
    found = reading.review
    try:
        remarks.mark_as_read(found.submission, reading.row, by=request.user, read=read)
    except PermissionDenied as trouble:
        messages.error(request, refusal(request, "review", found.report, trouble))
        return redirect(reading.address)
    if not read:
        return redirect(reading.address)
    if reading.mark is None and found.first_unread(reading.code) is None:
        messages.success(request, _("You have come to the end: every section has been read."))
    return redirect(onwards(found, reading.code, reading.show))


def ask(request: HttpRequest, reading: Reading) -> HttpResponse:
    form = RemarkForm(request.POST)
    if form.is_valid():
        typed = form.cleaned_data
        typed["quote_language"] = reading.language_of(typed["quote"], typed["quote_language"])
        try:
            remarks.ask(reading.review.submission, reading.row, by=request.user, **typed)
        except (Problem, PermissionDenied) as trouble:
            form.add_error("text", refusal(request, "review", reading.review.report, trouble))
        else:
            said = (
                _("The note has been saved.") if typed["private"] else _("The question has been sent to the country.")
            )
            messages.success(request, said)
            return redirect(reading.address + "#remarks")
    return shown(request, reading, asking=form)


def say(request: HttpRequest, reading: Reading) -> HttpResponse:
    remark = remark_or_404(request, reading)
    form = ReplyForm(request.POST, remark=remark.pk)
    if form.is_valid():
        try:
            remarks.reply(remark, form.cleaned_data["text"], by=request.user)
        except (Problem, PermissionDenied) as trouble:
            form.add_error("text", refusal(request, "settle", reading.review.report, trouble))
        else:
            messages.success(request, _("Your reply has been added."))
            return redirect(reading.address + "#remarks")
    return shown(request, reading, refused={remark.pk: form})


def settle(request: HttpRequest, reading: Reading) -> HttpResponse:
    settled = request.POST["do"] == "settle"
    try:
        remarks.settle(remark_or_404(request, reading), by=request.user, settled=settled)
    except PermissionDenied as trouble:
        messages.error(request, refusal(request, "settle", reading.review.report, trouble))
    else:
        messages.success(request, _("The question is settled.") if settled else _("The question has been reopened."))
    return redirect(reading.address + "#remarks")


VERBS: dict[str, Callable[[HttpRequest, Reading], HttpResponse]] = {
    "read": mark,
    "unread": mark,
    "ask": ask,
    "say": say,
    "settle": settle,
    "open": settle,
}


def remark_or_404(request: HttpRequest, reading: Reading) -> Remark:
    found = Remark.objects.select_related("section__report").filter(section=reading.row)
    return get_object_or_404(found, pk=number_in(request.POST, "remark"))


@login_required
@posts_from("review")
def decide(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Returns, accepts, publishes or reopens. What could not be done keeps what was typed and says why."""
    row = report_or_refuse(request, code, year, "read_review")
    if not any(permissions.has_right(request.user, step, row) for step in (Step.RETURN, Step.PUBLISH)):
        raise PermissionDenied
    found = review_of(row)
    section = request.POST.get("section", "")
    if found is None:
        return redirect("review", code, year)
    section = section if section in found.places else next(iter(found.places))
    form = DecisionForm(request.POST, codes=list(found.places))
    if form.is_valid():
        try:
            workflow.take_step(
                row, form.step, by=request.user, comment=form.cleaned_data["comment"], sections=form.codes
            )
        except Problem as problem:
            form.add_error(field_of(form, problem), in_words(problem))
        else:
            messages.success(request, done(form.step, row))
            return redirect("desk", year)
    row.refresh_from_db(fields=["state"])
    return shown(request, reading_or_404(request, found, section, request.POST.get("show", "")), decision=form)


def field_of(form: DecisionForm, problem: Problem) -> str | None:
    """Under which field the sentence belongs."""
    return "comment" if form.step in (Step.RETURN, Step.REOPEN) and not form.cleaned_data["comment"] else None


def done(step: Step, report: Report) -> str:
    sentence = {
        Step.RETURN: _("The report of %(country)s for %(year)s has been returned."),
        Step.ACCEPT: _("The report of %(country)s for %(year)s has been accepted."),
        Step.PUBLISH: _("The report of %(country)s for %(year)s has been published."),
        Step.REOPEN: _("The report of %(country)s for %(year)s has been reopened."),
    }[step]
    return sentence % {"country": report.country, "year": report.form.year}
