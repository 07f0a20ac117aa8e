"""A filled-in form as a file: read with a preview, taken into the report, and undone."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from reports.document.problem import Problem
from reports.forms.languages import languages_with
from reports.forms.upload import UploadForm
from reports.models import Report, Upload
from reports.pages.country.preview import places, upload_page
from reports.pages.wording import in_words
from reports.rules import permissions, upload_choices, uploads
from reports.views.access import report_or_refuse
from reports.views.http import SignedInRequest, show

BY_SCRIPT = "by-script"  # a script of the page has posted the form: it needs no page as an answer


@login_required
def upload(request: SignedInRequest, code: str, year: int) -> HttpResponse:
    """Read a filled-in form and redirect to its preview. The report does not change yet, and need not be open."""
    row = report_or_refuse(request, code, year, "upload")
    form = UploadForm(request.POST or None, request.FILES or None)  # a POST without a file has no FILES
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            found = uploads.read(file.read(), file.name, row, by=request.user)
            return to_preview(request, reverse("reading", args=[code, year, found.pk]))
        except Problem as problem:
            form.add_error("file", in_words(problem))
    context = {"report": row, "form": form, "readings": row.uploads.select_related("by").defer(*Upload.LARGE)[:10]}
    return render(request, "country/upload.html", context, status=422 if form.errors else 200)


def to_preview(request: SignedInRequest, url: str) -> HttpResponse:
    """Redirect to the preview; tell a script its address alone, which would else load the page twice."""
    if BY_SCRIPT in request.POST:
        return HttpResponse(status=201, headers={"Location": url})
    return redirect(url)


@login_required
def reading(request: SignedInRequest, code: str, year: int, pk: int) -> HttpResponse:
    """Show the preview of a file: what goes where. POST keeps the choices, or takes the file into the report."""
    row = report_or_refuse(request, code, year, "read_draft")
    found = get_object_or_404(row.uploads.select_related("by", "applied_by"), pk=pk)
    found.report = row
    if request.method == "POST":
        permissions.check(request.user, "decide_upload", found)
        try:
            return decide(request, row, found)
        except Problem as problem:
            messages.error(request, in_words(problem))
    page = upload_page(request.user, found, row)
    return show(request, "country/reading.html", page, languages=languages_with(page.preview.languages))


def decide(request: SignedInRequest, row: Report, found: Upload) -> HttpResponse:
    """Store every choice; with the button `apply`, take the file into the report. Raise Problem."""
    keep_choices(request, row, found)
    if "apply" in request.POST:
        return take(request, row, found)
    if BY_SCRIPT in request.POST:
        return HttpResponse(status=204)
    messages.success(request, _("Your choices are kept."))
    return redirect("reading", row.country.code, row.form.year, found.pk)


def keep_choices(request: SignedInRequest, row: Report, found: Upload) -> None:
    """Store the choices for sections, languages and loose lines. Raise Problem."""
    upload_choices.keep(
        found, choices=posted(request, "take-"), languages=posted(request, "language-"), by=request.user
    )
    choices = places({section.code: section for section in row.sections.select_related("question")}, request.user)
    # A value that is no place was not offered by the page: it is ignored, and the line keeps what was chosen before.
    for line in found.loose_lines.all():
        where = request.POST.get(f"line-{line.key}")
        if where is not None and where in choices:
            uploads.settle(line, where, by=request.user)


def posted(request: SignedInRequest, prefix: str) -> dict[str, str]:
    """Return what was posted under names with this prefix, by the rest of the name."""
    names = [name for name in request.POST if name.startswith(prefix)]
    return {name.removeprefix(prefix): request.POST.get(name, "") for name in names}


def take(request: SignedInRequest, row: Report, found: Upload) -> HttpResponse:
    """Take the file into the report, and say what was written and what was left. Raise Problem."""
    applied = uploads.apply(found, by=request.user)
    written = len(applied.codes("filled", "replaced", "added", "merged"))
    said = ngettext(
        "%(count)s section was imported into the report.", "%(count)s sections were imported into the report.", written
    )
    messages.success(request, said % {"count": written})
    if left := uploads.conflicts_made(found):
        said = _("Both versions of a paragraph are kept in these sections until somebody chooses one: %(codes)s.")
        messages.warning(request, said % {"codes": ", ".join(left)})
    if left := applied.codes("differs"):
        said = _("The text of these sections differs in the report; they were left as they are: %(codes)s.")
        messages.warning(request, said % {"codes": ", ".join(left)})
    if left := applied.codes("not yours"):
        said = _("These sections are not assigned to you; they were left as they are: %(codes)s.")
        messages.warning(request, said % {"codes": ", ".join(left)})
    return redirect("report", row.country.code, row.form.year)


@login_required
@require_POST
def undo(request: SignedInRequest, code: str, year: int, pk: int) -> HttpResponse:
    """Undo a whole import."""
    row = report_or_refuse(request, code, year, "upload")
    found = get_object_or_404(row.uploads.select_related("report"), pk=pk)
    permissions.check(request.user, "decide_upload", found)
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
