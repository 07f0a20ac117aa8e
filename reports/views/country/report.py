"""The pages of a country: its reports, one report as a list of what is done, and sending it in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from reports.document.problem import Problem
from reports.models import Report, ReportingForm, Step, Submission
from reports.pages import overview
from reports.pages.parts import parts_of
from reports.pages.wording import in_words
from reports.rules import approvals, permissions, records, workflow
from reports.rules.completeness import progress
from reports.rules.documents import compose
from reports.rules.writing import conflicts
from reports.views.access import report_or_refuse
from reports.views.country.questions import word_of_the_secretariat


@login_required
def my_reports(request: HttpRequest) -> HttpResponse:
    countries = permissions.countries_of(request.user)
    if not countries:
        raise PermissionDenied
    return render(request, "country/my_reports.html", {"countries": overview.of_countries(request.user, countries)})


@login_required
@require_POST
def open_report(request: HttpRequest, code: str, year: int) -> HttpResponse:
    country = next((c for c in permissions.countries_of(request.user) if c.code == code), None)
    if country is None:
        raise Http404
    if not permissions.may(request.user, "open_report", country):
        raise PermissionDenied
    form = get_object_or_404(ReportingForm, year=year)
    try:
        workflow.open_report(form, country, by=request.user)
    except Problem as problem:
        messages.error(request, in_words(problem))
        return redirect("my_reports")
    return redirect("report", code, year)


@login_required
def report(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """One report as a task list. The secretariat sees of a draft its state and how far it is, never a word."""
    row = report_or_refuse(request, code, year, "read_draft", with_sections=True)
    prefetch_related_objects([row], Prefetch("submissions", Submission.objects.select_related("by")))
    may = overview.allowed(request.user, row, "write", "import", "send_in", "withdraw", "delegate")
    may["withdraw"] = may["withdraw"] and not workflow.is_being_read(row)
    context = {
        "report": row,
        "parts": parts_of(row),
        "targets": overview.by_target(row),
        "progress": progress(row),
        "submissions": row.submissions.all(),
        "loose": overview.loose_lines(row),
        "by_target": not any(section.question.goal_id for section in row.sections.all()),
        "state": overview.state_for_country(row),
        "may": may,
        "approval_asked": approvals.is_asked(row, request.user),
        "word": word_of_the_secretariat(row),
    }
    return render(request, "country/report.html", context)


@login_required
def send_in(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """The summary before sending in, and sending in. Blank sections are named and have to be confirmed."""
    row = report_or_refuse(request, code, year, "send_in", with_sections=True)
    document = compose(row)
    unconfirmed = False
    if request.method == "POST":
        unconfirmed = request.POST.get("confirm") != "yes"
        if not unconfirmed and send(request, row):
            return redirect("report", code, year)
        row = Report.objects.with_sections().get(pk=row.pk)
        document = compose(row)
    context = {
        "report": row,
        "progress": progress(row),
        "document": document,
        "languages": overview.languages_in(document),
        "loose": overview.loose_lines(row),
        "unconfirmed": unconfirmed,
        "unprintable": records.unprintable(document),
        "approvals": approvals.latest(approvals.of_report(row, document)),
        "word": word_of_the_secretariat(row),
        **in_two_versions(row),
    }
    return render(request, "country/send_in.html", context)


def in_two_versions(row: Report) -> dict[str, object]:
    """How many paragraphs have two versions, and in which sections of a report fetched `with_sections`."""
    waiting = conflicts.waiting_in(row)
    return {"two_versions": len(waiting), "unsettled": [s for s in row.sections.all() if s.pk in waiting]}


def send(request: HttpRequest, row: Report) -> bool:
    try:
        workflow.take_step(row, Step.SEND_IN, by=request.user, sha256=request.POST.get("document", ""))
    except Problem as problem:
        messages.error(request, in_words(problem))
        return False
    messages.success(
        request,
        _("The report for %(year)s has been sent in to the secretariat. You can take it back until the review begins.")
        % {"year": row.form.year},
    )
    return True


@login_required
@require_POST
def withdraw(request: HttpRequest, code: str, year: int) -> HttpResponse:
    row = report_or_refuse(request, code, year, "see")
    try:
        workflow.take_step(row, Step.WITHDRAW, by=request.user)
    except Problem as problem:
        messages.error(request, in_words(problem))
    else:
        messages.success(request, _("The report is a draft again. What was sent in is kept as it was."))
    return redirect("report", code, year)
