"""Saves and conflicts as the page's own requests read them."""

from typing import Any

from django.utils import formats, timezone

from reports.models import Conflict
from reports.rules.writing import Saved


def clock(moment: Any) -> str:
    """The time of day as the page says it: "14:03"."""
    return formats.date_format(timezone.localtime(moment), "TIME_FORMAT")


def saved_as_json(saved: Saved) -> dict[str, Any]:
    return {
        "outcome": saved.outcome,
        "contribution": saved.contribution.pk,
        "number": saved.revision.number,
        "html": saved.revision.body,
        "merged": saved.is_merged,
        "time": clock(saved.revision.at),
        "conflicts": [as_json(conflict) for conflict in saved.conflicts],
    }


def as_json(conflict: Conflict) -> dict[str, Any]:
    return {
        "id": conflict.pk,
        "contribution": conflict.revision.contribution_id,
        "language": conflict.revision.language,
        "base": conflict.base,
        "mine": conflict.mine,
        "theirs": conflict.theirs,
        "mine_by": str(conflict.revision.by),
        "theirs_by": str(conflict.their_author),
        "number": conflict.revision.number,
        "time": clock(conflict.revision.at),
    }
