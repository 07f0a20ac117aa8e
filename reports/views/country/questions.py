"""What the secretariat asks a country, and the country's answers."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from reports.document.problem import Problem
from reports.forms.remarks import ReplyForm, reply_forms
from reports.models import Remark, Report
from reports.pages.country.questions import questions_page
from reports.pages.wording import in_words
from reports.rules import permissions, remarks
from reports.views.access import or_show_text, report_or_refuse
from reports.views.arrivals import note_arrival
from reports.views.http import SignedInRequest, number_in, show


@or_show_text
def questions(request: SignedInRequest, code: str, year: int) -> HttpResponse:
    """List what is asked: open questions first, then answered ones, then settled ones. POST answers one of them."""
    row = report_or_refuse(request, code, year, "read_questions")
    refused = None
    if request.method == "POST":
        refused = answer(request, row)
        if refused is None:
            return redirect("questions", code, year)
    page = questions_page(request.user, row)
    # A refused reply is shown even if its question was settled meanwhile: what was typed must not disappear.
    replies = reply_forms([thread.remark.pk for thread in page.unsettled if thread.may_reply], refused)
    return show(request, "country/questions.html", page, replies=replies, status=422 if refused else 200)


def answer(request: SignedInRequest, row: Report) -> ReplyForm | None:
    """Add an answer. Returns None, or, if it was refused, the form with what was typed and why."""
    found = Remark.objects.questions().select_related("section__report").filter(section__report=row)
    remark = get_object_or_404(found, pk=number_in(request.POST, "remark"))
    form = ReplyForm(request.POST, remark=remark.pk)
    if form.is_valid():
        try:
            remarks.reply(remark, form.cleaned_data["text"], by=request.user)
        except Problem as problem:
            form.add_error("text", in_words(problem))
        except PermissionDenied:
            if not permissions.has_right(request.user, "answer", remark.section):
                raise
            form.add_error(
                "text", _("You can no longer answer questions about this report. What you wrote is still in its box.")
            )
        else:
            note_arrival(request, "text")
            messages.success(request, _("Your answer has been sent to the secretariat."))
            return None
    return form
