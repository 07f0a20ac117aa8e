"""The outbox of e-mails: see reports/notifications/outbox.py."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from reports.models.people import Country


class MailKind(models.TextChoices):
    """The kinds of e-mail. People choose a frequency for each, except for the last three, which are sent at once."""

    REPORTS = "reports", _("A report is sent in, returned, accepted or published")
    QUESTIONS = "questions", _("Questions of the secretariat and their answers")
    APPROVALS = "approvals", _("Approvals requested and given")
    SUGGESTIONS = "suggestions", _("Suggestions of colleagues, and what became of yours")
    COMMENTS = "comments", _("Comments of colleagues that name you")
    DEADLINES = "deadlines", _("Reminders of a due date")
    INVITATION = "invitation", _("Invitations")
    ROLES = "roles", _("Roles and accounts")
    SECURITY = "security", _("Changes to how you sign in")


class Frequency(models.TextChoices):
    AT_ONCE = "at-once", _("At once")
    DAILY = "daily", _("Once a day, in one e-mail")
    NEVER = "never", _("Not at all")


class Mail(models.Model):
    """One e-mail to one person, in that person's language.

    `key` names the event and the person; it is unique, so nobody is told of an event twice. `claimed_at` is set before
    the e-mail goes to the mail server, `sent_at` afterwards. `trouble` is the last error of the mail server, or why a
    claimed row is never sent.

    `address` is set for e-mails about a change of address, which also go to the address that is not the person's own
    yet, or no longer. `text` and `html` are emptied once the e-mail is sent: they may contain a link that signs in.
    """

    key = models.CharField(max_length=200, unique=True)
    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    address = models.EmailField(blank=True)  # "" for the person's own
    # The country for which the reader gets it, null for the secretariat: when that role ends, it is no longer sent.
    country = models.ForeignKey(Country, models.CASCADE, null=True, related_name="+")
    kind = models.CharField(max_length=20, choices=MailKind.choices)
    when = models.CharField(max_length=10, choices=Frequency.choices, default=Frequency.AT_ONCE)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField()
    at = models.DateTimeField(auto_now_add=True)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    trouble = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["sent_at", "when"], name="mail_waiting")]

    def __str__(self) -> str:
        return self.subject
