"""A person's own account: what the portal keeps about them, and deleting it; and the account of another person."""

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from reports.document.problem import Problem
from reports.models import Event, User
from reports.pages.wording import in_words
from reports.rules import accounts, audit, permissions, personal_data, roles
from reports.signing_in.recently import recently_signed_in
from reports.views.http import SignedInRequest


@login_required
def account(request: SignedInRequest) -> HttpResponse:
    """Show the person's name, address and roles, and what they can do about their account."""
    return render(request, "people/account.html", {"roles": roles.describe(request.user)})


@login_required
def account_data(request: SignedInRequest) -> HttpResponseBase:
    """Return everything that the portal keeps about the person, as a JSON file."""
    name = {"Content-Disposition": 'attachment; filename="my-data.json"', "Cache-Control": "private, no-store"}
    audit.record(Event.DATA_TAKEN, person=request.user)
    return StreamingHttpResponse(personal_data.as_json(request.user), content_type="application/json", headers=name)


@login_required
@recently_signed_in()
def delete_own_account(request: SignedInRequest) -> HttpResponse:
    """Ask whether to delete the person's own account. POST deletes it and signs them out."""
    if request.method != "POST":
        return render(request, "people/delete_account.html", {"person": request.user, "is_own": True})
    try:
        accounts.delete_account(request.user, by=request.user)
    except Problem as problem:
        messages.error(request, in_words(problem))
        return redirect("account")
    logout(request)
    messages.success(request, _("Your account is deleted."))
    return redirect("account_login")


@login_required
@recently_signed_in()
def delete_account(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask whether to delete another person's account. POST deletes it."""
    permissions.check(request.user, "manage_people")
    person = get_object_or_404(User, pk=pk)
    if request.method != "POST":
        is_own = person == request.user
        return render(request, "people/delete_account.html", {"person": person, "is_own": is_own})
    try:
        accounts.delete_account(person, by=request.user)
    except Problem as problem:
        messages.error(request, in_words(problem))
    else:
        messages.success(request, _("The account of %(who)s is deleted.") % {"who": person.name})
    return redirect("people")
