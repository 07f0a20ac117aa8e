"""Changing one's own address, and confirming it by the links that both addresses get."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from reports.document.problem import Problem
from reports.forms.address import AddressForm
from reports.pages.wording import in_words
from reports.rules import addresses
from reports.signing_in import sessions
from reports.signing_in.recently import recently_signed_in
from reports.views.http import SignedInRequest, posted

GONE = 410


@login_required
@recently_signed_in()
def change_address(request: SignedInRequest) -> HttpResponse:
    form = AddressForm(posted(request))
    if form.is_valid():
        try:
            change = addresses.ask(form.cleaned_data["email"], by=request.user)
        except Problem as problem:
            form.add_error("email", in_words(problem))
        else:
            said = {"old": change.old, "new": change.new}
            messages.success(request, _("A message is on its way to %(old)s, and one to %(new)s.") % said)
            return redirect("change_address")
    return render(request, "account/address.html", {"form": form})


@never_cache
def confirm_address(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether to confirm, signed in or not; POST confirms. A mail filter that opens the link changes nothing."""
    try:
        link = addresses.read(token)
        if request.method != "POST":
            return render(request, "account/address_confirm.html", {"link": link})
        change = addresses.confirm(token)
    except Problem as problem:
        return render(request, "account/address_refused.html", {"reason": in_words(problem)}, status=GONE)
    if change.done_at and request.user.is_authenticated and request.user.pk == change.user_id:
        update_session_auth_hash(request, change.user)  # this session stays, those elsewhere end
        sessions.register(request)  # its key is new
    return render(request, "account/address_confirmed.html", {"change": change, "link": link})
