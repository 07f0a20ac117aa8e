"""The sessions of a person: where they are signed in, and signing out there."""

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from reports.models import Event
from reports.rules import audit
from reports.signing_in import sessions as rules
from reports.views.http import SignedInRequest


@login_required
def sessions(request: SignedInRequest) -> HttpResponse:
    rules.register(request)
    return render(request, "account/sessions.html", {"sessions": rules.sessions_of(request.user)})


@login_required
@require_POST
def end_session(request: SignedInRequest, pk: int) -> HttpResponse:
    """Sign out in another browser."""
    others = UserSession.objects.filter(user=request.user).exclude(session_key=request.session.session_key)
    get_object_or_404(others, pk=pk).end()
    audit.record(Event.SESSION_ENDED, person=request.user)
    messages.success(request, _("Signed out there. Text that had not arrived is still in that browser."))
    return redirect("usersessions_list")


@login_required
@require_POST
def end_other_sessions(request: SignedInRequest) -> HttpResponse:
    """Sign out in every browser but this one."""
    others = UserSession.objects.filter(user=request.user).exclude(session_key=request.session.session_key)
    number = len([session.end() for session in others])
    audit.record(Event.SESSION_ENDED, person=request.user, detail=str(number))
    done = ngettext("Signed out in %(number)s other browser.", "Signed out in %(number)s other browsers.", number)
    messages.success(request, done % {"number": number})
    return redirect("usersessions_list")
