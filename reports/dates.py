"""Dates in words. Django's formats have no ordinal number for the first day of a month: "1er octobre 2026"."""

import re
from datetime import date

from django.utils import formats
from django.utils.translation import get_language

_FIRST = re.compile(r"^1(?= [^\W\d])")


def date_format(value: date, form: str) -> str:
    """Return a date or time in the interface language. `form` is a name from `alliance/formats`, or a format."""
    return with_ordinal(formats.date_format(value, form))


def with_ordinal(text: str) -> str:
    """Return a date in words that begins with its day. French writes the first of a month, and only it, as 1er."""
    return _FIRST.sub("1er", text) if (get_language() or "").startswith("fr") else text
