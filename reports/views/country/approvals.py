"""Approvals inside the country: asking named officials, what each of them answered, and answering."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.document.problem import Problem
from reports.forms.approvals import AnswerForm, AskForm
from reports.models import Approval, Report
from reports.pages.country.approvals import approvals_page
from reports.pages.wording import in_words
from reports.rules import approvals as rules
from reports.rules import permissions
from reports.views.access import or_show_text, posts_from, report_or_refuse
from reports.views.arrivals import note_arrival
from reports.views.http import SignedInRequest, posted, show

PAGE = "country/approvals/approvals.html"


@login_required
def approvals(request: SignedInRequest, code: str, year: int) -> HttpResponse:
    """Show every approval with its answer, and what the user is asked; the focal point asks for approvals here."""
    row = report_or_refuse(request, code, year, "read_draft", with_sections=True, units=True)
    if request.method == "POST":
        permissions.check(request.user, "ask_approval", row)
    form = ask_form(request, row)
    if form and form.is_valid() and was_asked(request, row, form):
        return redirect("approvals", code, year)
    return show(request, PAGE, approvals_page(request.user, row), form=form)


def ask_form(request: SignedInRequest, row: Report, *, bound: bool = True) -> AskForm | None:
    """Return the form that asks, or None if the user may not ask now."""
    may_ask = permissions.may(request.user, "ask_approval", row)
    return AskForm(row, posted(request) if bound else None) if may_ask else None


def was_asked(request: SignedInRequest, row: Report, form: AskForm) -> bool:
    """Ask for the approvals and say so. If that is refused, say why and return False."""
    try:
        count = rules.ask(row, form.chosen_officials, form.chosen_sections, by=request.user)
    except Problem as problem:
        messages.error(request, in_words(problem))
        return False
    if count:
        said = ngettext("%(count)s approval has been requested.", "%(count)s approvals have been requested.", count) % {
            "count": count
        }
        messages.success(request, said)
    else:
        messages.info(
            request, _("This approval was requested before and has not been answered yet. Nobody was asked twice.")
        )
    return True


@or_show_text
@posts_from("approvals")
def answer_approval(request: SignedInRequest, code: str, year: int, pk: int) -> HttpResponse:
    """Take an official's answer. If it is refused, the page is shown again with the comment as typed."""
    row = report_or_refuse(request, code, year, "approve", with_sections=True, units=True)
    approval = get_object_or_404(row.approvals, pk=pk, official=request.user)
    given = request.POST.get("answer") == "given"
    refusal = refusal_of(request, approval, given)
    if not refusal:
        messages.success(
            request, _("Approved. The person who asked gets an e-mail.") if given else _("Your comment has been sent.")
        )
        return redirect("approvals", code, year)
    page = approvals_page(request.user, row, refused=approval, comment=request.POST.get("comment", ""), refusal=refusal)
    if all(one.approval != approval for one in page.asked):
        messages.error(request, refusal)  # it was answered or withdrawn meanwhile, so its box is gone
    return show(request, PAGE, page, form=ask_form(request, row, bound=False))


def refusal_of(request: SignedInRequest, approval: Approval, given: bool) -> str:
    """Store the official's answer. Return why it is refused, "" if it is stored."""
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return str(form.errors["comment"][0])
    comment, sha256 = form.cleaned_data["comment"], request.POST.get("sha256", "")
    try:
        rules.answer(approval, given, by=request.user, comment=comment, sha256=sha256)
    except Problem as problem:
        return in_words(problem)
    note_arrival(request, "comment")
    return ""
