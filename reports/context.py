"""The template variables of every page: the main navigation, and the user's name and roles."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from reports.rules import permissions, roles
from reports.rules.duties import number_awaited
from reports.views.arrivals import arrived

# Other paths that belong to an entry of the navigation: the secretariat opens a report from the desk.
PATHS = {"desk": ("/desk/", "/reports/"), "people": ("/people/", "/countries/")}


def portal(request: HttpRequest) -> dict[str, object]:
    """Return the variable `portal`; without a user, as on some error pages, it has no navigation."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"portal": {"places": [], "who": "", "secretariat": settings.SECRETARIAT_EMAIL}}
    places = []
    for name, label, allowed in (
        ("your_tasks", _("Your tasks"), True),
        ("my_reports", _("Reports"), roles.countries_of(user)),
        ("desk", _("Country overview"), permissions.may(user, "use_desk")),
        ("people", _("People"), permissions.may(user, "manage_people")),
        ("forms", _("Forms"), permissions.may(user, "manage_forms")),
        ("admin:index", _("Administration"), user.is_staff),
        ("help", _("Help"), True),
    ):
        if allowed:
            url = reverse(name)
            current = request.path.startswith(PATHS.get(name, (url,)))
            # Lazy: only a page that shows its head asks for the number.
            number = SimpleLazyObject(lambda: number_awaited(user)) if name == "your_tasks" else 0
            places.append({"url": url, "label": label, "current": current, "number": number})
    return {
        "portal": {
            "places": places,
            "reports": reverse("desk" if permissions.may(user, "use_desk") else "my_reports"),
            "who": roles.describe(user),
            "secretariat": settings.SECRETARIAT_EMAIL,
            "arrived": arrived(request),
        }
    }
