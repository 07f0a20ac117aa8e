"""The pages of a country: its reports, one report as a list of what is done, and the forms to fill it in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from reports.document.problem import Problem
from reports.forms.part import NOT_ALL_SAVED, PartForm
from reports.models import Contribution, Report, ReportingForm, Section, Step
from reports.rules import permissions, saving, workflow
from reports.rules.completeness import progress
from reports.rules.documents import compose
from reports.views import overview
from reports.views.access import report_or_refuse
from reports.views.announced import announcements
from reports.views.parts import Part, parts_of, section_url
from reports.views.public import switch_language
from reports.views.wording import in_words


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
    if not permissions.may_open(request.user, country):
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
    context = {
        "report": row,
        "parts": parts_of(row),
        "targets": overview.by_target(row),
        "progress": progress(row),
        "submissions": row.submissions.select_related("by"),
        "loose": overview.loose_lines(row),
        "by_target": not any(section.question.goal_id for section in row.sections.all()),
        "state": overview.state_for_country(row),
        "may": overview.allowed(request.user, row, "write", "import", "send_in", "withdraw"),
    }
    return render(request, "country/report.html", context)


@login_required
def part(request: HttpRequest, code: str, year: int, part: str) -> HttpResponse:
    """The sections of one goal or target as forms, or as text when the country may not write in them now."""
    row = report_or_refuse(request, code, year, "read_draft", with_sections=True)
    here = next((p for p in parts_of(row) if p.code == part), None)
    if here is None:
        raise Http404
    if request.method == "POST":
        return save_part(request, row, here)
    form = PartForm(here.sections, adding=request.GET.get("add", ""))
    return render_part(request, row, here, form)


def render_part(request: HttpRequest, row: Report, here: Part, form: PartForm) -> HttpResponse:
    parts = parts_of(row)
    at = [p.code for p in parts].index(here.code)
    shown = permissions.may(request.user, "write", row) or bool(form.trouble)
    context = {
        "report": row,
        "part": here,
        "parts": parts,
        "previous": parts[at - 1] if at else None,
        "next": parts[at + 1] if at + 1 < len(parts) else None,
        "form": form,
        "by_target": here.goal is None,
        "goals": here.target.goals.all() if here.goal is None else (),
        "language_form": "part-form" if shown else "",
        "announced": announcements(row, here.sections),
        "may": overview.allowed(request.user, row, "write"),
        "show_form": shown,
    }
    return render(request, "country/part.html", context)


def save_part(request: HttpRequest, row: Report, here: Part) -> HttpResponse:
    """Saves the page, then does what the pressed button asks. What could not be saved is shown again as typed."""
    form = PartForm(here.sections, request.POST)
    theirs = request.POST.get("theirs", "")
    try:
        complete = form.save(by=request.user, theirs=theirs)
        target = act(request, here, complete)
    except Problem as problem:
        messages.error(request, in_words(problem))
        complete, target = False, ""
    response = switch_language(request, redirect(target or here.url))
    if complete:
        if form.saved:
            messages.success(request, _("Saved."))
        return response
    if form.trouble:
        messages.error(request, str(NOT_ALL_SAVED))
    page = render_part(request, Report.objects.with_sections().get(pk=row.pk), here, form)
    page.cookies = response.cookies
    return page


def act(request: HttpRequest, here: Part, complete: bool) -> str:
    """The wish of the pressed button; returns where to go. Raises Problem."""
    post = request.POST
    rows = Contribution.objects.filter(section__in=here.sections)
    for name, verb in (("remove", saving.remove), ("bring_back", saving.bring_back)):
        if post.get(name, "").isdigit():
            row = get_object_or_404(rows, pk=post[name])
            verb(row, by=request.user)
            return section_url(row.section, here.report)
    for name, places in (("up", -1), ("down", 1)):
        if post.get(name, "").isdigit():
            row = get_object_or_404(rows, pk=post[name])
            saving.move(row, places, by=request.user)
            return section_url(row.section, here.report)
    wanted: Section | None = next((s for s in here.sections if s.code in (post.get("add"), post.get("nothing"))), None)
    if wanted and post.get("nothing"):
        saving.set_nothing(wanted, True, by=request.user)
        return section_url(wanted, here.report)
    if wanted:
        url, _hash, place = section_url(wanted, here.report).partition("#")
        return f"{url}?add={wanted.code}#{place}"
    return next((p.url for p in parts_of(here.report) if p.code == post.get("go")), "") if complete else ""


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
        document = compose(Report.objects.get(pk=row.pk))
    row = Report.objects.with_sections().get(pk=row.pk)
    context = {
        "report": row,
        "progress": progress(row),
        "document": document,
        "languages": overview.languages_in(document),
        "loose": overview.loose_lines(row),
        "unconfirmed": unconfirmed,
    }
    return render(request, "country/send_in.html", context)


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
