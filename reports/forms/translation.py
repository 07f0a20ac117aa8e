"""The boxes of a country's translation of a section."""

from collections.abc import Iterable, Mapping

from reports.forms.answers import Posted
from reports.forms.rows import RowForm, RowsForm
from reports.models import Contribution, User
from reports.rules import writing
from reports.rules.writing.save import Save, from_fields


class ContributionRow(RowForm):
    """The translation of one row of a contribution. `original` and `base` are numbers of revisions."""

    saved: writing.Saved | None = None

    def __init__(self, contribution: Contribution, shown: writing.Shown, target: str = "", data: Posted = None) -> None:
        self.contribution = contribution
        super().__init__(contribution.section.code, contribution.pk, shown, target, data)

    @property
    def as_shown(self) -> writing.Shown:
        """The row as the page that was posted showed it, or as it is after its save."""
        posted = self.as_posted
        base = self.saved.revision.number if self.saved else posted.base
        return writing.Shown(self.language, posted.place, posted.original, base)

    def as_save(self, body: str) -> Save:
        posted = self.as_posted
        return from_fields(
            id=self.posted_id,
            section=self.section,
            contribution=self.text,
            language=self.language,
            base=posted.base,
            html=body,
            place=posted.place,
            original=posted.original,
        )

    def store(self, body: str, *, by: User) -> None:
        self.saved = writing.save(self.as_save(body), self.contribution, by=by)


class TranslationForm(RowsForm[ContributionRow]):
    """The rows of these texts: each with its translation as it is now."""

    def __init__(
        self,
        rows: Iterable[tuple[Contribution, writing.Shown, str]],
        texts: Mapping[int, Contribution],
        language: str,
        data: Posted = None,
    ) -> None:
        self.texts, self.language = texts, language
        super().__init__([ContributionRow(*row, data) for row in rows], data)

    @property
    def saved(self) -> int:
        return sum(form.saved.outcome == "saved" for form in self.boxes.values() if form.saved)

    @property
    def in_conflict(self) -> int:  # type: ignore[override]  # counted here
        return sum(len(form.saved.conflicts) for form in self.boxes.values() if form.saved)

    def gone(self, text: int, place: int) -> ContributionRow | None:
        shown = writing.Shown(self.language, place, 0, 0)
        return ContributionRow(self.texts[text], shown, data=self.data) if text in self.texts else None
