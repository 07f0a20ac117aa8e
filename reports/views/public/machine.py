"""Where a translation service delivers the drafts that it was asked for. Only addresses that the portal signed work."""

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from reports.document.problem import Problem
from reports.models import Contribution, MachineRequest
from reports.rules.writing.machine_drafts import land_delivery


@csrf_exempt  # a service has no session; the signed address says what it was asked
@require_POST
@never_cache
def delivery(request: HttpRequest, token: str) -> HttpResponse:
    """Save the drafts of a delivery. The same one again changes nothing. Raise Http404 for an unknown address."""
    try:
        land_delivery(token, request.body)
    except (signing.BadSignature, Contribution.DoesNotExist, MachineRequest.DoesNotExist) as error:
        raise Http404 from error
    except Problem as problem:
        return HttpResponse(str(problem), status=422, content_type="text/plain; charset=utf-8")
    return HttpResponse(status=204)
