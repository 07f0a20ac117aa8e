"""Files in and out: a filled-in form read with a preview, a report as PDF and JSON."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from reports import writers
from reports.document import pdf_identity
from reports.document.problem import Problem
from reports.document.tree import Document
from reports.forms.upload import UploadForm
from reports.models import Report, Upload
from reports.pages.country import preview
from reports.pages.overview import allowed, languages_in
from reports.pages.wording import in_words
from reports.rules import documents, permissions, records, renderings, uploads
from reports.views.access import report_or_refuse, submission_or_refuse
from reports.views.http import inline_file, pdf_or_wait


@login_required
def upload(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Reads a filled-in form and leads to its preview; nothing reaches the report yet."""
    row = report_or_refuse(request, code, year, "import")
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            found = uploads.read(file.read(), file.name, row, by=request.user)
            return redirect("reading", code, year, found.pk)
        except Problem as problem:
            form.add_error("file", in_words(problem))
    context = {"report": row, "form": form, "readings": row.uploads.select_related("by").defer(*Upload.LARGE)[:10]}
    return render(request, "country/upload.html", context, status=422 if form.errors else 200)


@login_required
def reading(request: HttpRequest, code: str, year: int, pk: int) -> HttpResponse:
    """The preview of a file: what goes where. The person places loose lines, chooses, and confirms."""
    row = report_or_refuse(request, code, year, "read_draft")
    found = get_object_or_404(row.uploads.select_related("by"), pk=pk)
    if request.method == "POST":
        permissions.check(request.user, "import", row)
        try:
            return decide(request, row, found)
        except Problem as problem:
            messages.error(request, in_words(problem))
    context = {
        "report": row,
        "reading": found,
        "preview": preview.of(found),
        "may": {"import": permissions.may(request.user, "import", row)},
    }
    return render(request, "country/reading.html", context)


def decide(request: HttpRequest, row: Report, found: Upload) -> HttpResponse:
    """Notes what the person says of each loose line; with the button "apply" takes the file into the report."""
    places = preview.places(found)
    for line in found.loose_lines.all():
        where = request.POST.get(f"line-{line.line}")
        if where is not None and where in places:
            uploads.settle(line, where, by=request.user)
    if "apply" not in request.POST:
        messages.success(request, _("Your choices are kept."))
        return redirect("reading", row.country.code, row.form.year, found.pk)
    choices = {name.removeprefix("take-"): value for name, value in request.POST.items() if name.startswith("take-")}
    applied = uploads.apply(found, by=request.user, choices=choices)
    written = len(applied.codes("filled", "replaced", "added"))
    messages.success(
        request,
        ngettext(
            "%(count)s section was imported into the report.",
            "%(count)s sections were imported into the report.",
            written,
        )
        % {"count": written},
    )
    left = applied.codes("differs")
    if left:
        messages.warning(
            request,
            _("The text of these sections differs in the report; they were left as they are: %(codes)s.")
            % {"codes": ", ".join(left)},
        )
    return redirect("report", row.country.code, row.form.year)


@login_required
@require_POST
def undo(request: HttpRequest, code: str, year: int, pk: int) -> HttpResponse:
    """Takes a whole import back."""
    row = report_or_refuse(request, code, year, "import")
    found = get_object_or_404(row.uploads, pk=pk)
    try:
        left = uploads.undo(found, by=request.user)
    except Problem as problem:
        messages.error(request, in_words(problem))
        return redirect("reading", code, year, pk)
    messages.success(request, _("The import of %(file)s was undone.") % {"file": found.file_name})
    if left:
        messages.warning(
            request,
            _("These sections have been changed since and were left as they are: %(codes)s.")
            % {"codes": ", ".join(left)},
        )
    return redirect("report", code, year)


def file_stem(row: Report) -> str:
    return f"{row.country.name_en}-{row.form.year}".replace(" ", "-").lower()


@login_required
def draft_pdf(request: HttpRequest, code: str, year: int) -> HttpResponseBase:
    """The official form with the report as it stands, marked as a draft."""
    row = report_or_refuse(request, code, year, "read_draft")
    rendering = renderings.request(documents.compose(row), mark=pdf_identity.DRAFT)
    return pdf_or_wait(request, rendering, f"{file_stem(row)}-draft.pdf")


@login_required
def submission(request: HttpRequest, code: str, year: int, number: int) -> HttpResponse:
    """What was sent in, as it was sent in."""
    found = submission_or_refuse(request, code, year, number)
    document = Document.from_json(found.document)
    context = {
        "submission": found,
        "report": found.report,
        "document": document,
        "languages": languages_in(document),
        "may": allowed(request.user, found.report, "read_draft"),
        "copy": get_language() if get_language() != "en" else "",
    }
    return render(request, "country/submission.html", context)


@login_required
def submission_pdf(request: HttpRequest, code: str, year: int, number: int) -> HttpResponseBase:
    """The official PDF, sealed once it is published; with ?copy=nl or fr a copy for reading, with translations."""
    found = submission_or_refuse(request, code, year, number, with_document=False)
    copy = request.GET.get("copy", "")
    copy = copy if copy in documents.LANGUAGES else ""
    name = f"{file_stem(found.report)}-{number}{'-' + copy if copy else ''}.pdf"
    if not copy and hasattr(found, "record"):
        file = records.path_of(found.record).open("rb")
        return inline_file(FileResponse(file, content_type="application/pdf"), name)
    return pdf_or_wait(request, renderings.request_submission(found, copy), name)


@login_required
def submission_json(request: HttpRequest, code: str, year: int, number: int) -> HttpResponseBase:
    found = submission_or_refuse(request, code, year, number)
    content = writers.write(Document.from_json(found.document), ".json")
    return inline_file(
        HttpResponse(content, content_type="application/json"), f"{file_stem(found.report)}-{number}.json"
    )
