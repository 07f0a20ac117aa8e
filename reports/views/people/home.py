"""The first page of each person."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse

from reports.pages.people.home import home_page
from reports.views.http import SignedInRequest, show


@login_required
def your_tasks(request: SignedInRequest) -> HttpResponse:
    """Show what awaits the user, page by page."""
    return show(request, "people/home.html", home_page(request.user, request.GET.get("page", "")))
