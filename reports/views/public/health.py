"""For whoever watches the portal: whether its process lives, and whether it can do its work."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from reports.rules import health

NOT_READY = 503


@require_safe
@never_cache
def alive(request: HttpRequest) -> HttpResponse:
    """Answer without the database: a process that answers must not be restarted because something else is down."""
    return JsonResponse({"alive": True})


@require_safe
@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """Return every check, with 200 if all are in order, else 503."""
    checks = health.checks()
    is_ready = all(check.ok for check in checks)
    found = {check.name: check.as_dict() for check in checks}
    return JsonResponse({"ready": is_ready, "checks": found}, status=200 if is_ready else NOT_READY)
