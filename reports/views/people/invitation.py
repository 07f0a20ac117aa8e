"""Coming in through an invitation: without an account yet, by the link of an e-mail."""

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
from reports.rules import people

GONE = 410


@sensitive_post_parameters()
@never_cache
def invitation(request: HttpRequest, key: str) -> HttpResponse:
    """Name and password, then signed in and led home; or why this link no longer works."""
    try:
        invited = people.read_invitation(key)
    except Problem as problem:
        return refused(request, problem)
    read_by(request, invited.user)
    form = ComeInForm(invited.user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            user = people.accept_invitation(key, **form.cleaned_data, language=translation.get_language())
        except Problem as problem:
            return refused(request, problem)
        login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
        messages.success(request, _("Welcome. From now on you sign in with %(email)s.") % {"email": user.email})
        return redirect("home")
    return render(request, "people/invitation.html", {"form": form, "invited": invited})


def refused(request: HttpRequest, problem: Problem) -> HttpResponse:
    return render(request, "people/invitation_refused.html", {"reason": in_words(problem)}, status=GONE)


def read_by(request: HttpRequest, user: User) -> None:
    """The page is in the language that the inviter chose, until the person switches it."""
    signed_in = request.user.is_authenticated
    if not signed_in and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and user.language:
        translation.activate(user.language)
        request.LANGUAGE_CODE = translation.get_language()
