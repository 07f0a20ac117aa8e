"""A filled-in form as a file: read with a preview, taken into the report, and undone."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from reports.document.problem import Problem
from reports.forms.upload import UploadForm
from reports.models import Report, Upload
from reports.pages.country.preview import places, upload_page
from reports.pages.wording import in_words
from reports.rules import permissions, uploads
from reports.views.access import report_or_refuse
from reports.views.http import SignedInRequest, show


@login_required
def upload(request: SignedInRequest, code: str, year: int) -> HttpResponse:
    """Read a filled-in form and redirect to its preview. The report does not change yet."""
    row = report_or_refuse(request, code, year, "import")
    form = UploadForm(request.POST or None, request.FILES or None)  # a POST without a file has no FILES
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
def reading(request: SignedInRequest, code: str, year: int, pk: int) -> HttpResponse:
    """Show the preview of a file: what goes where. POST keeps the choices, or takes the file into the report."""
    row = report_or_refuse(request, code, year, "read_draft")
    found = get_object_or_404(row.uploads.select_related("by"), pk=pk)
    if request.method == "POST":
        permissions.check(request.user, "import", row)
        try:
            return decide(request, row, found)
        except Problem as problem:
            messages.error(request, in_words(problem))
    return show(request, "country/reading.html", upload_page(request.user, found, row))


def decide(request: SignedInRequest, row: Report, found: Upload) -> HttpResponse:
    """Store the choice for each loose line; with the button `apply`, take the file into the report. Raise Problem."""
    choices = places(found)
    # A value that is no place was not offered by the page: it is ignored, and the line keeps what was chosen before.
    for line in found.loose_lines.all():
        where = request.POST.get(f"line-{line.line}")
        if where is not None and where in choices:
            uploads.settle(line, where, by=request.user)
    if "apply" in request.POST:
        return take(request, row, found)
    messages.success(request, _("Your choices are kept."))
    return redirect("reading", row.country.code, row.form.year, found.pk)


def take(request: SignedInRequest, row: Report, found: Upload) -> HttpResponse:
    """Take the file into the report, and say what was written and what was left. Raise Problem."""
    taken = [name for name in request.POST if name.startswith("take-")]
    choices = {name.removeprefix("take-"): request.POST.get(name, "") for name in taken}
    applied = uploads.apply(found, by=request.user, choices=choices)
    written = len(applied.codes("filled", "replaced", "added"))
    said = ngettext(
        "%(count)s section was imported into the report.", "%(count)s sections were imported into the report.", written
    )
    messages.success(request, said % {"count": written})
    if left := applied.codes("differs"):
        said = _("The text of these sections differs in the report; they were left as they are: %(codes)s.")
        messages.warning(request, said % {"codes": ", ".join(left)})
    return redirect("report", row.country.code, row.form.year)


@login_required
@require_POST
def undo(request: SignedInRequest, code: str, year: int, pk: int) -> HttpResponse:
    """Undo a whole import."""
    row = report_or_refuse(request, code, year, "import")
    found = get_object_or_404(row.uploads, pk=pk)
    try:
        left = uploads.undo(found, by=request.user)
    except Problem as problem:
        messages.error(request, in_words(problem))
        return redirect("reading", code, year, pk)
    messages.success(request, _("The import of %(file)s was undone.") % {"file": found.file_name})
    if left:
        said = _("These sections have been changed since and were left as they are: %(codes)s.")
        messages.warning(request, said % {"codes": ", ".join(left)})
    return redirect("report", code, year)
