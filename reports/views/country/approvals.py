"""Clearance inside the country: asking named officials, what each said, and saying it."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.document import tree
from reports.document.problem import Problem
from reports.forms.approvals import AnswerForm, AskForm
from reports.models import Answer, Approval, Report
from reports.pages.wording import in_words
from reports.rules import approvals as rules
from reports.rules import permissions
from reports.rules.documents import compose
from reports.views.access import posts_from, report_or_refuse


@dataclass(frozen=True)
class Asked:
    """What somebody is asked to approve, as it stands now. `section` is None for the whole document."""

    approval: Approval
    sha256: str
    section: tree.Section | None
    comment: str = ""  # what was typed and could not be taken

    @property
    def prefix(self) -> str:
        """Of the ids in its text: the same section may stand in two of them."""
        return f"a{self.approval.pk}"


@login_required
def approvals(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Every approval with what became of it; what this person is asked; and, for the focal point, asking."""
    row = report_or_refuse(request, code, year, "read_draft", with_sections=True)
    if request.method == "POST":
        permissions.check(request.user, "ask_approval", row)
    posted = request.POST if request.method == "POST" else None
    form = AskForm(row, posted) if permissions.may(request.user, "ask_approval", row) else None
    if request.method == "POST" and form.is_valid() and asked(request, row, form):
        return redirect("approvals", code, year)
    return page(request, row, form)


def page(
    request: HttpRequest, row: Report, form: AskForm | None, *, refused: Approval | None = None, comment: str = ""
) -> HttpResponse:
    document = compose(row)
    standing = rules.of_report(row, document)
    may_answer = permissions.may(request.user, "approve", row)
    mine = [one.approval for one in standing if waits_for(request, one.approval) and may_answer]
    context = {
        "report": row,
        "document": document,
        "form": form,
        "standing": rules.latest(standing),
        "asked": [asked_of(one, document, comment if one == refused else "") for one in mine],
    }
    return render(request, "country/approvals/approvals.html", context)


def waits_for(request: HttpRequest, approval: Approval) -> bool:
    return approval.answer == Answer.ASKED and approval.official_id == request.user.pk


def asked_of(approval: Approval, document: tree.Document, comment: str) -> Asked:
    section = document.section(approval.section.code) if approval.section else None
    return Asked(approval, rules.text_hash(document, approval.section), section, comment)


def asked(request: HttpRequest, row: Report, form: AskForm) -> bool:
    officials, sections = form.wish()
    try:
        count = rules.ask(row, officials, sections, by=request.user)
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


@login_required
@posts_from("approvals")
def answer_approval(request: HttpRequest, code: str, year: int, pk: int) -> HttpResponse:
    """The official's word. When it cannot be taken, the page is shown again with the comment as typed."""
    row = report_or_refuse(request, code, year, "approve", with_sections=True)
    approval = get_object_or_404(row.approvals, pk=pk, official=request.user)
    given = request.POST.get("answer") == "given"
    if said(request, approval, given):
        messages.success(
            request, _("Approved. The person who asked gets an e-mail.") if given else _("Your comment has been sent.")
        )
        return redirect("approvals", code, year)
    form = AskForm(row) if permissions.may(request.user, "ask_approval", row) else None
    return page(request, row, form, refused=approval, comment=request.POST.get("comment", ""))


def said(request: HttpRequest, approval: Approval, given: bool) -> bool:
    """Whether the official's word could be taken; if not, a message says why."""
    form = AnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, form.errors["comment"][0])
        return False
    comment, sha256 = form.cleaned_data["comment"], request.POST.get("text", "")
    try:
        rules.answer(approval, given, by=request.user, comment=comment, sha256=sha256)
    except Problem as problem:
        messages.error(request, in_words(problem))
        return False
    return True
