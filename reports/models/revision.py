"""Every save of a text."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class How(models.TextChoices):
    TYPED = "typed", _("typed")
    PASTED = "pasted", _("pasted")
    READ = "read", _("read from a file")
    MERGED = "merged", _("merged")
    RESTORED = "restored", _("restored")
    COPIED = "copied", _("taken over from an earlier report")
    SUGGESTED = "suggested", _("suggested by a colleague")
    MACHINE = "machine", _("translated by a machine")
    IMPORTED = "imported", _("from a translation service")
    MARKED = "marked", _("marked, with the same text")


EMPTY = "<p></p>"  # an empty text in `Revision.sent`, where "" means that nothing was merged


class RevisionManager(models.Manager["Revision"]):
    """Leaves out the units: a history shows texts."""

    def get_queryset(self) -> models.QuerySet["Revision"]:
        return super().get_queryset().defer("units")


class Revision(models.Model):
    """One save of one text. Append-only.

    `id` comes from the browser, so a save that is repeated after a lost answer is recognised. `language` is "" for the
    original and a code for a translation: correcting a contribution's language leaves its history in one piece.
    `base` is the number of the revision that the writer started from. `body` is the text after the save; `sent` is
    what the writer sent, if merging changed it (EMPTY for an empty text), and "" otherwise; of a row of a translation,
    that row alone. `units` are those of a translation after the save, "" for an original; the manager defers them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    contribution = models.ForeignKey("Contribution", models.CASCADE, related_name="revisions")
    language = models.CharField(max_length=5, blank=True)
    number = models.PositiveIntegerField()
    base = models.PositiveIntegerField()
    body = models.TextField(blank=True)
    sent = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="revisions")
    at = models.DateTimeField(auto_now_add=True)
    how = models.CharField(max_length=10, choices=How.choices, default=How.TYPED)
    upload = models.ForeignKey("Upload", models.PROTECT, null=True, blank=True, related_name="revisions")
    units = models.TextField(blank=True, default="", editable=False)

    objects = RevisionManager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["contribution", "language", "number"], name="revision_number_once"),
            models.CheckConstraint(name="revision_base_before_number", condition=Q(base__lt=F("number"))),
        ]
        indexes = [models.Index(fields=["contribution", "at"], name="revision_by_time")]

    def __str__(self) -> str:
        return f"{self.contribution}, {self.language} {self.number}"

    @property
    def as_sent(self) -> str:
        """The text as the writer sent it, before any merge."""
        return "" if self.sent == EMPTY else self.sent or self.body
