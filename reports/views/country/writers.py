"""Who writes what in a country's report: the focal point gives sections to each contributor."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from reports.document.problem import Problem
from reports.forms.writers import WriterForm
from reports.models import Membership, Report, Role
from reports.pages.parts import is_by_target, parts_of
from reports.pages.wording import in_words
from reports.rules import delegations
from reports.signing_in.recently import recently_signed_in
from reports.views.access import report_or_refuse
from reports.views.http import SignedInRequest, number_in


@login_required
@recently_signed_in()
def writers(request: SignedInRequest, code: str, year: int) -> HttpResponse:
    """Show one form for each contributor. POST saves that of the one whose membership is `person`."""
    row = report_or_refuse(request, code, year, "delegate", with_sections=True)
    wanted = None
    if request.method == "POST":
        wanted = get_object_or_404(row.country.memberships, pk=number_in(request.POST, "person"))
    forms = writer_forms(request, row, wanted)
    chosen = next((form for form in forms if form.membership == wanted), None)
    if wanted and chosen is None:
        messages.error(request, _("This person is not a contributor of this country. Invite them first."))
    elif chosen and chosen.is_valid() and were_given(request, row, chosen):
        return redirect(f"{reverse('writers', args=[code, year])}#person-{chosen.membership.pk}")
    context = {"report": row, "forms": forms, "by_target": is_by_target(row)}
    return render(request, "country/writers/writers.html", context)


def writer_forms(request: SignedInRequest, row: Report, wanted: Membership | None) -> list[WriterForm]:
    """Return a form for each contributor, bound to what was posted if it is that of the `wanted` one."""
    people = list(row.country.memberships.filter(role=Role.CONTRIBUTOR).select_related("user").order_by("user__name"))
    parts = {part.code: part.sections for part in parts_of(row)}
    given = delegations.of_report(row)
    # Only one form is posted. The others show what is stored, not the empty values of a form that was not sent.
    return [
        WriterForm(one, parts, given.get(one.user_id, {}), request.POST if one == wanted else None) for one in people
    ]


def were_given(request: SignedInRequest, row: Report, form: WriterForm) -> bool:
    """Give the chosen sections and say so. If that is refused, say why and return False."""
    user = form.membership.user
    try:
        delegations.give(row, user, form.chosen, by=request.user)
    except Problem as problem:
        messages.error(request, in_words(problem))
        return False
    messages.success(request, _("Writing rights saved: %(who)s.") % {"who": user})
    return True
