"""Who comes in and who leaves: the people of the secretariat and of each country, inviting them, ending a role."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from reports.document.problem import Problem
from reports.forms.languages import sort_key
from reports.forms.people import InviteForm
from reports.models import Country, Membership, Report, Role, RoleLog
from reports.pages.wording import in_words
from reports.rules import people as rules
from reports.rules import permissions

ENTRIES = 30  # of the log, on one page


@dataclass
class CountryRow:
    """A country with its people. `found`: contributors whom a search names."""

    country: Country
    focal_points: list[Membership] = field(default_factory=list)
    contributors: int = 0
    found: list[Membership] = field(default_factory=list)


@login_required
def people(request: HttpRequest) -> HttpResponse:
    """Everybody, for the administrator, and the form that invites. ?q= searches, ?page= turns the log's pages."""
    permissions.check(request.user, "manage_people")
    form = InviteForm(request.POST if request.method == "POST" else None, chooses_role=True)
    if request.method == "POST" and invited(request, form):
        return redirect("people")
    wanted = request.GET.get("q", "").strip()
    everybody = list(Membership.objects.select_related("user", "country", "invited_by").order_by("role", "user__name"))
    context = {
        "form": form,
        "wanted": wanted,
        "secretariat": [m for m in everybody if m.country_id is None and (not wanted or names(m, wanted))],
        "countries": by_country(everybody, wanted),
        "log": log_page(request.GET.get("page", "")),
    }
    return render(request, "people/people.html", context)


def holds(text: str, wanted: str) -> bool:
    """Whether a name holds what somebody looks for, accents and capitals aside."""
    return sort_key(wanted) in sort_key(text)


def names(membership: Membership, wanted: str) -> bool:
    return holds(membership.user.name, wanted) or holds(membership.user.email, wanted)


def by_country(everybody: Iterable[Membership], wanted: str) -> list[CountryRow]:
    """Each country with its people; in a search those countries whose name, or one of whose people, fits."""
    rows = {country.pk: CountryRow(country) for country in Country.objects.all()}
    fits = {pk for pk, row in rows.items() if holds(str(row.country), wanted)}
    for membership in everybody:
        if (row := rows.get(membership.country_id)) is None:
            continue
        is_named = bool(wanted) and names(membership, wanted)
        if membership.role == Role.FOCAL_POINT:
            row.focal_points.append(membership)
        else:
            row.contributors += 1
            row.found += [membership] if is_named else []
        fits |= {row.country.pk} if is_named else set()
    return sorted((rows[pk] for pk in fits), key=lambda row: sort_key(str(row.country)))


def log_page(number: str) -> Page:
    entries = RoleLog.objects.select_related("user", "country", "by")
    return Paginator(entries, ENTRIES).get_page(number)


def invited(request: HttpRequest, form: InviteForm) -> bool:
    """Whether the form's person was invited; if not, the form says why."""
    if not form.is_valid():
        return False
    try:
        membership = rules.invite(by=request.user, **form.wish())
    except Problem as problem:
        form.add_error("email", in_words(problem))
        return False
    # The name as typed: an account that is there already may have another, which is not the inviter's to know.
    said = {"who": form.cleaned_data["name"], "email": membership.user.email}
    messages.success(request, _("%(who)s is invited. The invitation is on its way to %(email)s.") % said)
    return True


@login_required
def country_people(request: HttpRequest, code: str) -> HttpResponse:
    """The people of one country, for its focal points and the administrator, and the form that invites."""
    country = country_or_refuse(request, code)
    chooses = permissions.may(request.user, "manage_people")
    form = InviteForm(request.POST if request.method == "POST" else None, chooses_role=chooses, country=country)
    if request.method == "POST" and invited(request, form):
        return redirect("country_people", code)
    memberships = country.memberships.select_related("user", "invited_by").order_by("-role", "user__name")
    context = {
        "country": country,
        "form": form,
        "people": [(m, rules.may_give(request.user, Role(m.role), country)) for m in memberships],
        "reports": reports_of(request, country),
        "chooses": chooses,
    }
    return render(request, "people/country.html", context)


def reports_of(request: HttpRequest, country: Country) -> list[Report]:
    """The reports for which this person says who writes what."""
    if not permissions.may(request.user, "open_report", country):
        return []
    return list(country.reports.select_related("form", "country").order_by("-form__year"))


def knows(request: HttpRequest, country: Country | None) -> bool:
    """Whether this person may know who is there: the own country's people, or everybody for the secretariat."""
    return permissions.may(request.user, "see_people", country)


def country_or_refuse(request: HttpRequest, code: str) -> Country:
    country = get_object_or_404(Country, code=code)
    if not knows(request, country):
        raise Http404
    rules.check_may_give(request.user, Role.CONTRIBUTOR, country)
    return country


def membership_or_refuse(request: HttpRequest, pk: int) -> Membership:
    membership = get_object_or_404(Membership.objects.select_related("user", "country", "invited_by"), pk=pk)
    if not knows(request, membership.country):
        raise Http404
    rules.check_may_give(request.user, Role(membership.role), membership.country)
    return membership


@login_required
@require_POST
def invite_again(request: HttpRequest, pk: int) -> HttpResponse:
    membership = membership_or_refuse(request, pk)
    try:
        rules.resend_invitation(membership, by=request.user)
    except Problem as problem:
        messages.error(request, in_words(problem))
    else:
        messages.success(request, _("A new invitation is on its way to %(email)s.") % {"email": membership.user.email})
    return back(membership)


@login_required
def end_role(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks whether to end a role, and ends it."""
    membership = membership_or_refuse(request, pk)
    if request.method != "POST":
        return render(request, "people/end.html", {"membership": membership, "is_own": is_own(request, membership)})
    try:
        rules.end_role(membership, by=request.user)
    except Problem as problem:
        messages.error(request, in_words(problem))
        return back(membership)
    who = {"who": membership.user, "role": membership.get_role_display()}
    messages.success(request, _("The role of %(who)s, %(role)s, has ended. What they wrote stays.") % who)
    return redirect("home") if is_own(request, membership) else back(membership)


def is_own(request: HttpRequest, membership: Membership) -> bool:
    return membership.user_id == request.user.pk


def back(membership: Membership) -> HttpResponse:
    return redirect("country_people", membership.country.code) if membership.country_id else redirect("people")
