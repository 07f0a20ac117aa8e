"""Uploaded files: what was read from a filled-in form, and the lines of it that a person has to place."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from reports.models.report import Report


class FileFormat(models.TextChoices):
    TEXT = "text", _("Text file")
    WORD = "word", _("Word file")
    OPENDOCUMENT = "opendocument", _("OpenDocument file")
    RTF = "rtf", _("RTF file")
    WEB = "web", _("Web page")
    PDF = "pdf", _("PDF file")
    JSON = "json", _("Data of the portal (JSON)")


class Unit(models.TextChoices):
    """What the numbers of a file's lines count. In a file with pages, paragraphs are counted through all of it."""

    LINE = "line"
    PARAGRAPH = "paragraph"
    PAGE = "page"


class Upload(models.Model):
    """A file that was read for a report. The report does not change before `applied_at`.

    `lines` and `notices` are those of reports/readers/, as JSON. `undo_data` says for each section code what was there
    before and what was added, so that the import can be undone. People decide before the import: `choices` says for a
    section that differs "keep", "add" or "replace", `languages` corrects the language of a contribution of the file,
    by "CODE/NUMBER", counted from 0. `claims` are those of reports/readers/.
    """

    report = models.ForeignKey(Report, models.CASCADE, related_name="uploads")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="uploads")
    at = models.DateTimeField(auto_now_add=True)
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    format = models.CharField(max_length=12, choices=FileFormat.choices, default=FileFormat.TEXT)
    unit = models.CharField(max_length=10, choices=Unit.choices, default=Unit.LINE)
    document = models.TextField()
    lines = models.JSONField(default=list)
    notices = models.JSONField(default=list)
    choices = models.JSONField(default=dict)
    languages = models.JSONField(default=dict)
    claims = models.JSONField(default=dict)
    applied_at = models.DateTimeField(null=True)
    applied_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    undo_data = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True)

    LARGE = (
        "document",
        "lines",
        "notices",
        "choices",
        "languages",
        "claims",
        "undo_data",
    )  # columns that a list of uploads defers

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.report}: {self.file_name}"


class Settled(models.TextChoices):
    PLACED = "placed", _("placed in a section")
    SET_ASIDE = "set-aside", _("set aside")


class LooseLineQuerySet(models.QuerySet["LooseLine"]):
    def waiting(self) -> "LooseLineQuerySet":
        """Return the lines of imported files that nobody has placed or set aside.

        A file that was read but not imported, or whose import was undone, has lines without a place too, but they are
        not missing anywhere.
        """
        return self.filter(settled_how="", upload__applied_at__isnull=False, upload__undone_at__isnull=True)


class LooseLine(models.Model):
    """A line or a link address that the reader could not place: a person puts it in a section or sets it aside.

    `line` is its number in the file. A paragraph that gives several of them numbers them by `part`.
    """

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="loose_lines")
    line = models.PositiveIntegerField()
    part = models.PositiveIntegerField(default=1)
    page = models.PositiveIntegerField(default=0)
    text = models.TextField()
    kind = models.CharField(max_length=10, choices=[("loose", _("line")), ("address", _("link address"))])
    near = models.CharField(max_length=30, blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    settled_how = models.CharField(max_length=10, choices=Settled.choices, blank=True)
    placed_in = models.CharField(max_length=30, blank=True)

    objects = LooseLineQuerySet.as_manager()

    class Meta:
        ordering = ["line", "part"]
        constraints = [models.UniqueConstraint(fields=["upload", "line", "part"], name="loose_line_once")]

    def __str__(self) -> str:
        return f"{self.upload}, {self.key}"

    @property
    def key(self) -> str:
        """The line's name among those of its file: "14", or "14-2" for the second part of paragraph 14."""
        return str(self.line) if self.part == 1 else f"{self.line}-{self.part}"
