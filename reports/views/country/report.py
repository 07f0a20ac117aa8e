"""The pages of a country: its reports, one report as a list of what is done, and sending it in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from reports.document.problem import Problem
from reports.models import Report, ReportingForm, Step
from reports.pages.country.my_reports import country_blocks
from reports.pages.country.report import report_page
from reports.pages.country.send_in import send_in_page
from reports.pages.wording import in_words
from reports.rules import workflow
from reports.views.access import country_to_open_or_refuse, own_countries_or_refuse, report_or_refuse
from reports.views.http import SignedInRequest, show


@login_required
def my_reports(request: SignedInRequest) -> HttpResponse:
    countries = own_countries_or_refuse(request)
    return render(request, "country/my_reports.html", {"countries": country_blocks(request.user, countries)})


@login_required
@require_POST
def open_report(request: SignedInRequest, code: str, year: int) -> HttpResponse:
    country = country_to_open_or_refuse(request, code)
    form = get_object_or_404(ReportingForm, year=year)
    try:
        workflow.open_report(form, country, by=request.user)
    except Problem as problem:
        messages.error(request, in_words(problem))
        return redirect("my_reports")
    return redirect("report", code, year)


@login_required
def report(request: SignedInRequest, code: str, year: int) -> HttpResponse:
    """Show one report as a task list."""
    row = report_or_refuse(request, code, year, "read_draft", with_sections=True, units=True)
    return show(request, "country/report.html", report_page(request.user, row))


@login_required
def send_in(request: SignedInRequest, code: str, year: int) -> HttpResponse:
    """Show the summary before sending in, and send in. Blank sections are named and have to be confirmed."""
    row = report_or_refuse(request, code, year, "send_in", with_sections=request.method != "POST", units=True)
    unconfirmed = False
    if request.method == "POST":
        unconfirmed = request.POST.get("confirm") != "yes"
        if not unconfirmed and was_sent_in(request, row):
            return redirect("report", code, year)
        # Only a refused form needs the texts again, as they are now: sending in reads them under its own lock.
        row = Report.objects.with_sections(units=True).get(pk=row.pk)
    return show(request, "country/send_in.html", send_in_page(row), unconfirmed=unconfirmed)


def was_sent_in(request: SignedInRequest, row: Report) -> bool:
    """Send the report in and say so. If that is refused, say why and return False."""
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
def withdraw(request: SignedInRequest, code: str, year: int) -> HttpResponse:
    row = report_or_refuse(request, code, year, "see")
    try:
        workflow.take_step(row, Step.WITHDRAW, by=request.user)
    except Problem as problem:
        messages.error(request, in_words(problem))
    else:
        messages.success(request, _("The report is a draft again. What was sent in is kept as it was."))
    return redirect("report", code, year)
