"""Saves and conflicts as the page's own requests read them."""

from functools import lru_cache
from typing import Any

from reports.document.combine import combine
from reports.document.compare import compare
from reports.models import Conflict
from reports.rules.writing import Saved
from reports.views.answers import clock


def saved_as_json(saved: Saved) -> dict[str, Any]:
    return {
        "outcome": saved.outcome,
        "contribution": saved.contribution.pk,
        "number": saved.revision.number,
        "html": saved.revision.body,
        "merged": saved.is_merged,
        "joined": saved.is_joined,
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
        **compared(conflict.base, conflict.mine, conflict.theirs),
    }


@lru_cache(maxsize=256)  # every open page asks for its open conflicts every few seconds
def compared(base: str, mine: str, theirs: str) -> dict[str, str]:
    """Return both versions with their changes marked, for display, and a text that combines them."""
    return {
        "mine_marked": compare(base, mine),
        "theirs_marked": compare(base, theirs),
        "combined": combine(base, mine, theirs),
    }
