"""The editions of the form, for the administrator of the secretariat: opening one for countries, giving more time."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.dates import date_format
from reports.document.problem import Problem
from reports.forms.editions import ExtensionForm, OpenFormForm
from reports.forms.languages import sort_key
from reports.models import Country, ReportingForm
from reports.pages.desk import lines as desk_lines
from reports.pages.desk import rows as desk_rows
from reports.pages.desk.rows import Row
from reports.pages.wording import in_words
from reports.rules import permissions, workflow
from reports.views.access import posts_from


@dataclass(frozen=True)
class Edition:
    """One form and every country, with its report for it if it has one."""

    form: ReportingForm
    rows: list[Row]

    @property
    def without(self) -> dict[str, str]:
        """The countries without a report: name by code."""
        return {row.code: row.name for row in self.rows if not row.report}

    @property
    def writing(self) -> dict[str, str]:
        """Those that an extension helps: without a report, or with an open one."""
        return {row.code: row.name for row in self.rows if not row.report or row.is_open}

    @property
    def begun(self) -> list[tuple[str, str]]:
        """The countries that have a report: the name, and its state in words."""
        labels = desk_lines.state_labels()
        return [(row.name, f"{labels[row.state]}{extended(row)}") for row in self.rows if row.report]


def extended(row: Row) -> str:
    return _(", extended to %(day)s") % {"day": date_format(row.due, "j F Y")} if row.extended else ""


def edition_or_refuse(request: HttpRequest, year: int) -> Edition:
    """Raises PermissionDenied, or Http404 for a year without a form. Three queries."""
    permissions.check(request.user, "manage_forms")
    form = get_object_or_404(ReportingForm, year=year)
    return Edition(form, sorted(desk_rows.rows_of(form), key=lambda row: sort_key(row.name)))


@login_required
def forms(request: HttpRequest) -> HttpResponse:
    permissions.check(request.user, "manage_forms")
    editions = ReportingForm.objects.order_by("-year").annotate(reports_begun=Count("reports"))
    return render(request, "desk/forms.html", {"forms": editions, "countries": Country.objects.count()})


@login_required
def form(request: HttpRequest, year: int) -> HttpResponse:
    edition = edition_or_refuse(request, year)
    wanted = {"country": request.GET.get("country", "")}
    return page(request, edition, OpenFormForm(edition.without), ExtensionForm(edition.writing, initial=wanted))


def page(request: HttpRequest, edition: Edition, opening: OpenFormForm, extension: ExtensionForm) -> HttpResponse:
    context = {
        "form": edition.form,
        "edition": edition,
        "begun": edition.begun,
        "opening": opening,
        "ticked": opening.data.getlist("countries") if opening.is_bound else [],
        "extension": extension,
        "since": desk_lines.since_words(edition.form),
        "today": desk_rows.today_of(edition.form),
    }
    return render(request, "desk/form.html", context)


@login_required
@posts_from("form")
def open_form(request: HttpRequest, year: int) -> HttpResponse:
    """Opens the form for the chosen countries, before its opening day too."""
    edition = edition_or_refuse(request, year)
    opening = OpenFormForm(edition.without, request.POST)
    if not opening.is_valid():
        return page(request, edition, opening, ExtensionForm(edition.writing))
    countries = list(Country.objects.filter(code__in=opening.chosen))
    number = workflow.open_for(edition.form, countries, by=request.user)
    words = ngettext("Opened for %(number)s country.", "Opened for %(number)s countries.", number)
    messages.success(request, words % {"number": number})
    return redirect("form", year)


@login_required
@posts_from("form")
def extend(request: HttpRequest, year: int) -> HttpResponse:
    """Gives one country a later day. What is wrong is shown beside what was typed."""
    edition = edition_or_refuse(request, year)
    wish = ExtensionForm(edition.writing, request.POST)
    if wish.is_valid():
        asked = wish.cleaned_data
        country = Country.objects.get(code=asked["country"])
        try:
            workflow.give_extension(edition.form, country, by=request.user, comment=asked["comment"], due=asked["due"])
        except Problem as problem:
            wish.add_error(None, in_words(problem))
        else:
            words = _("%(country)s can send in until %(day)s.")
            messages.success(request, words % {"country": country, "day": date_format(asked["due"], "j F Y")})
            return redirect("form", year)
    return page(request, edition, OpenFormForm(edition.without), wish)
