"""The first line of every view: may this person know of it (404), may they do it (403)."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from reports.models import Report, Submission, User
from reports.rules import permissions

View = Callable[..., HttpResponse]


def posts_from(page: str) -> Callable[[View], View]:
    """For the address of a form that stands on another page: whoever opens the address itself is led to that page.

    It shows in the browser when what was typed had to be shown again with what is wrong.
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, *, pk: int | None = None, **place: Any) -> HttpResponse:
            if request.method != "POST":
                return redirect(page, **place)
            return view(request, **place, **({} if pk is None else {"pk": pk}))

        return wrapped

    return wrap


def report_or_refuse(request: HttpRequest, code: str, year: int, action: str, *, with_sections: bool = False) -> Report:
    """The report at that address. `action`: one of permissions.PERMISSIONS.

    Raises Http404 for whoever may not know of it, PermissionDenied without the right.
    """
    reports = Report.objects.with_sections() if with_sections else Report.objects.select_related("form", "country")
    report = get_object_or_404(reports.visible_to(request.user), country__code=code, form__year=year)
    check(request.user, action, report)
    return report


def check(user: User, action: str, report: Report) -> None:
    """The same for a report that is at hand; raises alike."""
    if not permissions.may(user, "see", report):
        raise Http404
    if not permissions.may(user, action, report):
        raise PermissionDenied(refusal(user, action, report))


def refusal(user: User, action: str, report: Report) -> str:
    """Why, in words, where the secretariat comes to a page that is the country's own; "" elsewhere."""
    if permissions.PERMISSIONS[action].who != (permissions.in_country,) or not permissions.may(user, "use_desk"):
        return ""
    if report.state in permissions.SENT_IN:
        return _("Only the country can see this page. The country overview shows what it has sent in.")
    return _("Only the country can read its draft; you can read the report once it has been sent in.")


def submission_or_refuse(
    request: HttpRequest, code: str, year: int, number: int, *, with_document: bool = True
) -> Submission:
    """What was sent in, with its record if it was published. One query; raises like `report_or_refuse`."""
    rows = Submission.objects.select_related("by", "report__form", "report__country", "record")
    rows = rows.filter(report__country__code=code, report__form__year=year, number=number)
    found = get_object_or_404(rows if with_document else rows.defer("document"))
    check(request.user, "read_submission", found.report)
    return found
