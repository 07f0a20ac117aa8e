"""What was sent in, frozen, and the log of a report's steps."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from reports.models.report import Report, State


class Submission(models.Model):
    """`document` is the canonical text that `sha256` is of; a JSON column would change it."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="submissions")
    number = models.PositiveSmallIntegerField()
    document = models.TextField()
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="submissions")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="submission_number_once")]

    def __str__(self) -> str:
        return f"{self.report}, {self.number}"


class Step(models.TextChoices):
    SEND_IN = "send_in", _("sent in")
    WITHDRAW = "withdraw", _("taken back")


class StepLog(models.Model):
    """One step of one report: who, when, from where to where, and why."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="steps")
    step = models.CharField(max_length=20, choices=Step.choices)
    state_from = models.CharField(max_length=10, choices=State.choices)
    state_to = models.CharField(max_length=10, choices=State.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="steps")
    at = models.DateTimeField(auto_now_add=True)
    comment = models.TextField(blank=True)
    submission = models.ForeignKey(Submission, models.PROTECT, null=True, related_name="steps")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.report}: {self.step}"
