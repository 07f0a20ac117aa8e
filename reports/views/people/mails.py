"""What reaches people outside the portal: their choice of e-mails, and their dates for a calendar."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from reports.forms.mails import MailsForm
from reports.pages.people import calendar as dates
from reports.rules import mails as rules


@login_required
def mails(request: HttpRequest) -> HttpResponse:
    form = MailsForm(request.user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        rules.choose(form.wish(), by=request.user)
        messages.success(request, _("Saved. Your choices apply from the next e-mail on."))
        return redirect("mails")
    digest_at = rules.digest_time()
    return render(request, "account/mails.html", {"form": form, "digest_at": digest_at})


@login_required
def calendar(request: HttpRequest) -> HttpResponse:
    """The person's dates as an iCalendar file, in their language."""
    content = dates.calendar(dates.of(request.user), settings.SITE_URL)
    disposition = {"Content-Disposition": 'attachment; filename="country-reports.ics"'}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=disposition)
