"""How a form came in over time."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse

from reports.pages.desk.progress import progress_page
from reports.views.desk.access import desk_or_refuse
from reports.views.http import SignedInRequest, show


@login_required
def desk_progress(request: SignedInRequest, year: int) -> HttpResponse:
    found = desk_or_refuse(request, year)
    return show(request, "desk/progress.html", progress_page(found))
