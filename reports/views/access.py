"""The first line of every view: may this person know of it (404), may they do it (403)."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from reports.models import Report, Step, Submission
from reports.rules import permissions, workflow


def report_or_refuse(request: HttpRequest, code: str, year: int, action: str, *, with_sections: bool = False) -> Report:
    """The report at that address. `action`: one of permissions.ALLOWED, or a step of workflow.STEPS.

    Raises Http404 for whoever may not know of it, PermissionDenied without the right.
    """
    reports = Report.objects.with_sections() if with_sections else Report.objects.select_related("form", "country")
    report = get_object_or_404(reports.visible_to(request.user), country__code=code, form__year=year)
    if action in Step:
        if not workflow.may(request.user, Step(action), report):
            raise PermissionDenied
    else:
        permissions.check(request.user, action, report)
    return report


def submission_or_refuse(request: HttpRequest, code: str, year: int, number: int) -> Submission:
    """Its document is read when it is needed. Raises like `report_or_refuse`."""
    report = report_or_refuse(request, code, year, "read_submission")
    found = report.submissions.select_related("by", "report__form", "report__country", "record").defer("document")
    return get_object_or_404(found, number=number)
