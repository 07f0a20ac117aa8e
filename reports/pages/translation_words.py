"""The words for how far a translation is."""

from django.utils.translation import ngettext


def what_is_left(untranslated: int, stale: int) -> str:
    """Return how many passages are untranslated, and how many for an older wording; nothing of what is 0."""
    parts = [
        ngettext("%(number)s untranslated", "%(number)s untranslated", untranslated) % {"number": untranslated},
        ngettext("%(number)s for an older wording", "%(number)s for an older wording", stale) % {"number": stale},
    ]
    return ", ".join(part for part, number in zip(parts, (untranslated, stale), strict=True) if number)
