"""The boxes of the secretariat's translation of a section."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied

from reports.document.problem import Problem
from reports.forms.answers import Posted
from reports.forms.rows import RowForm, RowsForm
from reports.models import Submission, User
from reports.rules.own_rows import NOT_NOW, own_text
from reports.rules.own_translations import OwnSaved, OwnText, TranslatedMeanwhile, save_own_row
from reports.rules.writing import Shown


class OwnRow(RowForm):
    """The translation of one row of what was sent in: `text` is its position in the section, `original` the number of
    the submission, and `base` that of the secretariat's save."""

    saved: OwnSaved | None = None
    over = 0  # a colleague's save that its writer was shown, and replaces

    def __init__(
        self, submission: Submission, section: str, text: int, shown: Shown, target: str = "", data: Posted = None
    ) -> None:
        self.submission = submission
        super().__init__(section, text, shown, target, data)

    @property
    def meanwhile(self) -> TranslatedMeanwhile | None:
        """The colleague's translation, because of which this one was not saved."""
        return self.refusal if isinstance(self.refusal, TranslatedMeanwhile) else None

    @property
    def base_after(self) -> int:
        """The save that was shown, or that was made of it."""
        return self.saved.row.number if self.saved and self.saved.is_saved and self.saved.row else self.as_posted.base

    @property
    def own(self) -> OwnText:
        """The text, as the page that was posted showed it. Raise Problem."""
        return own_text(self.submission, self.section, self.text, self.as_posted)

    def store(self, body: str, *, by: User) -> None:
        base = self.over or self.as_posted.base
        try:
            self.saved = save_own_row(self.own, body, place=self.shown.place, base=base, by=by, save_id=self.posted_id)
        except PermissionDenied as refusal:
            raise Problem(NOT_NOW) from refusal


class OwnTranslationForm(RowsForm[OwnRow]):
    """The rows of a section, each with its position, what is shown, and its translation as it is now.

    Somebody whose text was refused because of a colleague's chooses with a button: "mine:0-0:5" saves what is in the
    box over save 5, which they were shown, and "theirs:0-0" leaves what is there.
    """

    def __init__(
        self,
        submission: Submission,
        section: str,
        language: str,
        rows: Iterable[tuple[int, Shown, str]],
        data: Posted = None,
    ) -> None:
        self.submission, self.section, self.language = submission, section, language
        super().__init__([OwnRow(submission, section, *row, data) for row in rows], data)
        act, key, number = (*self.data.get("act", "").split(":", 2), "", "")[:3]
        box = self.boxes.get(key)
        if box and act == "mine" and number.isdecimal():
            box.over = int(number[:9])
        elif box and act == "theirs":
            box.is_posted = False

    @property
    def saved(self) -> int:
        return sum(form.saved.is_saved for form in self.boxes.values() if form.saved)

    def gone(self, text: int, place: int) -> OwnRow:
        return OwnRow(self.submission, self.section, text, Shown(self.language, place, 0, 0), data=self.data)
