"""The security events, for the administrator of the secretariat."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from reports.pages.people.events import events_page
from reports.rules import permissions
from reports.views.http import SignedInRequest, show


@login_required
@require_safe
def events(request: SignedInRequest) -> HttpResponse:
    """Show the newest events: ?person=, ?event= and ?day= filter, ?page= goes back."""
    permissions.check(request.user, "read_events")
    return show(request, "people/events.html", events_page(request.GET))
