"""Comments of colleagues: the list of a report, and what the forms beside a text send.

The page's script posts a form and gets JSON with the comment as HTML, so that the writer's text and cursor stay.
Without the script the answer is a redirect to where the comment is.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from reports.document.problem import Problem, gettext_noop
from reports.forms.comments import AnswerForm, CommentForm
from reports.models import Comment, CommentAct, Contribution, Report, User
from reports.pages.country.comments import changed_since, comments_page, one_thread
from reports.pages.parts import anchor, page_url, sections_of_part
from reports.pages.wording import in_words
from reports.rules import comments as rules
from reports.rules import permissions
from reports.views.access import or_show_text, posts_from, report_or_refuse
from reports.views.arrivals import note_arrival
from reports.views.http import SignedInRequest, number_in, show

NOT_ANY_MORE = gettext_noop(
    "You can no longer do this, because your role or what you were given has changed. Copy what you wrote."
)


@never_cache
@or_show_text
def comments(request: SignedInRequest, code: str, year: int) -> HttpResponse:
    """List the comments of a report by section. POST begins one."""
    row = report_or_refuse(request, code, year, "read_comments", with_sections=True)
    if request.method != "POST":
        return show_list(request, row)
    form = CommentForm(request.POST)
    texts = Contribution.objects.select_related("section__question").filter(section__report=row)
    contribution = get_object_or_404(texts, pk=form.values.get("contribution", 0))
    contribution.section.report = row
    language = str(form.values.get("language", ""))
    about, named = form.passage, form.colleague
    try:
        begun = rules.add(contribution, form.typed, by=request.user, language=language, quote=about, named=named)
    except (Problem, PermissionDenied) as refusal:
        return refused(request, row, form, refusal)
    return done(request, begun, form)


@never_cache
@or_show_text
@posts_from("comments")
def comment(request: SignedInRequest, code: str, year: int, pk: int) -> HttpResponse:
    """Answer, settle or open a comment again. What was typed is sent with each of them."""
    row = report_or_refuse(request, code, year, "read_comments", with_sections=True)
    found = comment_or_404(row, pk)
    form = AnswerForm(request.POST)
    act = request.POST.get("act", "answer")
    try:
        with transaction.atomic():  # what was typed is not added if the rest is refused: it is shown to be sent again
            if form.typed or act == "answer":
                rules.answer(found, form.typed, by=request.user, named=form.colleague)
            if act in ("settle", "reopen"):
                (rules.settle if act == "settle" else rules.reopen)(found, by=request.user)
    except (Problem, PermissionDenied) as refusal:
        return refused(request, row, form, refusal)
    return done(request, found, form)


def comment_or_404(row: Report, pk: int) -> Comment:
    """Return a comment of this report, with the section as the report has it. Raise Http404."""
    found = get_object_or_404(Comment.objects.select_related("contribution"), contribution__section__report=row, pk=pk)
    found.contribution.section = next(one for one in row.sections.all() if one.pk == found.contribution.section_id)
    return found


def show_list(request: SignedInRequest, row: Report, form: AnswerForm | None = None, message: str = "") -> HttpResponse:
    """Show the list; with a form that was refused, show what was typed in it, to be sent again."""
    more = {"refused": form, "message": message, "address": request.path, "page_code": ""}
    page = comments_page(request.user, row)
    return show(request, "country/comments.html", page, status=422 if form else 200, **more)


def done(request: SignedInRequest, found: Comment, form: AnswerForm) -> HttpResponse:
    """Answer the script with the comment as it is now, or lead to it."""
    note_arrival(request, "text")
    report = found.contribution.section.report
    page = str(form.values.get("page", ""))
    if not wants_json(request):
        url = page_url(report, page) if page else reverse("comments", args=[report.country.code, report.form.year])
        return redirect(f"{url}#comment-{found.pk}")
    found = comment_or_404(report, found.pk)
    colleagues = rules.colleagues(report.country, besides=request.user)
    return JsonResponse({"outcome": "saved", **as_json(request, found, colleagues, page)})


def as_json(request: SignedInRequest, found: Comment, colleagues: list[User], page: str) -> dict[str, Any]:
    """Return a comment as the page with this code shows it, and the number of open ones about its section."""
    thread, number = one_thread(request.user, found)
    section = found.contribution.section
    context = {
        "thread": thread,
        "report": section.report,
        "section": section,
        "colleagues": colleagues,
        "page_code": page,
    }
    html = render_to_string("country/comment_thread.html", context, request)
    return {"html": html, "section": anchor(section.code), "open": number, "newest": thread.newest}


def comment_news(request: SignedInRequest, report: Report, page: str) -> list[dict[str, Any]]:
    """Return the comments of a page that changed since `?said=12`, its newest message. `code` is that of a section in
    which a colleague has said something; "" where only the state changed, or the user did it in another window.
    """
    if "said" not in request.GET or not permissions.may(request.user, "read_comments", report):
        return []
    news, newest = [], number_in(request.GET, "said")
    changed = changed_since(sections_of_part(report, page), newest)
    colleagues = rules.colleagues(report.country, besides=request.user) if changed else []
    for found in changed:
        found.contribution.section.report = report
        new = [one for one in found.messages.all() if one.pk > newest and one.by_id != request.user.pk]
        is_said = any(one.act == CommentAct.SAID for one in new)
        code = found.contribution.section.code if is_said else ""
        news.append({**as_json(request, found, colleagues, page), "code": code})
    return news


def refused(request: SignedInRequest, row: Report, form: AnswerForm, refusal: Exception) -> HttpResponse:
    """Say why, and keep what was typed."""
    message = in_words(refusal) if isinstance(refusal, Problem) else _(NOT_ANY_MORE)
    if wants_json(request):
        return JsonResponse({"outcome": "refused", "message": message}, status=422)
    return show_list(request, row, form, message)


def wants_json(request: SignedInRequest) -> bool:
    return request.headers.get("Accept") == "application/json"
