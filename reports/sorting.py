"""Sorting of names as people expect it, whatever accents and capitals they have."""

import unicodedata


def sort_key(name: str) -> str:
    """Return the key to sort a name by: é beside e, capitals beside small letters.

    A name without any Latin letter has no ASCII form; it is its own key.
    """
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower() or name
