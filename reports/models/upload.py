"""Uploaded files: what was read from a filled-in form, and the lines of it that a person has to place."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from reports.models.report import Report


class Upload(models.Model):
    """A file that was read for a report. The report does not change before `applied_at`.

    `lines` and `notices` are those of reports/readers/, as JSON. `undo_data` says for each section code what was there
    before and what was added, so that the import can be undone.
    """

    report = models.ForeignKey(Report, models.CASCADE, related_name="uploads")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="uploads")
    at = models.DateTimeField(auto_now_add=True)
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    document = models.TextField()
    lines = models.JSONField(default=list)
    notices = models.JSONField(default=list)
    applied_at = models.DateTimeField(null=True)
    undo_data = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True)

    LARGE = ("document", "lines", "notices", "undo_data")  # columns that a list of uploads defers

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.report}: {self.file_name}"


class Settled(models.TextChoices):
    PLACED = "placed", _("placed in a section")
    SET_ASIDE = "set-aside", _("set aside")


class LooseLine(models.Model):
    """A line or a link address that the reader could not place: a person puts it in a section or sets it aside."""

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="loose_lines")
    line = models.PositiveIntegerField()
    text = models.TextField()
    kind = models.CharField(max_length=10, choices=[("loose", _("line")), ("address", _("link address"))])
    near = models.CharField(max_length=30, blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    settled_how = models.CharField(max_length=10, choices=Settled.choices, blank=True)
    placed_in = models.CharField(max_length=30, blank=True)

    class Meta:
        ordering = ["line"]
        constraints = [models.UniqueConstraint(fields=["upload", "line"], name="loose_line_once")]

    def __str__(self) -> str:
        return f"{self.upload}, {self.line}"
