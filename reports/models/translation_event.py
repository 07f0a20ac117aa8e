"""Who said what about a passage of a translation. Rows are only added (append_only.py)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reports.models.report import Contribution


class Whose(models.TextChoices):
    COUNTRY = "country", _("the country")
    SECRETARIAT = "secretariat", _("the secretariat")


class TranslationAct(models.TextChoices):
    CONFIRMED = "confirmed", _("confirmed for the wording of now")
    NOT_WANTED = "not_wanted", _("no translation wanted")
    WANTED = "wanted", _("translation wanted after all")
    READ = "read", _("draft of a machine read")
    DISMISSED = "dismissed", _("question dismissed")


class TranslationEvent(models.Model):
    """One act of a person. `language` is that of the translation, and `whose` says to which translation it belongs.

    `hash` names the wording that the person saw (`exchange.source_hash`), or, for DISMISSED, the question and both
    texts (`Finding.dismissal`).
    """

    contribution = models.ForeignKey(Contribution, models.PROTECT, related_name="translation_events")
    language = models.CharField(max_length=5)
    whose = models.CharField(max_length=12, choices=Whose.choices, default=Whose.COUNTRY)
    kind = models.CharField(max_length=12, choices=TranslationAct.choices)
    hash = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="translation_event_kind_known", condition=Q(kind__in=TranslationAct.values)),
            models.CheckConstraint(name="translation_event_whose_known", condition=Q(whose__in=Whose.values)),
        ]

    def __str__(self) -> str:
        return f"{self.contribution}, {self.language}: {self.kind}"
