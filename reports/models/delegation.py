"""Delegations of sections to contributors, and approvals of texts by officials, inside a country."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from reports.models.report import Contribution, Report, Section


class Delegation(models.Model):
    """A section assigned to a contributor: the whole section, or only one contribution of their own in it.

    `contribution` is that one; it is null until the contributor has begun it.
    """

    section = models.ForeignKey(Section, models.CASCADE, related_name="delegations")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="delegations")
    whole = models.BooleanField(default=True)
    contribution = models.ForeignKey(Contribution, models.CASCADE, null=True, related_name="delegations")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["section", "user"], name="section_given_once")]

    def __str__(self) -> str:
        return f"{self.user}: {self.section.code}"


class Answer(models.TextChoices):
    ASKED = "asked", _("asked")
    GIVEN = "given", _("approved")
    DECLINED = "declined", _("not approved")


class Approval(models.Model):
    """An official's answer to a request to approve a report, or one section of it, before it is sent in.

    `sha256` is the hash of the text that was approved: the approval is valid only while the text has this hash
    (rules/approvals.py).
    """

    report = models.ForeignKey(Report, models.CASCADE, related_name="approvals")
    section = models.ForeignKey(Section, models.CASCADE, null=True, related_name="approvals")
    official = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="approvals")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    answer = models.CharField(max_length=10, choices=Answer.choices, default=Answer.ASKED)
    answered_at = models.DateTimeField(null=True)
    comment = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.report}: {self.official}"
