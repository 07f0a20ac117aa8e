"""A service outside the portal that drafts translations (DeepL, eTranslation). There is none unless a setting names it.

It knows passages and languages: no report, no person. Nothing is sent unless somebody asks for a draft
(rules/writing/machine_drafts.py).
"""

from django.conf import settings

from reports.machine.deepl import DeepL
from reports.machine.etranslation import ETranslation
from reports.machine.service import Service

SERVICES: dict[str, type[DeepL] | type[ETranslation]] = {"deepl": DeepL, "etranslation": ETranslation}


def configured() -> Service | None:
    """Return the service of this installation, or None."""
    kind = SERVICES.get(settings.TRANSLATION_SERVICE)
    return kind(settings.TRANSLATION_KEY, settings.TRANSLATION_URL) if kind else None


__all__ = ["Service", "configured"]
