"""The boxes of a section's translation, the country's or the secretariat's: one form for each row.

What was typed into rows that are gone is saved if it can be, and shown to be copied if not.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Generic, TypeVar
from uuid import UUID, uuid4

from django import forms

from reports.document.problem import Problem, gettext_noop
from reports.forms.answers import Posted, TextForm
from reports.forms.part import has_too_much, page_too_long
from reports.models import User
from reports.rules.writing import Shown

_BODY = re.compile(r"r(\d{1,9})-(\d{1,9})-body")


class RowForm(TextForm):
    """The translation of one row of the text with this number. `shown` says which wording, and which save of its
    translation, is on the page. Each kind of translation has its own `store`."""

    original = forms.IntegerField(required=False, min_value=0)

    def __init__(self, section: str, text: int, shown: Shown, target: str = "", data: Posted = None) -> None:
        self.section, self.text, self.shown, self.language, self.target = section, text, shown, shown.language, target
        self.refusal: Problem | None = None
        self.asks_nothing = self.is_on_long_page = False
        forms.Form.__init__(self, data, prefix=f"r{self.key}")
        self.is_posted = self.is_bound and self.add_prefix("body") in self.data

    @property
    def key(self) -> str:
        return f"{self.text}-{self.shown.place}"

    @property
    def stored_html(self) -> str:
        return self.target

    @property
    def lang(self) -> str:
        return self.language

    @property
    def number(self) -> int:
        """The save of the translation that the next one is based on."""
        return self.as_posted.base if self.has_trouble else self.shown.base

    @property
    def original_number(self) -> int:
        return self.as_posted.original if self.has_trouble else self.shown.original

    @property
    def meanwhile(self) -> Problem | None:
        """A colleague's translation because of which this one was not saved. A country's are merged instead."""
        return None

    @property
    def as_posted(self) -> Shown:
        """The row as the page that was posted showed it."""
        said = self.cleaned_data
        return replace(self.shown, original=said.get("original") or 0, base=said.get("base") or 0)

    @property
    def posted_id(self) -> UUID:
        return self.cleaned_data["save_id"] or uuid4()

    @property
    def address(self) -> str:
        """Which row this box is for, as JSON for the scripts that save."""
        row = {"place": self.shown.place, "original": self.original_number}
        address = {"section": self.section, "contribution": self.text, "language": self.language, "row": row}
        return json.dumps(address | {"base": self.number})

    def save(self, *, by: User) -> None:
        """Save the row if it changed. Afterwards `refusal` says why it was not saved, if it was not."""
        self.full_clean()
        if self.errors:
            self.refusal = Problem(gettext_noop("Part of the page was not received. Press “Save” again."))
            return
        try:
            self.check()
            if self.is_on_long_page:
                raise page_too_long()
            body = self.typed_html()
            if body != self.stored_html:
                self.store(body, by=by)
        except Problem as problem:
            self.refusal = problem

    def store(self, body: str, *, by: User) -> None:
        """Save this text, in the normal form. Raise Problem."""
        raise NotImplementedError


Row = TypeVar("Row", bound=RowForm)


class RowsForm(Generic[Row]):
    """Bind and save the rows of a section, and remember what could not be saved: a refused text stays in its box."""

    in_conflict = 0

    def __init__(self, rows: Iterable[Row], data: Posted = None) -> None:
        self.data = data or {}
        self.boxes = {form.key: form for form in rows}
        self.loose: list[Row] = []  # refused, and the page has no box for them now

    @property
    def has_trouble(self) -> bool:
        return any(form.has_trouble for form in self.boxes.values())

    def posted_box(self, key: str) -> Row | None:
        """Return the box of a row that was posted whole."""
        box = self.boxes.get(key)
        return box if box and box.is_posted and not box.errors else None

    def save(self, *, by: User) -> bool:
        """Save each row that changed; return whether all of it is saved."""
        self.boxes |= {form.key: form for form in self.others()}
        posted = [form for form in self.boxes.values() if form.is_posted]
        is_too_long = has_too_much(posted)
        for form in posted:
            form.is_on_long_page = is_too_long
            form.save(by=by)
        return not self.has_trouble

    def others(self) -> list[Row]:
        """Return a form for each row that was posted and is not one any more: the original has changed since."""
        posted = [(int(at[1]), int(at[2])) for at in map(_BODY.fullmatch, self.data) if at]
        found = [self.gone(text, place) for text, place in posted if f"{text}-{place}" not in self.boxes]
        return [form for form in found if form]

    def gone(self, text: int, place: int) -> Row | None:
        """Return the form of a row that was posted and is not on the page; None for a text that is not."""
        raise NotImplementedError

    def keep(self, before: "RowsForm[Row]") -> None:
        """Put refused texts into the boxes of their rows; those without one are shown above, to be copied."""
        for form in [one for one in before.boxes.values() if one.has_trouble]:
            if form.key in self.boxes:
                self.boxes[form.key] = form
            else:
                self.loose.append(form)
