"""PDF files: renderings of documents, each made once, and the sealed records of published reports."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reports.models.review import Submission


class RenderingState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    MAKING = "making", _("being made")
    READY = "ready", _("ready")
    FAILED = "failed", _("failed")


class Rendering(models.Model):
    """One PDF of a document, in a form language, with a translation or none, and a mark. `key` is their hash.

    `document` is what is printed, until the file is there: the canonical text, or for copies and compilations the
    primary keys of their submissions as JSON. `file` is a path under MEDIA_ROOT.
    """

    key = models.CharField(max_length=64, unique=True)
    document = models.TextField(blank=True)
    form_language = models.CharField(max_length=5)
    translation = models.CharField(max_length=5, blank=True)
    mark = models.CharField(max_length=10, blank=True)
    state = models.CharField(max_length=10, choices=RenderingState.choices, default=RenderingState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    trouble = models.TextField(blank=True)
    file = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    asked_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    ready_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.key[:12]


class Record(models.Model):
    """The published PDF of a submission. Append-only.

    `sha256` is the hash of the sealed file, `unsealed_sha256` that of the file before it was sealed. `manifest` is
    canonical JSON with both hashes, the document's, and the head of the log's chain.
    """

    submission = models.OneToOneField(Submission, models.PROTECT, related_name="record")
    file = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, unique=True)
    unsealed_sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField()
    manifest = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return str(self.submission)
