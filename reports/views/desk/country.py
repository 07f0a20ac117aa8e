"""One country as the secretariat sees it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from reports.models import Country
from reports.pages.desk.country import country_page
from reports.rules import permissions
from reports.views.http import SignedInRequest, show


@login_required
def desk_country(request: SignedInRequest, code: str) -> HttpResponse:
    permissions.check(request.user, "use_desk")
    country = get_object_or_404(Country, code=code)
    return show(request, "desk/country.html", country_page(request.user, country))
