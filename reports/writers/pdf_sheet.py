"""Answers every question of the PDF's templates, so that they only loop and ask whether there is something."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from reports.document.tree import Contribution, Document, Goal, Section, Target
from reports.writers.pdf_text import printable
from reports.writers.pdf_words import OFFICIAL, WORDS, Words, original_note


@dataclass(frozen=True)
class Phrase:
    """A text of the form. `lang` is "" where it is in the form language, which the page declares once."""

    text: str
    lang: str = ""

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Passage:
    """What one authority wrote. `note` stands above it in a copy."""

    html: SafeString
    lang: str
    note: str


@dataclass(frozen=True)
class Box:
    name: str  # the section's code as it stands in an identifier
    letter: str
    heading: Phrase
    prompt: Phrase
    is_nothing: bool
    passages: tuple[Passage, ...]

    @property
    def is_blank(self) -> bool:
        return not self.passages and not self.is_nothing


@dataclass(frozen=True)
class GoalPart:
    code: str
    text: Phrase
    boxes: tuple[Box, ...]


@dataclass(frozen=True)
class TargetPart:
    number: str
    label: str
    run_in: str
    text: Phrase
    goals: tuple[GoalPart, ...]
    boxes: tuple[Box, ...]


@dataclass(frozen=True)
class Sheet:
    """One print of a document: the form text in one language, the answers as written or translated."""

    document: Document
    form_language: str = OFFICIAL
    translation: str = ""
    is_draft: bool = False

    @property
    def words(self) -> Words:
        return WORDS[self.form_language]

    @property
    def title(self) -> Phrase:
        return self.phrase(self.document.form.title)

    @property
    def country(self) -> Phrase:
        return self.phrase(self.document.country.name)

    @property
    def country_in_margin(self) -> str:
        return printable(self.country.text)

    @property
    def copy_language(self) -> str:
        """The language of the remarks that make it a copy; "" for the official print."""
        return self.translation or (self.form_language if self.form_language != OFFICIAL else "")

    @property
    def copy_lang(self) -> str:
        return self.lang_unless_form_language(self.copy_language)

    @property
    def copy_line(self) -> str:
        """The line below the country that says what kind of copy this is."""
        if not self.copy_language:
            return ""
        words = WORDS[self.copy_language]
        answers = words.answers_translated if self.translation else words.answers_original
        return f"{answers} {words.form_translated}" if self.form_language != OFFICIAL else answers

    @property
    def status(self) -> str:
        """What stands in the middle of every foot."""
        copy = WORDS[self.copy_language].copy if self.copy_language else ""
        return " · ".join(filter(None, [self.words.draft if self.is_draft else "", copy]))

    @property
    def targets(self) -> tuple[TargetPart, ...]:
        return tuple(self.target_part(target) for target in self.document.targets)

    def target_part(self, target: Target) -> TargetPart:
        return TargetPart(
            number=str(target.number),
            label=self.words.target.format(number=target.number),
            run_in=self.words.target_run_in.format(number=target.number),
            text=self.phrase(target.text),
            goals=tuple(self.goal_part(goal) for goal in target.goals),
            boxes=tuple(self.box(section) for section in target.sections),
        )

    def goal_part(self, goal: Goal) -> GoalPart:
        return GoalPart(goal.code, self.phrase(goal.text), tuple(self.box(section) for section in goal.sections))

    def box(self, section: Section) -> Box:
        return Box(
            name=section.code.replace(".", "-"),
            letter=section.letter,
            heading=self.phrase(section.heading),
            prompt=self.phrase(section.prompt),
            is_nothing=section.state == "nothing",
            passages=tuple(self.passage(contribution) for contribution in section.contributions),
        )

    def passage(self, contribution: Contribution) -> Passage:
        """The translation that was asked for where there is one, else the original."""
        language, note = contribution.language, ""
        if self.translation and (language == self.translation or self.translation not in contribution.body):
            note = original_note(language, self.translation)
        elif self.translation:
            language = self.translation
        # A document's texts are in the normal form: nothing but its few tags.
        return Passage(mark_safe(contribution.body[language]), self.lang_unless_form_language(language), note)

    def phrase(self, text: Mapping[str, str]) -> Phrase:
        """Return the text in the form language, or in the official one where that is missing."""
        if text.get(self.form_language):
            return Phrase(text[self.form_language])
        return Phrase(text.get(OFFICIAL, ""), self.lang_unless_form_language(OFFICIAL))

    def lang_unless_form_language(self, language: str) -> str:
        return language if language != self.form_language else ""
