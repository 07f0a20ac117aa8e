"""The secretariat's decision about a report: return, accept, publish or reopen it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from reports.document.problem import Problem
from reports.forms.decision import DecisionForm
from reports.models import Report, Step
from reports.pages.review.review import review_of
from reports.pages.wording import in_words
from reports.rules import permissions, workflow
from reports.rules.decisions import DECISIONS
from reports.signing_in.recently import recently_signed_in
from reports.views.access import or_show_text, posts_from, report_or_refuse
from reports.views.arrivals import note_arrival
from reports.views.http import SignedInRequest
from reports.views.review.review import section_or_404, show_section


def publishes(request: HttpRequest) -> bool:
    step, _field = DECISIONS.get(request.POST.get("decision", ""), (None, ""))
    return step == Step.PUBLISH


@or_show_text
@posts_from("review")
@recently_signed_in(publishes)
def decide(request: SignedInRequest, code: str, year: int) -> HttpResponse:
    """Take the decision. If it is refused, the section is shown again with what was typed and why."""
    row = report_or_refuse(request, code, year, "read_review")
    if not any(permissions.has_right(request.user, step, row) for step in (Step.RETURN, Step.PUBLISH)):
        raise PermissionDenied
    found = review_of(row)
    form = DecisionForm(request.POST, codes=list(found.places))
    if form.is_valid() and was_taken(request, row, form):
        return redirect("desk", year)
    section = request.POST.get("section", "")
    section = section if section in found.places else next(iter(found.places))
    row.refresh_from_db(fields=["state"])
    return show_section(request, section_or_404(found, section, request.POST.get("show", "")), decision=form)


def was_taken(request: SignedInRequest, row: Report, form: DecisionForm) -> bool:
    """Take the step and say so. If it is refused, put the reason into the form and return False."""
    comment = form.cleaned_data["comment"]
    try:
        workflow.take_step(row, form.step, by=request.user, comment=comment, sections=form.codes)
    except Problem as problem:
        form.add_error(field_of(form), in_words(problem))
        return False
    note_arrival(request, "comment")
    messages.success(request, done(form.step, row))
    return True


def field_of(form: DecisionForm) -> str | None:
    """Return the field that a refusal is about: the comment, if one is needed and missing, or none in particular."""
    return "comment" if form.step in (Step.RETURN, Step.REOPEN) and not form.cleaned_data["comment"] else None


def done(step: Step, report: Report) -> str:
    sentence = {
        Step.RETURN: _("The report of %(country)s for %(year)s has been returned."),
        Step.ACCEPT: _("The report of %(country)s for %(year)s has been accepted."),
        Step.PUBLISH: _("The report of %(country)s for %(year)s has been published."),
        Step.REOPEN: _("The report of %(country)s for %(year)s has been reopened."),
    }[step]
    return sentence % {"country": report.country, "year": report.form.year}
