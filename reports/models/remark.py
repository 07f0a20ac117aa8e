"""Questions of the secretariat about a section, the answers of the country, and private notes."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reports.models.report import Section
from reports.models.review import Submission


class RemarkState(models.TextChoices):
    UNSENT = "unsent", _("Not sent yet")
    OPEN = "open", _("Open question")
    ANSWERED = "answered", _("Answered, not settled")
    SETTLED = "settled", pgettext_lazy("a question", "Settled")


class RemarkQuerySet(models.QuerySet["Remark"]):
    def questions(self) -> "RemarkQuerySet":
        """Leave out what the country does not see: private notes, and questions that were not sent yet."""
        return self.filter(private=False).exclude(state=RemarkState.UNSENT)

    def unsent(self) -> "RemarkQuerySet":
        return self.filter(state=RemarkState.UNSENT)

    def unsettled(self) -> "RemarkQuerySet":
        return self.questions().exclude(state=RemarkState.SETTLED)

    def to_settle(self) -> "RemarkQuerySet":
        """Return the questions that keep a report from being accepted: unsettled ones, sent or not."""
        return self.filter(private=False).exclude(state=RemarkState.SETTLED)


class Remark(models.Model):
    """A question about a section of a submission, or a private note of the secretariat.

    A question can be changed and taken back until it is sent to the country, together with all others of the report.

    `quote` is the sentence of the submission that it is about, in `quote_language`.
    """

    section = models.ForeignKey(Section, models.CASCADE, related_name="remarks")
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="remarks")
    private = models.BooleanField(default=False)
    quote = models.TextField(blank=True)
    quote_language = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=10, choices=RemarkState.choices, default=RemarkState.OPEN)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = RemarkQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="note_stays_open", condition=Q(private=False) | Q(state=RemarkState.OPEN))
        ]

    def __str__(self) -> str:
        return f"{self.section}, {self.pk}"


class RemarkMessage(models.Model):
    """One message of a remark; the first is the question or the note itself."""

    remark = models.ForeignKey(Remark, models.CASCADE, related_name="messages")
    text = models.TextField()
    by_country = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:60]
