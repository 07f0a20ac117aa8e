"""Any two submissions of a report side by side."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse

from reports.models import OpeningKind
from reports.pages.review.comparison import comparison_page
from reports.rules import openings
from reports.views.access import report_or_refuse
from reports.views.http import SignedInRequest, found_or_404, number_in, show


@login_required
def compare_submissions(request: SignedInRequest, code: str, year: int) -> HttpResponse:
    """Compare two submissions: ?from=1&to=2 says which; the default is the newest and the one before it."""
    row = report_or_refuse(request, code, year, "read_submission")
    page = found_or_404(
        comparison_page(request.user, row, number_in(request.GET, "from"), number_in(request.GET, "to"))
    )
    if page.compared:
        openings.record_openings(page.compared.both, by=request.user, kind=OpeningKind.PAGE)
    return show(request, "review/comparison.html", page)
