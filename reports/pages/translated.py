"""A translation of a document as a page shows it: in pieces, each of which says in words what it is."""

from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from reports.document.block import from_blocks
from reports.document.translation.kept import Printed, printed
from reports.document.tree import Contribution


@dataclass(frozen=True)
class Piece:
    """Paragraphs that are alike: current, for an older wording, a machine's, or the original. `note` says which; it is
    "" where a whole translation is current."""

    html: str
    language: str
    note: str = ""


def pieces(contribution: Contribution, into: str) -> tuple[Piece, ...]:
    """Return the translation into a language in pieces, in order; none if there is none, or it is the original's."""
    marks = contribution.translation(into)
    if contribution.language.split("-")[0] == into or not (contribution.body.get(into) or marks.unwanted):
        return ()
    groups = [(kind, list(alike)) for kind, alike in groupby(printed(contribution, into), lambda one: one[1:])]
    return tuple(_piece(alike, contribution.language, into, is_alone=len(groups) == 1) for _kind, alike in groups)


def _piece(alike: list[Printed], original: str, into: str, *, is_alone: bool) -> Piece:
    first = alike[0]
    note = "" if is_alone and first.standing == "current" and not first.is_machine else note_of(first)
    return Piece(from_blocks(one.block for one in alike), original if first.is_original else into, note)


def note_of(one: Printed) -> str:
    """Return what a paragraph of a translation is, in the interface language."""
    if one.is_machine and one.standing == "older":
        return _("Machine translation for an older wording, not read by a person yet")
    if one.is_machine:
        return _("Machine translation, not read by a person yet")
    return {
        "current": _("Current translation"),
        "older": _("Translation for an older wording"),
        "unwanted": _("No translation wanted: this is the original"),
        "untranslated": _("Not translated: this is the original"),
    }[one.standing]
