"""The first statement of the desk's views."""

from reports.pages.desk.desk import Desk, desk_of
from reports.rules import permissions
from reports.views.http import SignedInRequest, found_or_404


def desk_or_refuse(request: SignedInRequest, year: int) -> Desk:
    """Return the desk of that year's form. Raise PermissionDenied, or Http404 for a year without a form."""
    permissions.check(request.user, "use_desk")
    return found_or_404(desk_of(year))
