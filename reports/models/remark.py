"""The dialogue about a section: the secretariat asks, the country answers, the secretariat settles."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reports.models.report import Section
from reports.models.review import Submission


class RemarkState(models.TextChoices):
    OPEN = "open", _("Open question")
    ANSWERED = "answered", _("Answered, not settled")
    SETTLED = "settled", pgettext_lazy("a question", "Settled")


class RemarkQuerySet(models.QuerySet["Remark"]):
    def questions(self) -> "RemarkQuerySet":
        """What the country sees: everything but the secretariat's own notes."""
        return self.filter(private=False)

    def unsettled(self) -> "RemarkQuerySet":
        return self.questions().exclude(state=RemarkState.SETTLED)


class Remark(models.Model):
    """A question about a section of a submission, or a private note of the secretariat, with what was said since.

    `quote` is the sentence it is about, as it stood there in `quote_language`.
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
    """One thing said in a remark; the first is the question itself."""

    remark = models.ForeignKey(Remark, models.CASCADE, related_name="messages")
    text = models.TextField()
    by_country = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:60]
