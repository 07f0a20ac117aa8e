"""The secretariat's desk: every country and its report for one form."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render

from reports.pages.desk.countries import countries_page, country_cells
from reports.pages.desk.desk import Desk, desk_of
from reports.pages.desk.filters import Filters
from reports.pages.desk.late import late_words
from reports.pages.desk.words import headings
from reports.rules import permissions
from reports.views.desk.access import desk_or_refuse
from reports.views.desk.files import csv_file, xlsx_file
from reports.views.desk.rendered import country_rows
from reports.views.http import SignedInRequest, show


@login_required
def newest_desk(request: SignedInRequest) -> HttpResponse:
    """Show the countries of the newest form that has opened."""
    permissions.check(request.user, "use_desk")
    found = desk_of(None)
    return show_countries(request, found) if found else render(request, "desk/empty.html")


@login_required
def desk(request: SignedInRequest, year: int) -> HttpResponse:
    """Show the countries of a form, filtered and sorted as the address says."""
    found = desk_or_refuse(request, year)
    return show_countries(request, found)


def show_countries(request: SignedInRequest, found: Desk) -> HttpResponse:
    page = countries_page(found, Filters.read(request.GET), request.GET.get("page", ""))
    late = late_words() if permissions.may(request.user, "manage_people") else []
    lines = country_rows(page.rows, found.form, page.total)
    return show(request, "desk/desk.html", page, lines=lines, late=late)


@login_required
def countries_csv(request: SignedInRequest, year: int) -> HttpResponse:
    found = desk_or_refuse(request, year)
    return csv_file(headings(), country_cells(found, Filters.read(request.GET)), f"countries-{year}.csv")


@login_required
def countries_xlsx(request: SignedInRequest, year: int) -> HttpResponse:
    found = desk_or_refuse(request, year)
    cells = country_cells(found, Filters.read(request.GET))
    return xlsx_file(str(year), headings(), cells, f"countries-{year}.xlsx")
