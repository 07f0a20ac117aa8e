"""The secretariat takes a whole form along: a page that says how far it is prepared, and the ZIP."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from reports.models import ReportingForm
from reports.rules import archive, documents, permissions, renderings
from reports.views.http import ASK_AGAIN_AFTER, pdf_or_wait

COPIES = [language for language in documents.LANGUAGES if language != "en"]


def chosen(request: HttpRequest) -> list[str]:
    return [language for language in COPIES if language in request.GET.getlist("copy")]


@login_required
def prepare(request: HttpRequest, year: int) -> HttpResponse:
    """`?copy=nl&copy=fr&go=1` prepares what is missing and asks again by itself until all of it is there.

    Whoever leaves the page cancels nothing that is made already; coming back goes on from there.
    """
    permissions.check(request.user, "use_desk")
    form = get_object_or_404(ReportingForm, year=year)
    copies, going = chosen(request), "go" in request.GET
    ready, total = archive.prepare(form, copies) if going else (0, len(archive.pdfs(form, copies)))
    context = {"form": form, "copies": copies, "going": going, "ready": ready, "total": total}
    page = render(request, "desk/archive.html", context | {"languages": COPIES, "done": going and ready == total})
    if going and ready < total:
        page["Refresh"] = str(ASK_AGAIN_AFTER)
    return page


@login_required
def compilation(request: HttpRequest, year: int) -> HttpResponseBase:
    """All countries, goal by goal, as one PDF; `?copy=nl` or fr in that language."""
    permissions.check(request.user, "use_desk")
    form = get_object_or_404(ReportingForm, year=year)
    rows = archive.by_country(form)
    if not rows:
        return redirect("archive", year)
    copy = next(iter(chosen(request)), "")
    rendering = renderings.request_compilation(rows, copy)
    return pdf_or_wait(request, rendering, f"all-countries-{year}{'-' + copy if copy else ''}.pdf")


@login_required
def download(request: HttpRequest, year: int) -> StreamingHttpResponse:
    """Streamed, its size known beforehand, so that the browser shows how far it is."""
    permissions.check(request.user, "use_desk")
    form = get_object_or_404(ReportingForm, year=year)
    content = archive.stream(form, chosen(request))
    response = StreamingHttpResponse(content, content_type="application/zip")
    response["Content-Length"] = str(len(content))
    response["Content-Disposition"] = f'attachment; filename="reports-{year}.zip"'
    response["Cache-Control"] = "private, no-store"
    return response
