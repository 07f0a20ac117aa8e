"""Policy targets and operational goals: the commitments of the alliance, the same for every edition of the form."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from reports.models import codes

NUMBER = _("The number is from 1 to 99: it is part of the addresses of pages.")


class PolicyTargetManager(models.Manager["PolicyTarget"]):
    def get_by_natural_key(self, number: int) -> "PolicyTarget":
        return self.get(number=number)


class PolicyTarget(models.Model):
    """`text` has no final period; a layout that prints one adds it."""

    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    text = models.TextField(_("text"))

    objects = PolicyTargetManager()

    class Meta:
        ordering = ["number"]
        verbose_name = _("policy target")
        verbose_name_plural = _("policy targets")
        constraints = [codes.number_constraint("target_number_fits_address", NUMBER)]

    def __str__(self) -> str:
        return f"{self.number}"

    def natural_key(self) -> tuple[int]:
        return (self.number,)


class OperationalGoalManager(models.Manager["OperationalGoal"]):
    def get_by_natural_key(self, target: int, number: int) -> "OperationalGoal":
        return self.get(target__number=target, number=number)


class OperationalGoal(models.Model):
    target = models.ForeignKey(PolicyTarget, models.PROTECT, related_name="goals", verbose_name=_("policy target"))
    number = models.PositiveSmallIntegerField(_("number"))
    text = models.TextField(_("text"))

    objects = OperationalGoalManager()

    class Meta:
        ordering = ["target__number", "number"]
        verbose_name = _("operational goal")
        verbose_name_plural = _("operational goals")
        constraints = [
            models.UniqueConstraint(fields=["target", "number"], name="goal_number_once_per_target"),
            codes.number_constraint("goal_number_fits_address", NUMBER),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        return f"{self.target.number}.{self.number}"

    def natural_key(self) -> tuple[int, int]:
        return (self.target.number, self.number)

    natural_key.dependencies = ["reports.policytarget"]  # type: ignore[attr-defined]
