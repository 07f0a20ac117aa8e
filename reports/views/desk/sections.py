"""Countries by sections, and what every country answered to one goal."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse

from reports.models import OpeningKind
from reports.pages.desk.goal import goal_page
from reports.pages.desk.sections import section_cells, sections_page
from reports.rules import openings
from reports.views.desk.access import desk_or_refuse
from reports.views.desk.files import csv_file
from reports.views.desk.rendered import matrix_rows
from reports.views.http import SignedInRequest, found_or_404, show


@login_required
def desk_sections(request: SignedInRequest, year: int) -> HttpResponse:
    found = desk_or_refuse(request, year)
    page = sections_page(found, request.GET)
    lines = matrix_rows(page.matrix, list(page.page.object_list), year)
    return show(request, "desk/sections.html", page, lines=lines)


@login_required
def sections_csv(request: SignedInRequest, year: int) -> HttpResponse:
    """Return every country that has sent in, with a column for each section."""
    found = desk_or_refuse(request, year)
    headings, rows = section_cells(found, request.GET)
    return csv_file(headings, rows, f"sections-{year}.csv")


@login_required
def desk_goal(request: SignedInRequest, year: int, part: str) -> HttpResponse:
    """Show ten countries a page: ?section=2.1.A chooses one question, ?translation=fr adds translations."""
    found = desk_or_refuse(request, year)
    page = found_or_404(goal_page(found, part, request.GET))
    submissions = [country.submission for country in page.countries]
    openings.record_openings(submissions, by=request.user, kind=OpeningKind.OVERVIEW)
    return show(request, "desk/goal.html", page)
