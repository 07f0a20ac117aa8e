"""All reports of a form as one ZIP, prepared page by page, and as one PDF."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from reports.models import OpeningKind
from reports.pages.desk.archive import archive_page, chosen_copies
from reports.rules import archive, openings, renderings, seals
from reports.views.access import form_or_refuse
from reports.views.http import ASK_AGAIN_AFTER, SignedInRequest, pdf_or_wait, refused_file, show


@login_required
def prepare(request: SignedInRequest, year: int) -> HttpResponse:
    """Show how far the archive is. ?copy=nl&copy=fr&go=1 makes what is missing; the page reloads until all is there.

    Leaving the page cancels nothing; coming back goes on from there.
    """
    form = form_or_refuse(request, year, "use_desk")
    page = archive_page(form, chosen_copies(request.GET.getlist("copy")), going="go" in request.GET)
    response = show(request, "desk/archive.html", page)
    # Each request makes a few files, so that no request takes long. The browser asks for the next ones by itself.
    if page.going and not page.done:
        response["Refresh"] = str(ASK_AGAIN_AFTER)
    return response


@login_required
def compilation(request: SignedInRequest, year: int) -> HttpResponseBase:
    """Return all countries, goal by goal, as one PDF; ?copy=en, nl or fr as a copy in that language."""
    form = form_or_refuse(request, year, "use_desk")
    rows = archive.by_country(form)
    if not rows:
        return redirect("archive", year)
    openings.record_openings(rows, by=request.user, kind=OpeningKind.COMPILATION)
    copy = next(iter(chosen_copies(request.GET.getlist("copy"))), "")
    rendering = renderings.request_compilation(rows, copy)
    return pdf_or_wait(request, rendering, f"all-countries-{year}{'-' + copy if copy else ''}.pdf")


@login_required
def download(request: SignedInRequest, year: int) -> HttpResponseBase:
    """Stream the ZIP. Its size is known beforehand, so that the browser shows how far it is."""
    form = form_or_refuse(request, year, "use_desk")
    try:
        content = archive.stream(form, chosen_copies(request.GET.getlist("copy")), by=request.user)
    except seals.ChangedFile as problem:
        return refused_file(request, problem)
    openings.record_openings(archive.by_country(form), by=request.user, kind=OpeningKind.ARCHIVE)
    response = StreamingHttpResponse(content, content_type="application/zip")
    response["Content-Length"] = str(len(content))
    response["Content-Disposition"] = f'attachment; filename="reports-{year}.zip"'
    response["Cache-Control"] = "private, no-store"
    return response
