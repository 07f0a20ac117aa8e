"""The privacy page: what is kept, who sees it, and how long, with the numbers that the code goes by."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from reports import browsers
from reports.models.append_only import FAILURES_KEPT_DAYS
from reports.rules import invitations, renderings, sweep


def privacy(request: HttpRequest) -> HttpResponse:
    kept_for = {
        "session_hours": settings.SESSION_COOKIE_AGE // 3600,
        "session_days": settings.SESSION_LONGEST // (24 * 3600),
        "browser_days": browsers.VALID_FOR // (24 * 3600),
        "failure_days": FAILURES_KEPT_DAYS,
        "mail_days": sweep.MAILS_KEPT_FOR.days,
        "task_days": sweep.TASKS_KEPT_FOR.days,
        "draft_hours": renderings.DRAFTS_KEPT_FOR // timedelta(hours=1),
        "invitation_days": invitations.VALID_FOR.days,
        "language_days": settings.LANGUAGE_COOKIE_AGE // (24 * 3600),
    }
    return render(request, "public/privacy.html", kept_for)
