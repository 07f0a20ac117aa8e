"""The portal's URLs, and two views that do as little as a page can."""

import json

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.http import require_POST

from alliance.urls import handler400, handler403, handler404, handler500, urlpatterns
from reports.models import Contribution

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


@require_POST
@login_required
def update(request: HttpRequest, pk: int) -> JsonResponse:
    """Overwrite a text without any check."""
    Contribution.objects.filter(pk=pk).update(body=json.loads(request.body)["html"])
    return JsonResponse({"outcome": "saved"})


@login_required
def nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


urlpatterns = [*urlpatterns, path("bare/", nothing), path("bare/<int:pk>/", update)]
