"""The boxes of a section's translation: one form for each row, and what was typed into rows that are gone."""

import json
import re
from collections.abc import Iterable, Mapping
from uuid import uuid4

from django import forms

from reports.document.problem import Problem, gettext_noop
from reports.forms.answers import Posted, TextForm
from reports.forms.part import has_too_much, page_too_long
from reports.models import Contribution, User
from reports.rules import writing
from reports.rules.writing.save import Save, from_fields

_BODY = re.compile(r"r(\d{1,9})-(\d{1,9})-body")


class RowForm(TextForm):
    """The translation of one row. `original` and `base` say which wording, and which translation of it, was shown."""

    original = forms.IntegerField(required=False, min_value=0)

    def __init__(self, contribution: Contribution, shown: writing.Shown, target: str = "", data: Posted = None) -> None:
        self.contribution, self.shown, self.language, self.target = contribution, shown, shown.language, target
        self.refusal: Problem | None = None
        self.saved: writing.Saved | None = None
        self.asks_nothing = self.is_on_long_page = False
        forms.Form.__init__(self, data, prefix=f"r{self.key}")
        self.is_posted = self.is_bound and self.add_prefix("body") in self.data

    @property
    def key(self) -> str:
        return f"{self.contribution.pk}-{self.shown.place}"

    @property
    def stored_html(self) -> str:
        return self.target

    @property
    def lang(self) -> str:
        return self.language

    @property
    def number(self) -> int:
        """The revision of the translation that the next save is based on."""
        return (self.cleaned_data.get("base") or 0) if self.has_trouble else self.shown.base

    @property
    def original_number(self) -> int:
        return (self.cleaned_data.get("original") or 0) if self.has_trouble else self.shown.original

    @property
    def as_shown(self) -> writing.Shown:
        """The row as the page that was posted showed it, or as it is after its save."""
        base = self.saved.revision.number if self.saved else self.cleaned_data.get("base") or 0
        return writing.Shown(self.language, self.shown.place, self.cleaned_data.get("original") or 0, base)

    def as_save(self, body: str) -> Save:
        return from_fields(
            id=self.cleaned_data["save_id"] or uuid4(),
            section=self.contribution.section.code,
            contribution=self.contribution.pk,
            language=self.language,
            base=self.cleaned_data["base"] or 0,
            html=body,
            place=self.shown.place,
            original=self.cleaned_data["original"] or 0,
        )

    @property
    def address(self) -> str:
        """Which row this box is for, as JSON for the scripts that save."""
        return json.dumps(
            {
                "section": self.contribution.section.code,
                "contribution": self.contribution.pk,
                "language": self.language,
                "row": {"place": self.shown.place, "original": self.original_number},
                "base": self.number,
            }
        )


class TranslationForm:
    """Bind and save the rows of a section, and remember what could not be saved: a refused text stays in its box."""

    def __init__(self, rows: Iterable[tuple[Contribution, writing.Shown, str]], data: Posted = None) -> None:
        """`rows`: each with its translation as it is now."""
        forms_of_rows = [RowForm(contribution, shown, target, data) for contribution, shown, target in rows]
        self.boxes = {form.key: form for form in forms_of_rows}
        self.loose: list[RowForm] = []  # refused, and the page has no box for them now
        self.saved = self.in_conflict = 0

    def save(self, texts: Mapping[int, Contribution], language: str, data: Mapping[str, str], *, by: User) -> bool:
        """Save each row that changed; return whether all of it is in the report. `texts` are those of the section."""
        self.boxes |= {form.key: form for form in self.others(texts, language, data)}
        posted = [form for form in self.boxes.values() if form.is_posted]
        is_too_long = has_too_much(posted)
        for form in posted:
            form.is_on_long_page = is_too_long
            self.save_row(form, by=by)
        return not any(form.has_trouble for form in posted)

    def others(self, texts: Mapping[int, Contribution], language: str, data: Mapping[str, str]) -> list[RowForm]:
        """Return a form for each row that was posted and is not one any more: the original has changed since."""
        found = [(int(at[1]), int(at[2])) for at in map(_BODY.fullmatch, data) if at]
        return [
            RowForm(texts[pk], writing.Shown(language, place, 0, 0), data=data)
            for pk, place in found
            if pk in texts and f"{pk}-{place}" not in self.boxes
        ]

    def save_row(self, form: RowForm, *, by: User) -> None:
        form.full_clean()
        if form.errors:
            form.refusal = Problem(gettext_noop("Part of the page was not received. Press “Save” again."))
            return
        try:
            form.check()
            if form.is_on_long_page:
                raise page_too_long()
            body = form.typed_html()
            if body == form.stored_html:
                return
            form.saved = writing.save(form.as_save(body), form.contribution, by=by)
        except Problem as problem:
            form.refusal = problem
            return
        self.saved += form.saved.outcome == "saved"
        self.in_conflict += len(form.saved.conflicts)

    def keep(self, before: "TranslationForm") -> None:
        """Put refused texts into the boxes of their rows; those without one are shown above, to be copied."""
        for form in [one for one in before.boxes.values() if one.has_trouble]:
            if form.key in self.boxes:
                self.boxes[form.key] = form
            else:
                self.loose.append(form)
