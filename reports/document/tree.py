"""A whole report as one frozen value: what is printed, and nothing else.

Its JSON is the portal's interface to other programs: see docs/document.schema.json.
"""

import re
from collections.abc import Iterator
from typing import Annotated, Any, Literal, Self

from pydantic import (
    Field,
    SerializerFunctionWrapHandler,
    ValidationError,
    field_validator,
    model_serializer,
    model_validator,
)

from reports.document import richtext
from reports.document.problem import Problem, gettext_noop
from reports.document.translation_marks import Translation
from reports.document.value import Value

NEEDS_VERSION_2 = re.compile("<(?:sup|sub|table)>")

Text = dict[str, str]  # language code -> text
State = Literal["text", "nothing", "blank"]
Letter = Literal["A", "B", "C", ""]
Version = Literal[1, 2, 3]
LanguageCode = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]


class Form(Value):
    year: int
    layout: str
    title: Text


class Country(Value):
    code: str
    name: Text


class Contribution(Value):
    """What one authority wrote in a section. `body` maps `language` to the original, and others to translations.

    `translations` says more about those that are not the country's, current and whole. A language that is here and not
    in `body` is one into which no translation is wanted.
    """

    authority: str
    language: LanguageCode
    body: dict[LanguageCode, str]
    translations: dict[LanguageCode, Translation] = {}

    @field_validator("body")
    @classmethod
    def normal_form(cls, body: Text) -> Text:
        return {language: richtext.stored(html) for language, html in body.items()}

    @model_validator(mode="after")
    def has_its_original(self) -> Self:
        if not all(self.body.values()):
            raise ValueError("a contribution has no empty text")
        if self.language not in self.body:
            raise ValueError("a contribution has its original under its own language")
        return self

    @model_validator(mode="after")
    def translations_are_of_its_texts(self) -> Self:
        """Check the marks, and leave out those that say nothing, so that one content has one canonical text."""
        if self.language in self.translations:
            raise ValueError("an original is no translation")
        count = len(richtext.blocks(self.original)) if self.translations else 0
        kept = {}
        for language, one in self.translations.items():
            text = self.body.get(language, "")
            one.check(count, len(richtext.blocks(text)))
            if one.says_something and (text or one.unwanted):
                kept[language] = one
        object.__setattr__(self, "translations", kept)  # the value is frozen from here on
        return self

    @model_serializer(mode="wrap")
    def without_empty_translations(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        data: dict[str, Any] = handler(self)
        return {key: value for key, value in data.items() if key != "translations" or value}

    @property
    def original(self) -> str:
        return self.body[self.language]

    def translation(self, language: str) -> Translation:
        """Return what is known of the translation into that language."""
        return self.translations.get(language, Translation())

    def of_country(self) -> "Contribution":
        """Return this contribution without translations of the secretariat."""
        theirs = {language for language, one in self.translations.items() if one.whose == "secretariat"}
        return self.model_copy(
            update={
                "body": {language: html for language, html in self.body.items() if language not in theirs},
                "translations": {key: one for key, one in self.translations.items() if key not in theirs},
            }
        )

    def without_marks(self) -> "Contribution":
        """Return what was written, whatever is known of its translations."""
        return self.model_copy(update={"translations": {}})

    def canonical_texts(self) -> "Contribution | None":
        """Return this contribution, which comes from a file, with its texts as they are stored; None if none shows."""
        body = {language: richtext.normalise(html) for language, html in self.body.items()}
        if not body[self.language]:
            return None
        shown = {language: html for language, html in body.items() if html}
        marks = self._marks_of(shown)
        return Contribution(authority=self.authority, language=self.language, body=shown, translations=marks)

    def _marks_of(self, body: Text) -> dict[str, Translation]:
        """Return the marks for these texts, which are this contribution's in another form. Where that changed the
        number of blocks, the whole translation counts as older: a mark must not come to stand at another block."""
        out = {}
        for language, one in self.translations.items():
            pairs = [(self.body.get(code, ""), body.get(code, "")) for code in (self.language, language)]
            before, after = ([len(richtext.blocks(html)) for html in side] for side in zip(*pairs, strict=True))
            out[language] = one if before == after else Translation(whose=one.whose, older=tuple(range(after[1])))
        return out


class Section(Value):
    """One question of the form with its answer. `contributions` is empty unless `state` is "text"."""

    code: str
    letter: Letter
    heading: Text
    prompt: Text
    state: State = "blank"
    contributions: tuple[Contribution, ...] = ()

    @model_validator(mode="after")
    def state_fits_contributions(self) -> Self:
        if (self.state == "text") != bool(self.contributions):
            raise ValueError(f"section {self.code}: state {self.state!r} with {len(self.contributions)} contributions")
        return self

    def without_marks(self) -> "Section":
        """Return this section with what was written, whatever is known of its translations."""
        return self.model_copy(update={"contributions": tuple(one.without_marks() for one in self.contributions)})

    def blank(self) -> "Section":
        """Return this section without an answer."""
        return self.with_contributions()

    def with_contributions(self, *contributions: Contribution) -> "Section":
        """Return this section with these contributions; without any it is blank."""
        state: State = "text" if contributions else "blank"
        return self.model_copy(update={"state": state, "contributions": contributions})

    def with_nothing_to_report(self) -> "Section":
        """Return this section with the answer "nothing to report"."""
        return self.model_copy(update={"state": "nothing", "contributions": ()})


class Goal(Value):
    code: str
    text: Text
    sections: tuple[Section, ...] = ()


class Target(Value):
    number: int
    text: Text
    goals: tuple[Goal, ...]
    sections: tuple[Section, ...] = ()


def sections_of(targets: tuple[Target, ...]) -> Iterator[Section]:
    for target in targets:
        for goal in target.goals:
            yield from goal.sections
        yield from target.sections


def version_of(targets: tuple[Target, ...]) -> Version:
    """Return the version of the schema that these texts need."""
    contributions = [one for section in sections_of(targets) for one in section.contributions]
    if any(one.translations for one in contributions):
        return 3
    return 2 if any(NEEDS_VERSION_2.search(html) for one in contributions for html in one.body.values()) else 1


class Document(Value):
    """A form, a country, and every section in the form's order.

    `schema` is 2 if a text has what the first version did not know: a table, or raised or lowered text. It is 3 if a
    contribution has `translations`. So a document that was stored under an earlier version keeps its canonical text and
    its hash.
    """

    version: Version = Field(1, alias="schema")
    form: Form
    country: Country
    targets: tuple[Target, ...]

    @model_validator(mode="after")
    def codes_are_unique(self) -> Self:
        codes = [section.code for section in self.sections()]
        if len(codes) != len(set(codes)):
            raise ValueError("a section's code occurs twice")
        return self

    @model_validator(mode="after")
    def has_its_version(self) -> Self:
        object.__setattr__(self, "version", version_of(self.targets))  # the value is frozen from here on
        return self

    def sections(self) -> Iterator[Section]:
        """Yield every section, in the form's order."""
        yield from sections_of(self.targets)

    def section(self, code: str) -> Section:
        """Return the section with that code. Raise KeyError if there is none."""
        for section in self.sections():
            if section.code == code:
                return section
        raise KeyError(code)

    def with_sections(self, sections: dict[str, Section]) -> "Document":
        """Return this document with these sections, by code, in place of its own."""

        def replaced(old: tuple[Section, ...]) -> tuple[Section, ...]:
            return tuple(sections.get(section.code, section) for section in old)

        def with_goal(goal: Goal) -> Goal:
            return goal.model_copy(update={"sections": replaced(goal.sections)})

        targets = tuple(
            target.model_copy(
                update={
                    "goals": tuple(with_goal(goal) for goal in target.goals),
                    "sections": replaced(target.sections),
                }
            )
            for target in self.targets
        )
        return self.model_copy(update={"targets": targets, "version": version_of(targets)})

    def blank(self) -> "Document":
        """Return the blank form: the same form and country with every section blank."""
        return self.with_sections({section.code: section.blank() for section in self.sections()})

    @classmethod
    def from_json(cls, text: str | bytes) -> "Document":
        """Read a document's JSON. Raise Problem, saying where the text does not follow the schema."""
        try:
            return cls.model_validate_json(text)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            raise Problem(
                gettext_noop("This is not a report's JSON: %(place)s: %(reason)s."),
                place=".".join(str(step) for step in first["loc"]) or "document",
                reason=first["msg"],
            ) from error
