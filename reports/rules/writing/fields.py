"""A field beside the texts as a page sends it while somebody works: "nothing to report", authority, language, place."""

from typing import Any, Literal

from reports.document.problem import Problem
from reports.models import Contribution, Section, User
from reports.rules.writing.save import LONGEST_AUTHORITY, NOT_UNDERSTOOD, RowNumber, Sent, Word, known_language
from reports.rules.writing.sections import move, set_authority, set_language, set_nothing

TYPES = {"nothing": bool, "authority": str, "language": str, "place": int}


class FieldSave(Sent):
    """The value of one field: of a section without `contribution`, otherwise of that contribution.

    `place` is the contribution's number in its section, counted from 1. A save that comes twice changes nothing, so it
    needs no id.
    """

    section: Word
    contribution: RowNumber | None = None
    field: Literal["nothing", "authority", "language", "place"]
    value: Any


def save_field(wanted: FieldSave, on: Contribution | Section, *, by: User) -> None:
    """Carry out the save with the verb of its field. Raise Problem, also for a value that no page sends."""
    is_about_section = wanted.field == "nothing"
    if type(wanted.value) is not TYPES[wanted.field] or isinstance(on, Section) is not is_about_section:
        raise Problem(NOT_UNDERSTOOD)
    value: Any = wanted.value  # of the type that its field has, checked above
    if isinstance(on, Section):
        set_nothing(on, value, by=by)
    elif wanted.field == "authority":
        set_authority(on, readable(value)[:LONGEST_AUTHORITY], by=by)
    elif wanted.field == "language":
        set_language(on, language_or_refuse(value), by=by)
    else:
        move_to(on, value, by=by)


def readable(text: str) -> str:
    """Return the text. Raise Problem for a NUL, which no database column takes."""
    if "\0" in text:
        raise Problem(NOT_UNDERSTOOD)
    return text


def language_or_refuse(code: str) -> str:
    try:
        known = known_language(code)
    except ValueError as error:
        raise Problem(NOT_UNDERSTOOD) from error
    if not known:
        raise Problem(NOT_UNDERSTOOD)
    return known


def move_to(contribution: Contribution, place: int, *, by: User) -> None:
    """Move a contribution to that place of its section, or as near as there is one. Raise Problem."""
    order = list(contribution.section.contributions.live().values_list("pk", flat=True))
    now = order.index(contribution.pk) + 1 if contribution.pk in order else place
    move(contribution, places=max(1, min(place, len(order))) - now, by=by)
