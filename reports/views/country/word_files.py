"""Word files: the blank form, the draft, what one person writes, and a submission."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect

from reports.document.problem import Problem
from reports.models import OpeningKind, ReportingForm
from reports.pages.country.submission import file_stem, stem_of
from reports.pages.wording import in_words
from reports.rules import documents, openings, word_files
from reports.views.access import country_of_form_or_refuse, report_or_refuse, submission_or_refuse
from reports.views.http import SignedInRequest, attachment

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@login_required
def blank_form(request: SignedInRequest, code: str, year: int) -> HttpResponse:
    """Return the blank form; with ?language=nl or fr in that language."""
    country = country_of_form_or_refuse(request, code)
    form = get_object_or_404(ReportingForm, year=year)
    asked = request.GET.get("language", "")
    language = asked if asked in documents.LANGUAGES else word_files.OFFICIAL
    content = word_files.blank(form, country, language, by=request.user)
    return attachment(content, DOCX, f"{stem_of(country, form)}-form-{language}.docx")


@login_required
def draft_word(request: SignedInRequest, code: str, year: int) -> HttpResponse:
    """Return the report as it is now, to be changed and uploaded again."""
    row = report_or_refuse(request, code, year, "read_draft")
    return attachment(word_files.draft(row, by=request.user), DOCX, f"{file_stem(row)}-draft.docx")


@login_required
def own_word(request: SignedInRequest, code: str, year: int) -> HttpResponseBase:
    """Return only the sections and contributions that the user was given to write."""
    row = report_or_refuse(request, code, year, "write")
    try:
        content = word_files.own_sections(row, by=request.user)
    except Problem as problem:
        messages.error(request, in_words(problem))
        return redirect("report", code, year)
    return attachment(content, DOCX, f"{file_stem(row)}-own.docx")


@login_required
def submission_word(request: SignedInRequest, code: str, year: int, number: int) -> HttpResponse:
    """Return a submission as it was sent in."""
    found = submission_or_refuse(request, code, year, number)
    openings.record_opening(found, by=request.user, kind=OpeningKind.WORD)
    return attachment(word_files.submission(found, by=request.user), DOCX, f"{file_stem(found.report)}-{number}.docx")
