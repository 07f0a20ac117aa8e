"""How pages name a place in an uploaded file: a line of a text, a paragraph, or a paragraph of a page."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.models import Unit

StoredLine = Mapping[str, Any]  # a line of the account, as it is stored with its file


def place_of(unit: str, number: int, page: int = 0) -> str:
    """Return the place of one line as words within a sentence: "line 29", "paragraph 14", "page 3, paragraph 20"."""
    if unit == Unit.LINE:
        return _("line %(number)s") % {"number": number}
    if page:
        return _("page %(page)s, paragraph %(number)s") % {"page": page, "number": number}
    return _("paragraph %(number)s") % {"number": number}


def places_of(unit: str, lines: Sequence[StoredLine]) -> str:
    """Return where an answer stands: "lines 29–34"; of a file with pages, the pages if there are several."""
    if not lines:
        return ""
    first, last = lines[0], lines[-1]
    pages = {"first": first.get("page", 0), "last": last.get("page", 0)}
    if pages["first"] != pages["last"]:
        return _("pages %(first)s–%(last)s") % pages
    if first["number"] == last["number"]:
        return place_of(unit, first["number"], pages["first"])
    numbers = {"first": first["number"], "last": last["number"], "page": pages["first"]}
    if unit == Unit.LINE:
        return _("lines %(first)s–%(last)s") % numbers
    if pages["first"]:
        return _("page %(page)s, paragraphs %(first)s–%(last)s") % numbers
    return _("paragraphs %(first)s–%(last)s") % numbers


def not_placed(unit: str, count: int) -> str:
    """Return how much of an imported file has no place in the report yet."""
    if unit == Unit.LINE:
        words = ngettext(
            "%(number)s line of the uploaded file has not been placed yet",
            "%(number)s lines of the uploaded file have not been placed yet",
            count,
        )
    else:
        words = ngettext(
            "%(number)s paragraph of the uploaded file has not been placed yet",
            "%(number)s paragraphs of the uploaded file have not been placed yet",
            count,
        )
    return words % {"number": count}


def to_place(unit: str, count: int) -> tuple[str, str]:
    """Return the task of placing what has no place yet, and the label of its button."""
    if unit == Unit.LINE:
        words = ngettext(
            "Place %(number)s line of an uploaded file", "Place %(number)s lines of an uploaded file", count
        )
        button = _("Place the lines")
    else:
        words = ngettext(
            "Place %(number)s paragraph of an uploaded file", "Place %(number)s paragraphs of an uploaded file", count
        )
        button = _("Place the paragraphs")
    return words % {"number": count}, button


def how_many(unit: str, lines: Sequence[StoredLine]) -> str:
    """Return how much was read: "388 lines"; "" for a file that carries the report's own data."""
    count = len({line["number"] for line in lines})
    if not count:
        return ""
    if unit == Unit.LINE:
        return ngettext("%(count)s line", "%(count)s lines", count) % {"count": count}
    return ngettext("%(count)s paragraph", "%(count)s paragraphs", count) % {"count": count}
