"""A report as files: the draft as a PDF; a submission as a page, a PDF and JSON."""

from io import BytesIO

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase

from reports import writers
from reports.document import pdf_identity
from reports.document.tree import Document
from reports.models import OpeningKind
from reports.pages.country.submission import file_stem, reading_page, submission_page
from reports.rules import documents, openings, records, renderings, seals
from reports.views.access import report_or_refuse, submission_or_refuse
from reports.views.http import SignedInRequest, inline_file, pdf_or_wait, refused_file, show


@login_required
def draft_pdf(request: SignedInRequest, code: str, year: int) -> HttpResponseBase:
    """Return the official form with the report as it is now, marked as a draft."""
    row = report_or_refuse(request, code, year, "read_draft")
    rendering = renderings.request(documents.compose(row), mark=pdf_identity.DRAFT)
    return pdf_or_wait(request, rendering, f"{file_stem(row)}-draft.pdf")


@login_required
def read(request: SignedInRequest, code: str, year: int) -> HttpResponse:
    """Show the report as it is now, in the order and with the texts that the official PDF prints."""
    row = report_or_refuse(request, code, year, "read_draft")
    return show(request, "country/read.html", reading_page(row, documents.compose(row)))


@login_required
def submission(request: SignedInRequest, code: str, year: int, number: int) -> HttpResponse:
    """Show what was sent in, as it was sent in."""
    found = submission_or_refuse(request, code, year, number)
    openings.record_opening(found, by=request.user, kind=OpeningKind.PAGE)
    return show(request, "country/submission.html", submission_page(request.user, found))


@login_required
def submission_pdf(request: SignedInRequest, code: str, year: int, number: int) -> HttpResponseBase:
    """Return the official PDF, sealed once it is published; with ?copy=en, nl or fr a copy for reading in it."""
    found = submission_or_refuse(request, code, year, number, with_document=False)
    openings.record_opening(found, by=request.user, kind=OpeningKind.PDF)
    copy = request.GET.get("copy", "")
    copy = copy if copy in documents.LANGUAGES else ""
    name = f"{file_stem(found.report)}-{number}{'-' + copy if copy else ''}.pdf"
    # The record is sealed and never made again. Copies, and submissions not published, are made on request.
    if not copy and hasattr(found, "record"):
        try:
            file = BytesIO(records.content_for(found.record, by=request.user))
        except seals.ChangedFile as problem:
            return refused_file(request, problem)
        return inline_file(FileResponse(file, content_type="application/pdf"), name)
    return pdf_or_wait(request, renderings.request_submission(found, copy), name)


@login_required
def submission_json(request: SignedInRequest, code: str, year: int, number: int) -> HttpResponseBase:
    """Return the data of a submission in the format of docs/document.schema.json."""
    found = submission_or_refuse(request, code, year, number)
    openings.record_opening(found, by=request.user, kind=OpeningKind.JSON)
    content = writers.write(Document.from_json(found.document), ".json")
    response = HttpResponse(content, content_type="application/json")
    return inline_file(response, f"{file_stem(found.report)}-{number}.json")
