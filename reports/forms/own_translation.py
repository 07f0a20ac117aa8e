"""The boxes of the secretariat's translation of a section: one form for each row."""

import re
from collections.abc import Iterable, Mapping
from uuid import uuid4

from django import forms
from django.core.exceptions import PermissionDenied

from reports.document.problem import Problem, gettext_noop
from reports.forms.answers import Posted, TextForm
from reports.forms.part import has_too_much, page_too_long
from reports.models import User
from reports.rules.own_translations import NOT_SHOWN, OwnText, save_own_row

_BODY = re.compile(r"t(\d{1,4})-(\d{1,9})-body")
NOT_NOW = gettext_noop(
    "This report cannot be translated now, because the country has taken it back. Nothing was lost: what you typed is "
    "still in its box. Copy it, and translate the report again once it has been sent in."
)


class OwnRowForm(TextForm):
    """The translation of the row that begins at `place`. `base` says which save of it was shown."""

    def __init__(self, text: OwnText, place: int, base: int, target: str = "", data: Posted = None) -> None:
        self.text, self.place, self.shown_base, self.target = text, place, base, target
        self.language = text.language
        self.refusal: Problem | None = None
        self.asks_nothing = self.is_on_long_page = self.is_saved = False
        forms.Form.__init__(self, data, prefix=f"t{self.key}")
        self.is_posted = self.is_bound and self.add_prefix("body") in self.data

    @property
    def key(self) -> str:
        return f"{self.text.position}-{self.place}"

    @property
    def stored_html(self) -> str:
        return self.target

    @property
    def lang(self) -> str:
        return self.language

    @property
    def number(self) -> int:
        """The save that the next one is based on."""
        return (self.cleaned_data.get("base") or 0) if self.has_trouble else self.shown_base

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
            if body == self.stored_html:
                return
            base, save_id = self.cleaned_data["base"] or 0, self.cleaned_data["save_id"] or uuid4()
            saved = save_own_row(self.text, body, place=self.place, base=base, by=by, save_id=save_id)
        except Problem as problem:
            self.refusal = problem
        except PermissionDenied:
            self.refusal = Problem(NOT_NOW)
        else:
            self.is_saved = saved.is_saved


class OwnTranslationForm:
    """Bind and save the rows of a section. A refused text stays in its box; `loose` are those without a row now."""

    def __init__(self, rows: Iterable[tuple[OwnText, int, int, str]], data: Posted = None) -> None:
        """`rows`: each with its text, its place, the newest save, and its translation as it is now."""
        self.data = data
        self.boxes = {form.key: form for form in (OwnRowForm(*row, data) for row in rows)}
        self.loose: list[OwnRowForm] = []

    def save(self, text: OwnText, *, by: User) -> bool:
        """Save each row that changed; return whether all of it is saved. `text` is any of the section."""
        posted = [form for form in self.boxes.values() if form.is_posted]
        self.loose = [form for form in self.others(text, self.data or {}) if form.typed().strip()]
        is_too_long = has_too_much(posted)
        for form in posted:
            form.is_on_long_page = is_too_long
            form.save(by=by)
        return not self.loose and not any(form.has_trouble for form in posted)

    def others(self, text: OwnText, data: Mapping[str, str]) -> Iterable[OwnRowForm]:
        """Yield a refused form for each row that was posted and is not one."""
        for at in filter(None, map(_BODY.fullmatch, data)):
            if f"{at[1]}-{at[2]}" not in self.boxes:
                form = OwnRowForm(text, int(at[2]), 0, data=data)
                form.prefix, form.is_posted, form.refusal = f"t{at[1]}-{at[2]}", True, Problem(NOT_SHOWN)
                yield form

    @property
    def arrived(self) -> list[str]:
        """The names of the boxes whose texts are saved, for the browser that keeps what is typed."""
        return [form.add_prefix("body") for form in self.boxes.values() if form.is_posted and not form.has_trouble]

    @property
    def saved(self) -> int:
        return sum(form.is_saved for form in self.boxes.values())

    def keep(self, before: "OwnTranslationForm") -> None:
        """Put refused texts into the boxes of their rows."""
        self.loose = before.loose
        self.boxes |= {key: form for key, form in before.boxes.items() if form.has_trouble and key in self.boxes}
