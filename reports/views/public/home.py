"""Pages for everybody: the front page and the switch of language."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from reports.views.http import switch_language


def home(request: HttpRequest) -> HttpResponse:
    """Redirect each user to their own first page."""
    if not request.user.is_authenticated:
        return redirect("account_login")
    has_role = bool(request.user.roles)
    return redirect("admin:index" if request.user.is_staff and not has_role else "your_tasks")


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Switch the language and redirect to the page that the user came from."""
    # `next` comes from the form, so it could be the address of another site.
    following = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(following, {request.get_host()}, request.is_secure()):
        following = "/"
    # redirect() would take "desk" for the name of a page, and fail on a name that no page has.
    return switch_language(request, HttpResponseRedirect(following))
