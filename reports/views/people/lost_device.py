"""Help for a person who lost a device: one person asks to remove the second factors, another one confirms."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from reports.document.problem import Problem
from reports.pages.wording import in_words
from reports.rules import permissions
from reports.rules import second_factor as rules
from reports.signing_in.recently import recently_signed_in
from reports.views.access import membership_or_refuse, reset_or_refuse
from reports.views.http import SignedInRequest


@login_required
@recently_signed_in()
def lost_device(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say what the request does. POST makes it."""
    permissions.check(request.user, "manage_people")
    person = membership_or_refuse(request, pk).user
    if request.method != "POST":
        return render(request, "people/lost_device.html", {"person": person})
    try:
        rules.ask_reset(person, by=request.user)
    except Problem as problem:
        messages.error(request, in_words(problem))
    else:
        messages.success(
            request, _("A second person has to confirm this. They and %(who)s get an e-mail.") % {"who": person}
        )
    return redirect("lost_devices")


@login_required
def lost_devices(request: SignedInRequest) -> HttpResponse:
    """Show the open requests that the user may confirm, made, or is the subject of."""
    resets = [(reset, rules.may_confirm(request.user, reset)) for reset in rules.resets_for(request.user)]
    return render(request, "people/lost_devices.html", {"resets": resets})


@login_required
@require_POST
@recently_signed_in()
def answer_lost_device(request: SignedInRequest, pk: int) -> HttpResponse:
    """Confirm or refuse a request."""
    reset = reset_or_refuse(request, pk)
    try:
        if request.POST.get("answer") == "confirm":
            rules.confirm_reset(reset, by=request.user)
            done = _("The second factor of %(who)s was removed. They sign in with their password and add a new one.")
        else:
            rules.refuse_reset(reset, by=request.user)
            done = _("The request for %(who)s was refused. Nothing has changed.")
    except Problem as problem:
        messages.error(request, in_words(problem))
    else:
        messages.success(request, done % {"who": reset.user})
    return redirect("lost_devices")
