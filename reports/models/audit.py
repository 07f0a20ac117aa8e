"""The audit trail: who signed in, read a submission, sent a text to a service, changed a role or an account.

Rows come from rules/audit.py.
"""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reports.models.people import Country
from reports.models.report import Report
from reports.models.review import Submission


class Event(models.TextChoices):
    """What happened. A new event needs no migration: the column takes any text."""

    SIGNED_IN = "signed_in", _("signed in")
    SIGN_IN_FAILED = "sign_in_failed", _("failed to sign in")
    TRIES_STOPPED = "tries_stopped", _("stopped after too many tries")
    SIGNED_OUT = "signed_out", _("signed out")
    SESSION_ENDED = "session_ended", _("ended a session")
    PASSWORD_CHANGED = "password_changed", _("password changed")
    PASSWORD_ASKED = "password_asked", _("asked for a new password")
    ADDRESS_CHANGED = "address_changed", _("address changed")
    FACTOR_ADDED = "factor_added", _("second factor added")
    FACTOR_REMOVED = "factor_removed", _("second factor removed")
    FACTOR_RESET_ASKED = "factor_reset_asked", _("asked to remove a second factor")
    FACTOR_RESET_CONFIRMED = "factor_reset_confirmed", _("confirmed the removal of a second factor")
    FACTOR_RESET_REFUSED = "factor_reset_refused", _("refused the removal of a second factor")
    FACTOR_FAILED = "factor_failed", _("second factor was wrong")
    ACCOUNT_LINKED = "account_linked", _("single sign-on linked")
    ACCOUNT_CLOSED = "account_closed", _("account closed")
    ACCOUNT_OPENED = "account_opened", _("account opened again")
    DATA_TAKEN = "data_taken", _("own data downloaded")
    ROLE_GIVEN = "role_given", _("role given")
    ROLE_ENDED = "role_ended", _("role ended")
    ADMINISTRATION = "administration", _("changed in the administration")
    SUBMISSION_READ = "submission_read", _("submission read")
    SUBMISSION_DOWNLOADED = "submission_downloaded", _("submission downloaded")
    TEXT_SENT = "text_sent", _("text sent to a translation service")
    FILE_REFUSED = "file_refused", _("changed or missing file refused")


class AuditEvent(models.Model):
    """One event. Append-only, except that failures to sign in are swept after FAILURES_KEPT_DAYS (append_only.py).

    `person` acted; it is null for somebody who is not signed in and for a command of the server. `about` is the person
    whom it concerns, if that is another one. `address` and `request` are those of the request.
    """

    at = models.DateTimeField(default=timezone.now, db_index=True)
    event = models.CharField(max_length=40)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    about = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    country = models.ForeignKey(Country, models.PROTECT, null=True, related_name="+")
    report = models.ForeignKey(Report, models.PROTECT, null=True, related_name="+")
    submission = models.ForeignKey(Submission, models.PROTECT, null=True, related_name="+")
    address = models.GenericIPAddressField(null=True)
    request = models.CharField(max_length=20, blank=True)
    detail = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["event", "at"], name="audit_event_at")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.event}"

    def get_event_display(self) -> str:
        """Return the event in words; the plain code for one that only a later version knows."""
        return str(Event(self.event).label) if self.event in Event.values else self.event
