"""Who opened which submission, and when. Rows are only added (append_only.py)."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reports.models.review import Submission


class OpeningKind(models.TextChoices):
    PAGE = "page", _("read on a page")
    OVERVIEW = "overview", _("read beside the answers of other countries")
    PDF = "pdf", _("downloaded as a PDF")
    WORD = "word", _("downloaded as a Word file")
    JSON = "json", _("downloaded as data")
    COMPILATION = "compilation", _("downloaded in the PDF of all countries")
    ARCHIVE = "archive", _("downloaded in the archive of all countries")


class SubmissionOpening(models.Model):
    """The first time on a day that a person opened a submission in one way.

    One row for each day keeps reading a page cheap, and still says who read what and when. `by_country` says for which
    side the person read it: the country's, or the secretariat's.
    """

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="openings")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    by_country = models.BooleanField()
    kind = models.CharField(max_length=20, choices=OpeningKind.choices)
    day = models.DateField(default=timezone.localdate)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "by", "kind", "day"], name="opening_once_a_day"),
            models.CheckConstraint(name="opening_kind_known", condition=models.Q(kind__in=OpeningKind.values)),
        ]

    def __str__(self) -> str:
        return f"{self.submission}: {self.by}, {self.kind}"
