"""Who writes what in a country's report: the focal point gives sections to each contributor."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from reports.document.problem import Problem
from reports.forms.writers import WriterForm
from reports.models import Report, Role
from reports.pages.parts import parts_of
from reports.pages.wording import in_words
from reports.rules import delegations
from reports.views.access import report_or_refuse
from reports.views.http import number_in


@login_required
def writers(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """One form for each contributor; POST saves that of the one whom `person` names."""
    row = report_or_refuse(request, code, year, "delegate", with_sections=True)
    people = list(row.country.memberships.filter(role=Role.CONTRIBUTOR).select_related("user").order_by("user__name"))
    wanted = None
    if request.method == "POST":
        wanted = get_object_or_404(row.country.memberships, pk=number_in(request.POST, "person"))
    goals = {part.code: part.sections for part in parts_of(row)}
    given = delegations.of_report(row)
    forms = [
        WriterForm(one, goals, given.get(one.user_id, {}), request.POST if one == wanted else None) for one in people
    ]
    chosen = next((form for form in forms if form.membership == wanted), None)
    if wanted and chosen is None:
        messages.error(request, _("This person is not a contributor of this country. Invite them first."))
    elif chosen and chosen.is_valid() and gave(request, row, chosen):
        return redirect(f"{reverse('writers', args=[code, year])}#person-{chosen.membership.pk}")
    by_target = not any(section.question.goal_id for section in row.sections.all())
    return render(request, "country/writers/writers.html", {"report": row, "forms": forms, "by_target": by_target})


def gave(request: HttpRequest, row: Report, form: WriterForm) -> bool:
    user = form.membership.user
    try:
        delegations.give(row, user, form.wish(), by=request.user)
    except Problem as problem:
        messages.error(request, in_words(problem))
        return False
    messages.success(request, _("Writing rights saved: %(who)s.") % {"who": user})
    return True
