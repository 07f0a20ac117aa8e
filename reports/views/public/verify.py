"""For everybody: is this PDF the published record? Only its hash is sent; the file stays on the user's computer."""

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from reports.rules import records

DIGEST = re.compile(r"[0-9a-fA-F]{64}")


@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    """Show the page, and its answer to `?sha256=`."""
    digest = "".join(request.GET.get("sha256", "").split())  # hashes are often printed in groups
    wrong = bool(digest) and not DIGEST.fullmatch(digest)
    verdict = records.verify(digest) if digest and not wrong else None
    error = _("A fingerprint (SHA-256) has 64 characters: the digits 0 to 9 and the letters a to f.") if wrong else ""
    context = {"digest": digest, "verdict": verdict, "error": error}
    return render(request, "public/verify.html", context, status=400 if wrong else 200)


@require_safe
def verdict(request: HttpRequest, digest: str) -> HttpResponse:
    """Return the answer alone, a piece of HTML for the page's script."""
    return render(request, "public/verdict.html", {"verdict": records.verify(digest)})
