"""The values that the PDF's templates print.

All decisions are made here: which language a text is printed in, whether it needs a `lang` attribute, which note is
above it. The templates only loop, and ask whether a value is empty.

`lang` is "" wherever the text is in the form language, which the page declares once on `<html>`. PDF/UA-1 (ISO
14289-1, 7.2) asks for every change of language to be marked, so everything in another language carries its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from reports.document.tree import Contribution, Document, Goal, Section, Target
from reports.writers.pdf_copies import copied
from reports.writers.pdf_strings import OFFICIAL, STRINGS, Strings
from reports.writers.pdf_typography import printable


@dataclass(frozen=True)
class PrintedText:
    """A text of the form."""

    text: str
    lang: str = ""

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class PrintedContribution:
    """What one authority wrote. In a copy, `note` says that it is printed in its original language, or what
    translation it is."""

    html: SafeString
    lang: str
    note: str


@dataclass(frozen=True)
class PrintedSection:
    slug: str  # the section's code as part of an HTML id
    letter: str
    heading: PrintedText
    prompt: PrintedText
    is_nothing: bool
    contributions: tuple[PrintedContribution, ...]

    @property
    def is_blank(self) -> bool:
        return not self.contributions and not self.is_nothing


@dataclass(frozen=True)
class PrintedGoal:
    code: str
    text: PrintedText
    sections: tuple[PrintedSection, ...]


@dataclass(frozen=True)
class PrintedTarget:
    number: str
    label: str
    run_in: str
    text: PrintedText
    goals: tuple[PrintedGoal, ...]
    sections: tuple[PrintedSection, ...]


@dataclass(frozen=True)
class PrintedReport:
    """One print of a document: the form text in one language, the answers in the original or translated."""

    document: Document
    form_language: str = OFFICIAL
    translation: str = ""
    is_draft: bool = False

    @property
    def strings(self) -> Strings:
        return STRINGS[self.form_language]

    @property
    def title(self) -> PrintedText:
        return self.printed_text(self.document.form.title)

    @property
    def country(self) -> PrintedText:
        return self.printed_text(self.document.country.name)

    @property
    def country_in_margin(self) -> str:
        # It becomes an attribute that CSS prints, and prepare() changes only the texts of elements.
        return printable(self.country.text)

    @property
    def copy_language(self) -> str:
        """The language of the remarks that mark a copy; "" for the official print."""
        return self.translation or (self.form_language if self.form_language != OFFICIAL else "")

    @property
    def copy_lang(self) -> str:
        return self.lang_of(self.copy_language)

    @property
    def has_marks(self) -> bool:
        """Whether a translation that is printed has more to say than that it is one."""
        return any(self.has_marks_of(one) for section in self.document.sections() for one in section.contributions)

    def has_marks_of(self, contribution: Contribution) -> bool:
        return contribution.translation(self.translation).says_something

    @property
    def copy_line(self) -> str:
        """The line below the country that says what kind of copy this is; "" for the official print."""
        if not self.copy_language:
            return ""
        strings = STRINGS[self.copy_language]
        translated = strings.answers_marked if self.has_marks else strings.answers_translated
        answers = translated if self.translation else strings.answers_original
        return f"{answers} {strings.form_translated}" if self.form_language != OFFICIAL else answers

    @property
    def status(self) -> str:
        """The text in the middle of every page's foot."""
        copy = STRINGS[self.copy_language].copy if self.copy_language else ""
        return " · ".join(filter(None, [self.strings.draft if self.is_draft else "", copy]))

    @property
    def targets(self) -> tuple[PrintedTarget, ...]:
        return tuple(self.printed_target(target) for target in self.document.targets)

    def printed_target(self, target: Target) -> PrintedTarget:
        return PrintedTarget(
            number=str(target.number),
            label=self.strings.target.format(number=target.number),
            run_in=self.strings.target_run_in.format(number=target.number),
            text=self.printed_text(target.text),
            goals=tuple(self.printed_goal(goal) for goal in target.goals),
            sections=tuple(self.printed_section(section) for section in target.sections),
        )

    def printed_goal(self, goal: Goal) -> PrintedGoal:
        sections = tuple(self.printed_section(section) for section in goal.sections)
        return PrintedGoal(goal.code, self.printed_text(goal.text), sections)

    def printed_section(self, section: Section) -> PrintedSection:
        # The form prints no authorities, so a passage without a note would read as part of the one above it.
        all_noted = len(section.contributions) > 1 and any(self.has_marks_of(one) for one in section.contributions)
        return PrintedSection(
            slug=section.code.replace(".", "-"),
            letter=section.letter,
            heading=self.printed_text(section.heading),
            prompt=self.printed_text(section.prompt),
            is_nothing=section.state == "nothing",
            contributions=tuple(
                self.printed_contribution(one, names_country=all_noted) for one in section.contributions
            ),
        )

    def printed_contribution(self, contribution: Contribution, *, names_country: bool) -> PrintedContribution:
        """Return the translation that was asked for where there is one, else the original."""
        html, language, note = contribution.original, contribution.language, ""
        if self.translation:
            html, language, note = copied(contribution, self.translation, names_country=names_country)
        # It is safe: Contribution normalises its texts to the few tags of reports.document.richtext.
        return PrintedContribution(mark_safe(html), self.lang_of(language), note)

    def printed_text(self, text: Mapping[str, str]) -> PrintedText:
        """Return the text in the form language, or in the official one where that is missing."""
        if text.get(self.form_language):
            return PrintedText(text[self.form_language])
        return PrintedText(text.get(OFFICIAL, ""), self.lang_of(OFFICIAL))

    def lang_of(self, language: str) -> str:
        """Return the `lang` attribute of a text in that language."""
        return language if language != self.form_language else ""
