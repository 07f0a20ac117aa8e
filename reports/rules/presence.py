"""Who else is writing on a page, and what has changed there, according to the revisions."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from reports.models import Contribution, Revision, User

RECENT = timedelta(seconds=30)


def newer_texts(rows: QuerySet[Contribution], known: Mapping[tuple[int, str], int]) -> list[dict[str, Any]]:
    """Return the texts of which the page shows an older revision than the newest. `known`: the page's numbers.

    `machine` says whether a translation has a machine's draft that no person has read.
    """
    texts = []
    for row in rows.with_numbers().with_machine():  # type: ignore[attr-defined]
        for language in ("", *(code for code, name in settings.LANGUAGES)):
            number = getattr(row, f"number_{language}" if language else "number") or 0
            if number > known.get((row.pk, language), number):
                html = (getattr(row, f"translation_{language}") or "") if language else row.body
                found = {"contribution": row.pk, "language": language, "number": number, "html": html}
                texts.append(found | ({"machine": getattr(row, f"machine_{language}")} if language else {}))
    return texts


def writing(rows: QuerySet[Contribution], *, besides: User) -> list[dict[str, Any]]:
    """Return who saved one of these contributions within RECENT, by name."""
    recent = Revision.objects.filter(contribution__in=rows, at__gte=timezone.now() - RECENT).exclude(by=besides)
    found = recent.values_list("contribution_id", "by__name", "by__email").distinct()
    return [{"contribution": pk, "who": name or email} for pk, name, email in found.order_by("contribution_id", "by")]
