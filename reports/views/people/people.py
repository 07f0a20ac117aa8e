"""The people of the secretariat and of each country: inviting them, and ending a role."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from reports.document.problem import Problem
from reports.forms.people import InviteForm
from reports.models import Membership
from reports.pages.people.directory import country_people_page, people_page
from reports.pages.wording import in_words
from reports.rules import people as rules
from reports.rules import permissions
from reports.signing_in.recently import recently_signed_in
from reports.views.access import country_to_list_or_refuse, membership_or_refuse, or_show_text
from reports.views.arrivals import note_arrival
from reports.views.http import SignedInRequest, posted, show


@or_show_text
@recently_signed_in()
def people(request: SignedInRequest) -> HttpResponse:
    """Show everybody, and the form that invites. ?q= searches, ?page= is a page of the log."""
    permissions.check(request.user, "manage_people")
    form = InviteForm(posted(request))
    if form.is_valid() and was_invited(request, form):
        return redirect("people")
    page = people_page(request.GET.get("q", "").strip(), request.GET.get("page", ""))
    return show(request, "people/people.html", page, form=form)


@or_show_text
@recently_signed_in()
def country_people(request: SignedInRequest, code: str) -> HttpResponse:
    """Show the people of one country to its focal points and the administrator, and the form for whoever may invite."""
    country = country_to_list_or_refuse(request, code)
    may_give = permissions.may(request.user, "open_report", country)
    form = InviteForm(posted(request), country=country, may_give=may_give)
    if form.is_valid() and was_invited(request, form):
        return redirect("country_people", code)
    page = country_people_page(request.user, country, request.GET.get("page", ""))
    return show(request, "people/country.html", page, form=form)


def was_invited(request: SignedInRequest, form: InviteForm) -> bool:
    """Invite the person and say so. If that is refused, put the reason into the form and return False."""
    try:
        membership = rules.invite(by=request.user, **form.invitation)
    except Problem as problem:
        form.add_error("email", in_words(problem))
        return False
    note_arrival(request, "message")
    # The name as typed: an existing account may have another name, which the inviter must not learn.
    said = {"who": form.cleaned_data["name"], "email": membership.user.email}
    messages.success(request, _("%(who)s is invited. The invitation is on its way to %(email)s.") % said)
    return True


@login_required
@require_POST
@recently_signed_in()
def invite_again(request: SignedInRequest, pk: int) -> HttpResponse:
    membership = membership_or_refuse(request, pk)
    try:
        rules.resend_invitation(membership, by=request.user)
    except Problem as problem:
        messages.error(request, in_words(problem))
    else:
        messages.success(request, _("A new invitation is on its way to %(email)s.") % {"email": membership.user.email})
    return back(membership)


@login_required
@recently_signed_in()
def end_role(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask whether to end a role. POST ends it."""
    membership = membership_or_refuse(request, pk)
    is_own = membership.user_id == request.user.pk
    if request.method != "POST":
        return render(request, "people/end.html", {"membership": membership, "is_own": is_own})
    try:
        rules.end_role(membership, by=request.user)
    except Problem as problem:
        messages.error(request, in_words(problem))
        return back(membership)
    who = {"who": membership.user, "role": membership.get_role_display()}
    messages.success(request, _("The role of %(who)s, %(role)s, has ended. What they wrote stays.") % who)
    # Without the role, the page that lists it may no longer be open to the user.
    return redirect("home") if is_own else back(membership)


def back(membership: Membership) -> HttpResponse:
    """Redirect to the page that lists this role."""
    return redirect("country_people", membership.country.code) if membership.country else redirect("people")
