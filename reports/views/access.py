"""The first statement of every view: may the user know about this object (404), may they do this with it (403).

Objects the user must not know about raise 404, so that nobody learns which reports another country has begun.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from reports.models import Country, FactorReset, Membership, Report, ReportingForm, Submission, User
from reports.rules import people, permissions, roles, second_factor
from reports.views import errors
from reports.views.http import SignedInRequest, found_or_404

View = Callable[..., HttpResponse]


def or_show_text(view: View) -> View:
    """Require a signed-in user like `login_required`, but show a text that was posted again, to be copied.

    Every view that takes more than a line has it: after the sign-in page, a text without JavaScript would be gone.
    """
    guarded = login_required(view)

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and not request.user.is_authenticated:
            return errors.signed_out(request)
        return guarded(request, *args, **kwargs)

    return wrapped


def posts_from(page: str) -> Callable[[View], View]:
    """Redirect a GET of this view, which only takes the form of another page, to that page.

    A refused form is shown again under the address of this view. Opening that address, for example from the
    browser's history, must not be an error.
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, **place: Any) -> HttpResponse:
            if request.method == "POST":
                return view(request, **place)
            return HttpResponseRedirect(reverse(page, kwargs={name: place[name] for name in place if name != "pk"}))

        return wrapped

    return wrap


def report_or_refuse(
    request: SignedInRequest, code: str, year: int, action: str, *, with_sections: bool = False, units: bool = False
) -> Report:
    """Return the report of that address. `action` is one of permissions.PERMISSIONS; a page that shows the document
    asks for the `units` of the sections' translations too.

    Raise Http404 for those who must not know about it, and PermissionDenied without the right.
    """
    # First what the user may know about, so that an unknown report and one of another country look the same.
    reports = Report.objects.select_related("form", "country")
    if with_sections:
        reports = Report.objects.with_sections(units=units)
    report = get_object_or_404(reports.visible_to(request.user), country__code=code, form__year=year)
    check(request.user, action, report)
    return report


def check(user: User, action: str, report: Report) -> None:
    """Check the right to act on a report that was already fetched. Raise like `report_or_refuse`."""
    if not permissions.may(user, "see", report):
        raise Http404
    if not permissions.may(user, action, report):
        raise PermissionDenied(refusal(user, action, report))


def refusal(user: User, action: str, report: Report) -> str:
    """Say why the secretariat cannot open a page of the country alone, or read a draft; "" for anything else."""
    at_desk = permissions.may(user, "use_desk")
    if at_desk and action in ("read_submission", "read_review"):
        return not_readable(report)
    of_country = ((permissions.in_country,), (permissions.writes_for_country,))
    if permissions.PERMISSIONS[action].who not in of_country or not at_desk:
        return ""
    if report.state in permissions.SENT_IN:
        return _("Only the country can see this page. The country overview shows what it has sent in.")
    return not_readable(report)


def not_readable(report: Report) -> str:
    """Say why the secretariat cannot read a draft: it was taken back, or was never sent in."""
    if report.submissions.exists():
        return _("%(country)s has taken this report back. You can read it again once it has been sent in.") % {
            "country": report.country
        }
    return _("Only the country can read its draft; you can read the report once it has been sent in.")


def submission_or_refuse(
    request: SignedInRequest, code: str, year: int, number: int, *, with_document: bool = True
) -> Submission:
    """Return a submission, with its record if it was published. One query; raises like `report_or_refuse`."""
    rows = Submission.objects.select_related("by", "report__form", "report__country", "record")
    rows = rows.filter(report__country__code=code, report__form__year=year, number=number)
    found = get_object_or_404(rows if with_document else rows.defer("document"))
    if not permissions.may(request.user, "read_submission", found):
        check(request.user, "read_submission", found.report)
    return found


def own_countries_or_refuse(request: SignedInRequest) -> list[Country]:
    """Return the countries that the user writes for. Raise PermissionDenied without any."""
    countries = roles.countries_of(request.user)
    if not countries:
        raise PermissionDenied
    return countries


def country_to_open_or_refuse(request: SignedInRequest, code: str) -> Country:
    """Return the country for which the user wants to begin a report.

    Raise Http404 for another country than the user's own, and PermissionDenied without the right.
    """
    country = found_or_404(next((one for one in roles.countries_of(request.user) if one.code == code), None))
    permissions.check(request.user, "open_report", country)
    return country


def country_of_form_or_refuse(request: SignedInRequest, code: str) -> Country:
    """Return a country whose blank form the user may take. Raise Http404 for any other."""
    country = get_object_or_404(Country, code=code)
    if not permissions.may(request.user, "take_blank_form", country):
        raise Http404
    return country


def form_or_refuse(request: SignedInRequest, year: int, action: str) -> ReportingForm:
    """Return that year's form. Raise PermissionDenied without the right, and Http404 for a year without a form."""
    permissions.check(request.user, action)
    return get_object_or_404(ReportingForm, year=year)


def country_to_list_or_refuse(request: SignedInRequest, code: str) -> Country:
    """Return a country whose people the user may list. Raise Http404, or PermissionDenied without the right."""
    country = get_object_or_404(Country, code=code)
    if not permissions.may(request.user, "see_people", country):
        raise Http404
    permissions.check(request.user, "list_people", country)
    return country


def membership_or_refuse(request: SignedInRequest, pk: int) -> Membership:
    """Return a role that the user may end. Raise Http404, or PermissionDenied without the right."""
    membership = get_object_or_404(Membership.objects.select_related("user", "country", "invited_by"), pk=pk)
    if not permissions.may(request.user, "see_people", membership.country):
        raise Http404
    if not people.may_end(request.user, membership):
        raise PermissionDenied
    return membership


def reset_or_refuse(request: SignedInRequest, pk: int) -> FactorReset:
    """Return a request about a lost device that the user may answer. Raise Http404 for any other."""
    return found_or_404(next((one for one in second_factor.resets_for(request.user) if one.pk == pk), None))
