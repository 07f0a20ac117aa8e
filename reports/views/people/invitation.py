"""Accepting an invitation: without an account yet, by the link of an e-mail."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from reports.document.problem import Problem
from reports.forms.people import ComeInForm
from reports.models import User
from reports.pages.wording import in_words
from reports.rules import invitations
from reports.signing_in import sessions
from reports.views.http import posted

GONE = 410


@sensitive_post_parameters()
@never_cache
def invitation(request: HttpRequest, key: str) -> HttpResponse:
    """Ask for a name and a password, then sign the person in; or say why this link no longer works."""
    try:
        invited = invitations.read(key)
        use_language_of(request, invited.user)  # before the form, whose labels are in that language
        form = ComeInForm(invited.user, posted(request))
        if form.is_valid():
            user = invitations.accept(key, **form.cleaned_data, language=translation.get_language())
            return welcome(request, user)
    except Problem as problem:
        return render(request, "people/invitation_refused.html", {"reason": in_words(problem)}, status=GONE)
    return render(request, "people/invitation.html", {"form": form, "invited": invited})


def welcome(request: HttpRequest, user: User) -> HttpResponse:
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    sessions.register(request)
    messages.success(request, _("Welcome. From now on you sign in with %(email)s.") % {"email": user.email})
    return redirect("home")


def use_language_of(request: HttpRequest, user: User) -> None:
    """Show the page in the language that the inviter chose, until the person chooses another."""
    # A cookie means that this browser has chosen a language; somebody signed in has one of their own.
    signed_in = request.user.is_authenticated
    if not signed_in and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and user.language:
        translation.activate(user.language)
        request.LANGUAGE_CODE = translation.get_language()
