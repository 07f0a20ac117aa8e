"""The editions of the form, for the administrator of the secretariat: opening one for countries, giving more time."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.dates import date_format
from reports.document.problem import Problem
from reports.forms.editions import ExtensionForm, OpenFormForm
from reports.models import Country, ReportingForm
from reports.pages.desk.editions import Edition, edition_of, edition_page, editions_page
from reports.pages.wording import in_words
from reports.rules import permissions, workflow
from reports.views.access import form_or_refuse, or_show_text, posts_from
from reports.views.arrivals import note_arrival
from reports.views.http import SignedInRequest, show


def edition_or_refuse(request: SignedInRequest, year: int) -> Edition:
    """Return that year's form with its countries. Raise PermissionDenied, or Http404 for a year without a form."""
    return edition_of(form_or_refuse(request, year, "manage_forms"))


@login_required
def forms(request: SignedInRequest) -> HttpResponse:
    permissions.check(request.user, "manage_forms")
    return show(request, "desk/forms.html", editions_page())


@login_required
def form(request: SignedInRequest, year: int) -> HttpResponse:
    """Show one form; ?country=BE chooses the country in the form for an extension."""
    edition = edition_or_refuse(request, year)
    extension = ExtensionForm(edition.writing, country=request.GET.get("country", ""))
    return show_edition(request, edition, extension=extension)


def show_edition(
    request: SignedInRequest,
    edition: Edition,
    *,
    opening: OpenFormForm | None = None,
    extension: ExtensionForm | None = None,
) -> HttpResponse:
    """Show one form. `opening` and `extension` may be forms that were refused, with what was typed and why."""
    return show(
        request,
        "desk/form.html",
        edition_page(edition),
        opening=opening or OpenFormForm(edition.without),
        ticked=request.POST.getlist("countries") if opening else [],
        extension=extension or ExtensionForm(edition.writing),
    )


@login_required
@posts_from("form")
def open_form(request: SignedInRequest, year: int) -> HttpResponse:
    """Open the form for the chosen countries, before its opening day too."""
    edition = edition_or_refuse(request, year)
    opening = OpenFormForm(edition.without, request.POST)
    if not opening.is_valid():
        return show_edition(request, edition, opening=opening)
    countries = list(Country.objects.filter(code__in=opening.chosen))
    number = workflow.open_for(edition.form, countries, by=request.user)
    words = ngettext("Opened for %(number)s country.", "Opened for %(number)s countries.", number)
    messages.success(request, words % {"number": number})
    return redirect("form", year)


@or_show_text
@posts_from("form")
def extend(request: SignedInRequest, year: int) -> HttpResponse:
    """Give one country a later due day. If that is refused, the form is shown again with what was typed and why."""
    edition = edition_or_refuse(request, year)
    extension = ExtensionForm(edition.writing, request.POST)
    if extension.is_valid() and was_extended(request, edition.form, extension):
        return redirect("form", year)
    return show_edition(request, edition, extension=extension)


def was_extended(request: SignedInRequest, form: ReportingForm, extension: ExtensionForm) -> bool:
    """Give the extension and say so. If it is refused, put the reason into the form and return False."""
    asked = extension.cleaned_data
    country = Country.objects.get(code=asked["country"])
    try:
        workflow.give_extension(form, country, by=request.user, comment=asked["comment"], due=asked["due"])
    except Problem as problem:
        extension.add_error(None, in_words(problem))
        return False
    note_arrival(request, "comment")
    words = _("%(country)s can send in until %(day)s.")
    messages.success(request, words % {"country": country, "day": date_format(asked["due"], "j F Y")})
    return True
