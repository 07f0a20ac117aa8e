"""Who else is writing on a page, and what has changed there: read from the saves themselves."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from reports.models import Contribution, Revision, User

LATELY = timedelta(seconds=30)


def newer_texts(rows: QuerySet[Contribution], known: Mapping[tuple[int, str], int]) -> list[dict[str, Any]]:
    """The texts of which the page has an older revision than stands now."""
    texts = []
    for row in rows.with_numbers():  # type: ignore[attr-defined]
        for language in ("", *(code for code, name in settings.LANGUAGES)):
            number = getattr(row, f"number_{language}" if language else "number") or 0
            if number > known.get((row.pk, language), number):
                html = (getattr(row, f"translation_{language}") or "") if language else row.body
                texts.append({"contribution": row.pk, "language": language, "number": number, "html": html})
    return texts


def writing(rows: QuerySet[Contribution], *, besides: User) -> list[dict[str, Any]]:
    """Who saved one of these contributions within the last half minute, by name."""
    recent = Revision.objects.filter(contribution__in=rows, at__gte=timezone.now() - LATELY).exclude(by=besides)
    found = recent.values_list("contribution_id", "by__name", "by__email").distinct()
    return [{"contribution": pk, "who": name or email} for pk, name, email in found.order_by("contribution_id", "by")]
