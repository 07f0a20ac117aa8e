"""The boxes of one page of a report. One form for each contribution, one for each section around them."""

import json
from collections.abc import Mapping
from functools import cached_property
from uuid import UUID, uuid4

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from reports.document import richtext
from reports.document.clean import NOT_ALLOWED
from reports.document.lengths import LONGEST_TEXT, MOST_PIECES, pieces
from reports.document.problem import Problem
from reports.forms.languages import passage_languages
from reports.forms.layout import set_choices
from reports.models import Contribution, Section
from reports.rules.writing.save import Save, from_fields

Posted = Mapping[str, str] | None


class SectionForm(forms.Form):
    """The fields of a section as a whole."""

    nothing = forms.BooleanField(
        label=_("Nothing to report"),
        help_text=_("The form then shows “--”. The text is kept aside and is not lost."),
        required=False,
        show_hidden_initial=True,
        widget=forms.CheckboxInput({"class": "form-check-input", "role": "switch", "data-field": "nothing"}),
    )

    def __init__(self, section: Section, data: Posted = None) -> None:
        self.section = section
        prefix = f"section-{section.code}".replace(".", "-")
        super().__init__(data, prefix=prefix, initial={"nothing": section.nothing_to_report})


class ContributionForm(forms.Form):
    """One contribution: authority, language, text. Without a contribution it is the empty box of a section.

    Its texts are forms of their own, whose `base` and `save_id` say which revision the writer had before them and
    make a repeated save the same save; `text_format` says what the box holds: "plain" as without JavaScript, "html"
    once the editor changed it. After a save, `refusal` holds the reason why authority or language was not taken.
    """

    authority = forms.CharField(
        label=_("Authority"),
        max_length=200,
        required=False,
        show_hidden_initial=True,
        widget=forms.TextInput({"data-field": "authority"}),
    )
    language = forms.ChoiceField(
        label=_("Language"), required=False, show_hidden_initial=True, widget=forms.Select({"data-field": "language"})
    )

    def __init__(self, section: Section, contribution: Contribution | None = None, data: Posted = None) -> None:
        self.section, self.contribution = section, contribution
        self.is_locked = False  # somebody else's: shown as text
        self.refusal: Problem | None = None
        name = f"c{contribution.pk}" if contribution else f"new-{section.code}".replace(".", "-")
        initial = {"authority": "", "language": ""}
        if contribution:
            initial = {"authority": contribution.authority, "language": contribution.language}
        super().__init__(data, prefix=name, initial=initial)
        set_choices(self, "language", passage_languages(also=initial["language"]))
        self.texts = [TextForm(self, "", data)]
        if contribution:
            own = contribution.language.split("-")[0]
            texts = [TextForm(self, code, data) for code, label in settings.LANGUAGES]
            # A translation into what a colleague made the original's own language meanwhile is not passed over.
            self.texts += [text for text in texts if text.language != own or text.is_posted]
        self.helper = bare_helper("authority", "language")
        # The two are the heading of their text, so only a screen reader is told what they are.
        self.helper.label_class = "visually-hidden"
        placeholder = _("No authority named") if contribution else _("Authority (optional)")
        self.fields["authority"].widget.attrs |= {"list": "authorities", "placeholder": placeholder}

    @property
    def is_posted(self) -> bool:
        """Whether its fields were posted, with or without its text: a text that the scripts are saving is left out."""
        return self.original.is_posted or (self.is_bound and self.add_prefix("authority") in self.data)

    @property
    def original(self) -> "TextForm":
        return self.texts[0]

    @property
    def translations(self) -> list["TextForm"]:
        return self.texts[1:]

    @property
    def is_form(self) -> bool:
        """Whether it is shown as a form: the user may write it, or something in it could not be saved."""
        return not self.is_locked or self.has_trouble

    @property
    def has_trouble(self) -> bool:
        return bool(self.refusal) or any(text.has_trouble for text in self.texts)

    @property
    def has_translation_trouble(self) -> bool:
        return any(text.has_trouble for text in self.translations)

    def keep(self, before: "ContributionForm") -> None:
        """Take over what was refused of the posted box; everything else is as the report has it now."""
        refused = {text.language: text for text in before.texts if text.has_trouble}
        for text in refused.values():
            text.of = self
        self.texts = [refused.pop(text.language, text) for text in self.texts] + list(refused.values())
        if before.refusal:
            self.refusal, self.data, self.is_bound = before.refusal, before.data, True


class TextForm(forms.Form):
    """One text in one language: the original (`language` "") or a translation.

    After a save, `refusal` holds the reason why a text was not taken.
    """

    body = forms.CharField(required=False, strip=False, widget=forms.Textarea)
    text_format = forms.ChoiceField(choices=[("plain", "plain"), ("html", "html")], required=False)
    base = forms.IntegerField(required=False, min_value=0)
    save_id = forms.UUIDField(required=False)

    def __init__(self, of: ContributionForm, language: str, data: Posted = None) -> None:
        self.of, self.language = of, language
        self.refusal: Problem | None = None
        self.asks_nothing = False
        self.is_on_long_page = False  # it was posted on a page with more text than a report may have
        super().__init__(data, prefix=f"{of.prefix}-{language}" if language else of.prefix)
        self.is_posted = self.is_bound and self.add_prefix("body") in self.data

    @property
    def stored_html(self) -> str:
        row = self.of.contribution
        if row is None:
            return ""
        return (getattr(row, f"translation_{self.language}") or "") if self.language else row.body

    @property
    def has_machine(self) -> bool:
        """Whether it is a translation with a machine's draft that no person has read. Needs `with_machine`."""
        return bool(getattr(self.of.contribution, f"machine_{self.language}", False))

    @property
    def lang(self) -> str:
        """The language of the box; "" while it is not known."""
        return self.language or (self.of.contribution.language if self.of.contribution else "")

    def typed(self) -> str:
        return str(self.data[self.add_prefix("body")]).replace("\r\n", "\n")

    @property
    def came_as_html(self) -> bool:
        return self.is_posted and self.data.get(self.add_prefix("text_format")) == "html"

    def typed_html(self) -> str:
        """Return the text as typed, in the normal form, from either kind of box. Raise Problem.

        Its length and its pieces are checked before anything reads it.
        """
        return richtext.from_typed(self.typed(), is_html=self.came_as_html, stored=self.stored_html)

    def check(self) -> None:
        """Raise Problem if the text is too long or has too many pieces."""
        richtext.check_typed(self.typed(), is_html=self.came_as_html, stored=self.stored_html)

    @cached_property
    def pieces(self) -> int:
        return pieces(self.typed(), is_html=self.came_as_html)

    def as_save(self, body: str) -> Save:
        """Return the save of this text, `body` in the normal form. Raise Problem."""
        row, said = self.of.contribution, self.of.cleaned_data
        return from_fields(
            id=self.cleaned_data["save_id"] or uuid4(),
            section=self.of.section.code,
            contribution=row.pk if row else None,
            language=self.language,
            base=self.cleaned_data["base"] or 0,
            html=body,
            passage_language=said.get("language", "") if row is None else "",
            authority=said.get("authority", ""),
        )

    @property
    def number(self) -> int:
        """The number of the revision that the next save is based on."""
        if self.has_trouble:
            return self.cleaned_data.get("base") or 0
        row = self.of.contribution
        return (getattr(row, f"number_{self.language}" if self.language else "number") or 0) if row else 0

    @property
    def next_id(self) -> UUID:
        return uuid4()

    @property
    def box(self) -> str:
        """The plain text for the box without the editor."""
        if self.is_posted and not self.came_as_html:
            return self.typed()
        return self.text_only if self.is_unread else richtext.to_plain(self.shown_html)

    @property
    def shown_html(self) -> str:
        """What the editor opens with: the typed text if it is not saved yet, or else the stored one."""
        if not self.is_posted:
            return self.stored_html
        if self.is_unread:
            return richtext.as_paragraphs(self.text_only)
        return richtext.from_typed(NOT_ALLOWED.sub("", self.typed()), is_html=self.came_as_html)

    @property
    def is_unread(self) -> bool:
        """Whether the typed text has too much to be parsed. It is then shown again as text without marks."""
        too_much = self.is_posted and (len(self.typed()) > LONGEST_TEXT or self.pieces > MOST_PIECES)
        return self.is_on_long_page or too_much

    @property
    def text_only(self) -> str:
        typed = NOT_ALLOWED.sub("", self.typed())
        return richtext.text_only(typed) if self.came_as_html else typed

    @property
    def has_trouble(self) -> bool:
        return bool(self.refusal or self.asks_nothing)

    @property
    def address(self) -> str:
        """Which text this box is for, as JSON for the scripts that save."""
        row = self.of.contribution
        return json.dumps(
            {
                "section": self.of.section.code,
                "contribution": row.pk if row else None,
                "language": self.language,
                "base": self.number,
            }
        )


def bare_helper(*fields: object) -> FormHelper:
    """Fields only: the page's one form tag, token and buttons stand around all sections."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.include_media = False
    helper.layout = Layout(*fields)
    return helper
