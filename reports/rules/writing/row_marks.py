"""What a button beside a row of a translation says, with scripts (JSON) or without, and the verb that does it."""

from typing import Literal

from reports.models import Contribution, User
from reports.rules.writing.save import RowNumber, Sent, Word
from reports.rules.writing.texts import Saved
from reports.rules.writing.translations import Shown, confirm_row, dismiss, want_row

Act = Literal["confirm", "unwanted", "wanted", "dismiss"]


class RowMark(Sent):
    """What somebody says of a row, as the page showed it: `place`, `original` and `base` are those of `Shown`.

    "confirm": it is current; "unwanted" and "wanted": whether a translation is wanted; "dismiss": what the check `key`
    found is intended.
    """

    act: Act
    contribution: RowNumber
    place: RowNumber
    original: RowNumber
    base: RowNumber
    key: Word = ""

    def shown(self, language: str) -> Shown:
        return Shown(language, self.place, self.original, self.base)


def mark_row(contribution: Contribution, shown: Shown, act: Act, *, by: User, key: str = "") -> Saved | None:
    """Do what the button says. Return None for a dismissal, which makes no revision. Raise Problem."""
    if act == "confirm":
        return confirm_row(contribution, shown, by=by)
    if act == "dismiss":
        dismiss(contribution, shown, key, by=by)
        return None
    return want_row(contribution, shown, wanted=act == "wanted", by=by)
