"""A paragraph with two versions."""

from django.conf import settings
from django.db import models

from reports.models.revision import Revision


class Conflict(models.Model):
    """One paragraph that two people changed at the same time, with both versions until somebody settles it.

    `theirs` is in the report, `mine` was sent with the save `revision`, and `base` is what both started from. `place`
    is the index of `theirs` among the blocks of that revision; if they removed the paragraph, the index where it was.
    `key` names a unit that came home from a translation service (`exchange.Arrival.key`), "" for anything else: the
    same file again makes no second conflict, also after the first is settled.
    """

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="conflicts")
    base = models.TextField(blank=True)
    mine = models.TextField(blank=True)
    theirs = models.TextField(blank=True)
    place = models.PositiveIntegerField(default=0)
    key = models.CharField(max_length=16, blank=True, default="", editable=False)
    their_author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.revision)
