"""The log of a report, for its country and for the secretariat."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse

from reports.pages.review.log import log_page
from reports.views.access import report_or_refuse
from reports.views.http import SignedInRequest, show


@login_required
def log(request: SignedInRequest, code: str, year: int) -> HttpResponse:
    row = report_or_refuse(request, code, year, "see")
    return show(request, "review/log.html", log_page(request.user, row))
