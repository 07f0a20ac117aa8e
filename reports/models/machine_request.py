"""What left the portal for a translation service: which text, when, by whom, and what came of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from reports.models.report import Contribution


class MachineOutcome(models.TextChoices):
    """What came of a request. No page shows these words."""

    SENT = "sent"  # and nothing is known yet
    AWAITED = "awaited"  # the drafts are delivered later
    ANSWERED = "answered"  # the drafts came, whatever became of them in the report
    REFUSED = "refused"  # at once, which the person was told
    FAILED = "failed"  # something else than drafts was delivered


class MachineRequest(models.Model):
    """Passages of one text that a person had sent to a service, to be translated into `language`.

    The row is stored before anything leaves the portal, so it is there whatever happens then. The audit trail has the
    same as an event that nobody can change; this row says what became of it, since `ended_at`.
    """

    contribution = models.ForeignKey(Contribution, models.PROTECT, related_name="machine_requests")
    language = models.CharField(max_length=5)
    service = models.CharField(max_length=40)
    passages = models.PositiveSmallIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    outcome = models.CharField(max_length=10, choices=MachineOutcome.choices, default=MachineOutcome.SENT)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="machine_request_outcome_known", condition=Q(outcome__in=MachineOutcome.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contribution}, {self.language}: {self.service}"
