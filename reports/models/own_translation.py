"""The secretariat's own translation of what was sent in, in its own table: it is never taken for the country's."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery

from reports.models.report import Report
from reports.models.review import Submission
from reports.models.revision import How


class OwnTranslationQuerySet(models.QuerySet["OwnTranslation"]):
    def newest(self) -> "OwnTranslationQuerySet":
        """Return the newest save of each text."""
        of_text = OwnTranslation.objects.filter(
            submission=OuterRef("submission"),
            code=OuterRef("code"),
            position=OuterRef("position"),
            language=OuterRef("language"),
        )
        return self.filter(number=Subquery(of_text.order_by("-number").values("number")[:1]))


class OwnTranslation(models.Model):
    """One save of the translation of one contribution of a submission into `language`. Append-only.

    The contribution is number `position`, from 0, of the section `code` in the submission's document. `number` counts
    the saves of its translation, and `base` is the one that the writer started from. `body` and `units` are the text
    and what it was made from, as in Revision, and `id` comes from the browser as there. `sent` is the row as the writer
    sent it, if merging changed it, and "" otherwise.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="own_translations")
    code = models.CharField(max_length=30)
    position = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=5)
    number = models.PositiveIntegerField()
    base = models.PositiveIntegerField()
    body = models.TextField(blank=True)
    sent = models.TextField(blank=True, default="")
    units = models.TextField(blank=True)
    how = models.CharField(max_length=10, choices=How.choices, default=How.TYPED)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="own_translations")
    at = models.DateTimeField(auto_now_add=True)

    objects = OwnTranslationQuerySet.as_manager()

    class Meta:
        ordering = ["submission", "code", "position", "language", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "code", "position", "language", "number"], name="own_translation_number_once"
            ),
            models.CheckConstraint(name="own_translation_base_before_number", condition=Q(base__lt=F("number"))),
        ]

    def __str__(self) -> str:
        return f"{self.submission}, {self.code} {self.position}, {self.language} {self.number}"


class OwnDismissal(models.Model):
    """A question of a check about the secretariat's translation of which somebody said that it is intended.

    Append-only. `hash` is that of the question and both texts (`Finding.dismissal`): it holds for exactly these, in
    every submission of the report.
    """

    report = models.ForeignKey(Report, models.PROTECT, related_name="own_dismissals")
    language = models.CharField(max_length=5)
    hash = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["report", "language", "hash"], name="own_dismissal_once")]

    def __str__(self) -> str:
        return f"{self.report}, {self.language}: {self.hash[:12]}"
