"""Requests to remove the second factors of a person who lost a device."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class FactorReset(models.Model):
    """Who asked for it and who decided: two people, neither of them the person whose factors are removed."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="factor_resets")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    confirmed = models.BooleanField(default=False)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="factor_reset_of_another", condition=~Q(asked_by=F("user"))),
            models.CheckConstraint(
                name="factor_reset_by_two",
                condition=Q(confirmed=False)
                | (Q(decided_by__isnull=False) & ~Q(decided_by=F("asked_by")) & ~Q(decided_by=F("user"))),
            ),
            models.UniqueConstraint(
                fields=["user"], condition=Q(decided_at__isnull=True), name="factor_reset_open_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)
