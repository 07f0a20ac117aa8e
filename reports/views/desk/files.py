"""The desk as files: the countries as they were chosen and sorted, and the sections."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from reports.pages.desk import lines as desk_lines
from reports.pages.desk.filters import Wish, chosen, complete
from reports.rules import permissions
from reports.views.desk import sections as desk_sections
from reports.views.desk.countries import Desk, desk_of
from reports.writers import table

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def desk_or_refuse(request: HttpRequest, year: int) -> Desk:
    """Raises PermissionDenied for whoever is not at the secretariat, Http404 for a year without a form."""
    permissions.check(request.user, "use_desk")
    found = desk_of(year)
    if found is None:
        raise Http404
    return found


def countries_of(request: HttpRequest, found: Desk) -> list[list[table.Cell]]:
    wish, total, labels = Wish.read(request.GET), found.form.questions.count(), desk_lines.state_labels()
    rows = chosen(found.rows, wish, found.form)
    complete(rows, wish)
    return [desk_lines.cells(row, found.form, total, labels) for row in rows]


@login_required
def countries_csv(request: HttpRequest, year: int) -> HttpResponse:
    found = desk_or_refuse(request, year)
    data = table.write_csv(desk_lines.headings(), countries_of(request, found))
    return file(data, CSV, f"countries-{year}.csv")


@login_required
def countries_xlsx(request: HttpRequest, year: int) -> HttpResponse:
    found = desk_or_refuse(request, year)
    data = table.write_xlsx(str(year), desk_lines.headings(), countries_of(request, found))
    return file(data, XLSX, f"countries-{year}.xlsx")


@login_required
def sections_csv(request: HttpRequest, year: int) -> HttpResponse:
    """Every country that has sent in, a column a section, as the page shows them."""
    found = desk_or_refuse(request, year)
    matrix = desk_sections.matrix_of(found, request.GET)
    words = {"text": _("Text"), "nothing": _("Nothing to report"), "blank": _("Blank")}
    rows = [[row.name, row.code, *(words[matrix.state(row, code)] for code in matrix.codes)] for row in matrix.rows]
    return file(table.write_csv([_("Country"), _("Code"), *matrix.codes], rows), CSV, f"sections-{year}.csv")


def file(data: bytes, content_type: str, name: str) -> HttpResponse:
    return HttpResponse(data, content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})
