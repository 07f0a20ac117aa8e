"""Submissions, the log of a report's steps, and the marks of what was read."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reports.models.report import Report, Section, State


class Submission(models.Model):
    """A report as it was sent in. Append-only.

    `document` is the canonical JSON text that `sha256` is the hash of; it is not a JSON column, because a database may
    rewrite one. `states` repeats the state of each section from it, so that the desk need not read documents.
    `log_head` is the hash of the newest entry of the report's log when it was sent in.
    """

    report = models.ForeignKey(Report, models.PROTECT, related_name="submissions")
    number = models.PositiveSmallIntegerField()
    document = models.TextField()
    sha256 = models.CharField(max_length=64)
    states = models.JSONField(default=dict)
    log_head = models.CharField(max_length=64, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="submissions")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="submission_number_once")]

    def __str__(self) -> str:
        return f"{self.report}, {self.number}"


class Step(models.TextChoices):
    OPEN = "open", _("begun")
    SEND_IN = "send_in", _("sent in")
    WITHDRAW = "withdraw", _("taken back")
    RETURN = "return", _("returned")
    ACCEPT = "accept", _("accepted")
    PUBLISH = "publish", _("published")
    REOPEN = "reopen", _("reopened")
    EXTEND = "extend", _("extension given")


class StepLog(models.Model):
    """One step of a report: who took it, when and why, and the states before and after. Append-only.

    `by` is null for the portal's own commands. `sections` are the codes of the sections that a return opened, empty
    for all of them. `due` is the new day of an extension. `hash` is the hash of the entry's content and of `before`,
    the hash of the entry before it (rules/chain.py).
    """

    report = models.ForeignKey(Report, models.PROTECT, related_name="steps")
    position = models.PositiveIntegerField()
    step = models.CharField(max_length=20, choices=Step.choices)
    state_from = models.CharField(max_length=10, choices=State.choices, blank=True)
    state_to = models.CharField(max_length=10, choices=State.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="steps")
    at = models.DateTimeField(default=timezone.now)
    comment = models.TextField(blank=True)
    sections = models.JSONField(default=list)
    due = models.DateField(null=True)
    submission = models.ForeignKey(Submission, models.PROTECT, null=True, related_name="steps")
    before = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["report", "position"]
        constraints = [
            models.UniqueConstraint(fields=["report", "position"], name="step_position_once"),
            models.CheckConstraint(
                name="step_says_why",
                condition=~models.Q(step__in=[Step.RETURN, Step.REOPEN, Step.EXTEND]) | ~models.Q(comment=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report}: {self.step}"


class ReadMark(models.Model):
    """A mark that a reviewer has read a section of a submission."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="read_marks")
    section = models.ForeignKey(Section, models.CASCADE, related_name="read_marks")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["submission", "section"], name="section_read_once")]

    def __str__(self) -> str:
        return f"{self.submission}: {self.section.code}"
