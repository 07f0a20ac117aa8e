"""Files for a translation service: download one, and bring it home."""

from dataclasses import asdict

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from reports.document.problem import Problem
from reports.forms.translation_files import LEFT, HomeForm, OutForm
from reports.models import Report, User
from reports.pages.country.submission import file_stem
from reports.pages.country.translation_files import account_of, files_page
from reports.pages.wording import in_words
from reports.rules import translation_files as rules
from reports.views.access import report_or_refuse
from reports.views.country.uploads import BY_SCRIPT
from reports.views.http import SignedInRequest, attachment, posted, show

XLIFF = "application/x-xliff+xml"
ACCOUNT = "translation-file"  # in the session: what became of the file that was uploaded last


@login_required
def translation_files(request: SignedInRequest, code: str, year: int) -> HttpResponse:
    """Show what can be downloaded. POST takes a file that came home, and says what became of its passages."""
    row = report_or_refuse(request, code, year, "exchange_translations")
    form = HomeForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            home = rules.home(form.cleaned_data["file"].read(), row, by=request.user)
            request.session[ACCOUNT] = [row.pk, [asdict(line) for line in account_of(home)]]
            return to_account(request, reverse("translation_files", args=[code, year]))
        except Problem as problem:
            form.add_error("file", in_words(problem))
    of_report, account = request.session.pop(ACCOUNT) if ACCOUNT in request.session else (0, [])
    page = files_page(request.user, row, account if of_report == row.pk else [])
    out = OutForm(page.sources, into=request.GET.get("into", "")) if page.sources else None
    status = 422 if form.errors else 200
    return show(request, "country/translation_files.html", page, status=status, form=form, out=out)


def to_account(request: SignedInRequest, url: str) -> HttpResponse:
    """Redirect to the account; tell a script its address alone, which would else load the page twice."""
    if BY_SCRIPT in request.POST:
        return HttpResponse(status=201, headers={"Location": url})
    return redirect(url)


@login_required
def translation_file(request: SignedInRequest, code: str, year: int) -> HttpResponse:
    """Return the XLIFF file for a translation service; without a valid choice, go back to the page."""
    row = report_or_refuse(request, code, year, "exchange_translations")
    sources = files_page(request.user, row, []).sources
    form = OutForm(sources, request.GET)
    if sources and not form.is_valid():
        for error in form.errors.values():
            messages.error(request, " ".join(map(str, error)))
        return redirect("translation_files", code, year)
    try:
        content = file_of(row, form, by=request.user)
    except Problem as problem:
        messages.error(request, in_words(problem))
        return redirect("translation_files", code, year)
    return attachment(content, XLIFF, f"{file_stem(row)}-{form.cleaned_data['into']}.xlf")


def file_of(row: Report, form: OutForm, *, by: User) -> bytes:
    """Return the file that the form asks for. Raise Problem if there is nothing to send."""
    if not form.is_valid():
        raise Problem(rules.NOTHING)
    chosen = form.cleaned_data
    return rules.out(row, chosen["into"], sources=chosen["source"], only_left=chosen["what"] == LEFT, by=by)
