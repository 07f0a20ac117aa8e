"""The secretariat's review of a submission, section by section."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language

from reports.forms.decision import DecisionForm
from reports.forms.remarks import RemarkForm, ReplyForm, reply_forms
from reports.models import OpeningKind
from reports.pages.review.decision import decision_panel
from reports.pages.review.review import Review, review_of
from reports.pages.review.section import SectionReview, section_page
from reports.rules import openings
from reports.views.access import report_or_refuse
from reports.views.http import SignedInRequest, show


@login_required
def review(request: SignedInRequest, code: str, year: int) -> HttpResponse:
    """Redirect to the first section not read yet."""
    row = report_or_refuse(request, code, year, "read_review")
    return redirect(next_address(review_of(row)))


def next_address(found: Review, after: str = "", view: str = "") -> str:
    """Return the address of the next section to read, or of the decision once all are read."""
    code = found.first_unread(after)
    return found.url(code, view) if code else found.url(after or next(iter(found.places)), view) + "#decide"


def section_or_404(found: Review, section: str, view: str) -> SectionReview:
    if section not in found.places or section not in found.rows:
        raise Http404
    return SectionReview(found, section, view, get_language() or "en")


def show_section(
    request: SignedInRequest,
    reading: SectionReview,
    *,
    asking: RemarkForm | None = None,
    reply: ReplyForm | None = None,
    decision: DecisionForm | None = None,
) -> HttpResponse:
    """Show a section. `asking`, `reply`, `decision`: the form that was refused, with what was typed and why, or an
    unbound `asking` that keeps what was typed in its other box.
    """
    page = section_page(request.user, reading)
    openings.record_openings(page.submissions, by=request.user, kind=OpeningKind.PAGE)
    open_to_reply = [thread.remark.pk for thread in page.unsettled if thread.may_reply]
    return show(
        request,
        "review/section.html",
        page,
        status=422 if (asking and asking.is_bound) or reply or decision else 200,
        language_next=reading.address,  # a refused decision is shown under an address of its own
        remark_form=asking or (RemarkForm(section=reading.row.pk) if page.may["review"] else None),
        replies=reply_forms(open_to_reply, reply, page.changeable),
        deciding=decision_panel(request.user, reading.review),
        decision_form=decision or DecisionForm(codes=list(reading.review.places)),
    )
