"""Who changed what in a section, apart from its texts: those leave a Revision. Rows are only added (append_only.py)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from reports.models.report import Contribution, Section


class Change(models.TextChoices):
    NOTHING = "nothing", _("set to nothing to report")
    NOT_NOTHING = "not_nothing", _("no longer nothing to report")
    AUTHORITY = "authority", _("authority changed")
    LANGUAGE = "language", _("language corrected")
    MOVED = "moved", _("moved")
    REMOVED = "removed", _("removed")
    RESTORED = "restored", _("restored")
    SPLIT = "split", _("split: its second part is the contribution below")
    JOINED = "joined", _("joined with the contribution below, which was removed")


class SectionLog(models.Model):
    """One change of a section, or of `contribution` in it.

    `before` and `after` are authorities, language codes, or places in the section ("1" is the first); both are empty
    for the other changes. `upload` is the import that made the change or undid it.
    """

    section = models.ForeignKey(Section, models.PROTECT, related_name="log")
    contribution = models.ForeignKey(Contribution, models.PROTECT, null=True, related_name="log")
    change = models.CharField(max_length=20, choices=Change.choices)
    before = models.CharField(max_length=200, blank=True)
    after = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    upload = models.ForeignKey("Upload", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="section_log_change_known", condition=models.Q(change__in=Change.values)),
            models.CheckConstraint(
                name="section_log_contribution_fits_change",
                condition=models.Q(contribution__isnull=True, change__in=[Change.NOTHING, Change.NOT_NOTHING])
                | models.Q(contribution__isnull=False) & ~models.Q(change__in=[Change.NOTHING, Change.NOT_NOTHING]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.section}: {self.change}"
