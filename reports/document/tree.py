"""A whole report as one frozen value: what is printed, and nothing else.

Its JSON is the portal's interface to other programs: see docs/document.schema.json.
"""

import hashlib
import json
from collections.abc import Iterator
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from reports.document import richtext
from reports.document.problem import Problem, gettext_noop

Text = dict[str, str]  # language code -> text
State = Literal["text", "nothing", "blank"]
Letter = Literal["A", "B", "C", ""]
LanguageCode = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]


class Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    def as_dict(self) -> dict[str, Any]:
        return self.model_dump(mode="json", by_alias=True)

    def canonical(self) -> str:
        """Return the canonical JSON text: sorted keys, no spaces, only the escapes that JSON needs (as RFC 8785)."""
        return json.dumps(self.as_dict(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    def sha256(self) -> str:
        """Return the SHA-256 of the canonical text in UTF-8, in hexadecimal."""
        return hashlib.sha256(self.canonical().encode()).hexdigest()


class Form(Value):
    year: int
    layout: str
    title: Text


class Country(Value):
    code: str
    name: Text


class Contribution(Value):
    """What one authority wrote in a section. `body` maps `language` to the original, and others to translations."""

    authority: str
    language: LanguageCode
    body: dict[LanguageCode, str]

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

    @property
    def original(self) -> str:
        return self.body[self.language]

    def canonical_texts(self) -> "Contribution | None":
        """Return this contribution, which comes from a file, with its texts as they are stored; None if none shows."""
        body = {language: richtext.normalise(html) for language, html in self.body.items()}
        if not body[self.language]:
            return None
        shown = {language: html for language, html in body.items() if html}
        return Contribution(authority=self.authority, language=self.language, body=shown)


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


class Document(Value):
    """A form, a country, and every section in the form's order."""

    version: Literal[1] = Field(1, alias="schema")
    form: Form
    country: Country
    targets: tuple[Target, ...]

    @model_validator(mode="after")
    def codes_are_unique(self) -> Self:
        codes = [section.code for section in self.sections()]
        if len(codes) != len(set(codes)):
            raise ValueError("a section's code occurs twice")
        return self

    def sections(self) -> Iterator[Section]:
        """Yield every section, in the form's order."""
        for target in self.targets:
            for goal in target.goals:
                yield from goal.sections
            yield from target.sections

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

        return self.model_copy(
            update={
                "targets": tuple(
                    target.model_copy(
                        update={
                            "goals": tuple(with_goal(goal) for goal in target.goals),
                            "sections": replaced(target.sections),
                        }
                    )
                    for target in self.targets
                )
            }
        )

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
