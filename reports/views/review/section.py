"""What the secretariat does with one section: mark it as read, note, ask, send the questions, reply, settle."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from reports.document.problem import Problem
from reports.forms.remarks import RemarkForm, ReplyForm
from reports.models import Remark, Report
from reports.pages.review.review import review_of
from reports.pages.review.section import SectionReview
from reports.pages.wording import in_words, state_for_secretariat
from reports.rules import permissions, remarks
from reports.views.access import or_show_text, report_or_refuse
from reports.views.arrivals import note_arrival
from reports.views.http import SignedInRequest, found_or_404, number_in
from reports.views.review.review import next_address, section_or_404, show_section


@or_show_text
def review_section(request: SignedInRequest, code: str, year: int, section: str) -> HttpResponse:
    """Show one section of the newest submission. POST does what the pressed button, `do`, asks for."""
    row = report_or_refuse(request, code, year, "read_review")
    reading = section_or_404(review_of(row), section, request.GET.get("show", ""))
    if request.method != "POST":
        return show_section(request, reading)
    return found_or_404(ACTIONS.get(request.POST.get("do", "")))(request, reading)


def mark(request: SignedInRequest, reading: SectionReview) -> HttpResponse:
    """Mark the section as read and go to the next one, or mark it as unread and stay."""
    read, review = request.POST["do"] == "read", reading.review
    try:
        remarks.mark_as_read(review.submission, reading.row, by=request.user, read=read)
    except PermissionDenied as trouble:
        messages.error(request, refusal(request, "review", review.report, trouble))
        return redirect(reading.address)
    if not read:
        return redirect(reading.address)
    # The review was fetched before the mark was set, so this section still counts as unread.
    if reading.mark is None and review.first_unread(reading.code) is None:
        messages.success(request, _("You have come to the end: every section has been read."))
    return redirect(next_address(review, reading.code, reading.show))


def write(request: SignedInRequest, reading: SectionReview) -> HttpResponse:
    """Save the note, or the question, whose button was pressed. What stands in the other box stays there."""
    field, other = ("note", "question") if request.POST["do"] == "note" else ("question", "note")
    form = RemarkForm(request.POST, section=reading.row.pk)
    if not form.is_valid():
        return show_section(request, reading, asking=form)
    typed = form.cleaned_data
    # The page's script sends the language of the quoted text, which decides how it is read aloud. It is checked.
    quote = {"quote": typed["quote"], "quote_language": reading.language_of(typed["quote"], typed["quote_language"])}
    at = (reading.review.submission, reading.row, typed[field])
    try:
        remarks.ask(*at, by=request.user, private=field == "note", **quote)
    except (Problem, PermissionDenied) as trouble:
        form.add_error(field, refusal(request, "review", reading.review.report, trouble))
        return show_section(request, reading, asking=form)
    note_arrival(request, "quote", field)
    messages.success(request, SAVED[field])
    if typed[other].strip():
        again = section_or_404(review_of(reading.review.report), reading.code, reading.show)
        return show_section(request, again, asking=RemarkForm(section=again.row.pk, kept={other: typed[other]}))
    return redirect(reading.address + "#remarks")


SAVED = {
    "note": gettext_lazy("The note has been saved. Only the secretariat sees it."),
    "question": gettext_lazy("The question has been saved. The country sees it when you send it."),
}


def change(request: SignedInRequest, reading: SectionReview) -> HttpResponse:
    """Change a question that was not sent yet."""
    remark = remark_or_404(request, reading)
    form = ReplyForm(request.POST, remark=remark.pk)
    if form.is_valid():
        try:
            remarks.change_question(remark, form.cleaned_data["text"], by=request.user)
        except (Problem, PermissionDenied) as trouble:
            form.add_error("text", refusal(request, "review", reading.review.report, trouble))
        else:
            note_arrival(request, "text")
            messages.success(request, _("The question has been changed."))
            return redirect(reading.address + "#remarks")
    return show_section(request, reading, reply=form)


def take_back(request: SignedInRequest, reading: SectionReview) -> HttpResponse:
    """Delete a question that was not sent yet."""
    try:
        remarks.take_back_question(remark_or_404(request, reading), by=request.user)
    except (Problem, PermissionDenied) as trouble:
        messages.error(request, refusal(request, "review", reading.review.report, trouble))
    else:
        messages.success(request, _("The question has been taken back. The country never saw it."))
    return redirect(reading.address + "#remarks")


def send(request: SignedInRequest, reading: SectionReview) -> HttpResponse:
    """Send the country all questions of the report that were not sent yet."""
    try:
        number = remarks.send_questions(reading.review.report, by=request.user)
    except PermissionDenied as trouble:
        messages.error(request, refusal(request, "review", reading.review.report, trouble))
        return redirect(reading.address)
    said = ngettext(
        "%(count)s question has been sent to %(country)s.", "%(count)s questions have been sent to %(country)s.", number
    )
    messages.success(request, said % {"count": number, "country": reading.review.report.country})
    return redirect(reading.address)


def reply(request: SignedInRequest, reading: SectionReview) -> HttpResponse:
    remark = remark_or_404(request, reading)
    form = ReplyForm(request.POST, remark=remark.pk)
    if form.is_valid():
        try:
            remarks.reply(remark, form.cleaned_data["text"], by=request.user)
        except (Problem, PermissionDenied) as trouble:
            form.add_error("text", refusal(request, "settle", reading.review.report, trouble))
        else:
            note_arrival(request, "text")
            messages.success(request, _("Your reply has been added."))
            return redirect(reading.address + "#remarks")
    return show_section(request, reading, reply=form)


def settle(request: SignedInRequest, reading: SectionReview) -> HttpResponse:
    """Settle a question, or open it again."""
    settled = request.POST["do"] == "settle"
    try:
        remarks.settle(remark_or_404(request, reading), by=request.user, settled=settled)
    except PermissionDenied as trouble:
        messages.error(request, refusal(request, "settle", reading.review.report, trouble))
    else:
        messages.success(request, _("The question is settled.") if settled else _("The question has been reopened."))
    return redirect(reading.address + "#remarks")


ACTIONS: dict[str, Callable[[SignedInRequest, SectionReview], HttpResponse]] = {
    "read": mark,
    "unread": mark,
    "note": write,
    "ask": write,
    "change": change,
    "take_back": take_back,
    "send": send,
    "say": reply,
    "settle": settle,
    "open": settle,
}


def remark_or_404(request: SignedInRequest, reading: SectionReview) -> Remark:
    found = Remark.objects.select_related("section__report").filter(section=reading.row)
    return get_object_or_404(found, pk=number_in(request.POST, "remark"))


def refusal(request: SignedInRequest, action: str, report: Report, trouble: Exception) -> str:
    """Say why something was not done, to somebody who may do it in another state of the report.

    Raise PermissionDenied for somebody who may not do it in any state.
    """
    if isinstance(trouble, Problem):
        return in_words(trouble)
    if not permissions.has_right(request.user, action, report):
        raise trouble
    report.refresh_from_db(fields=["state"])
    return _("The state of the report has changed meanwhile: %(state)s. What you wrote is still in its box.") % {
        "state": state_for_secretariat(report)
    }
