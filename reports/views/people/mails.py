"""What reaches users outside the portal: the e-mails they choose, and their dates for a calendar."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from reports.forms.mails import MailsForm
from reports.pages.people import calendar as dates
from reports.rules import mails as rules
from reports.views.http import SignedInRequest, attachment, posted


@login_required
def mails(request: SignedInRequest) -> HttpResponse:
    form = MailsForm(request.user, posted(request))
    if form.is_valid():
        rules.choose(form.chosen, by=request.user)
        messages.success(request, _("Saved. Your choices apply from the next e-mail on."))
        return redirect("mails")
    digest_at = rules.digest_time()
    return render(request, "account/mails.html", {"form": form, "digest_at": digest_at})


@login_required
def calendar(request: SignedInRequest) -> HttpResponse:
    """Return the user's dates as an iCalendar file, in their language."""
    content = dates.calendar(dates.dates_of(request.user), settings.SITE_URL)
    return attachment(content, "text/calendar; charset=utf-8", "country-reports.ics")
