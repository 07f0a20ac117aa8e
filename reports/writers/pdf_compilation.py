"""The answers of all countries to one form, goal by goal, as one PDF with a table of contents."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from reports.document.tree import Document
from reports.writers.pdf_context import PrintedReport, PrintedSection, PrintedText
from reports.writers.pdf_strings import OFFICIAL, STRINGS, Strings


@dataclass(frozen=True)
class CountryAnswer:
    """The answer of one country to one question."""

    country: PrintedText
    lang: str
    section: PrintedSection


@dataclass(frozen=True)
class PrintedQuestion:
    """One question with every country's answer. Of the countries that left it blank, only the names are printed."""

    slug: str
    letter: str
    heading: PrintedText
    prompt: PrintedText
    answers: tuple[CountryAnswer, ...]
    blank_in: str


@dataclass(frozen=True)
class Chapter:
    """A goal; a target where the form asks by target."""

    name: str
    label: str
    text: PrintedText
    questions: tuple[PrintedQuestion, ...]


@dataclass(frozen=True)
class Compilation:
    """The values that compilation.html prints. `documents` are of one form, one a country, in the order of printing."""

    documents: Sequence[Document]
    form_language: str = OFFICIAL
    translation: str = ""

    @property
    def reports(self) -> list[PrintedReport]:
        return [PrintedReport(document, self.form_language, self.translation) for document in self.documents]

    @property
    def first(self) -> PrintedReport:
        return self.reports[0]

    @property
    def copy_line(self) -> str:
        return next((report for report in self.reports if report.has_marks), self.first).copy_line

    @property
    def strings(self) -> Strings:
        return STRINGS[self.form_language]

    @property
    def countries(self) -> str:
        return ", ".join(str(report.country) for report in self.reports)

    @property
    def chapters(self) -> list[Chapter]:
        return list(self._chapters())

    def _chapters(self) -> Iterator[Chapter]:
        # Each report's sections are printed once and looked up by question, not searched for each question.
        printed = [(report, {section.slug: section for section in sections_of(report)}) for report in self.reports]
        for target in self.first.targets:
            if target.sections:
                questions = tuple(question_of(section, printed) for section in target.sections)
                yield Chapter(f"target-{target.number}", target.label, target.text, questions)
            for goal in target.goals:
                if goal.sections:
                    questions = tuple(question_of(section, printed) for section in goal.sections)
                    yield Chapter(f"goal-{goal.code}", f"{self.strings.goal} {goal.code}", goal.text, questions)


def sections_of(report: PrintedReport) -> Iterator[PrintedSection]:
    for target in report.targets:
        yield from target.sections
        for goal in target.goals:
            yield from goal.sections


def question_of(
    asked: PrintedSection, printed: Sequence[tuple[PrintedReport, Mapping[str, PrintedSection]]]
) -> PrintedQuestion:
    """Return the question of this section with the answers from all reports."""
    answers = []
    blank = []
    for report, sections in printed:
        section = sections.get(asked.slug)
        if section is None or section.is_blank:
            blank.append(str(report.country))
        else:
            answers.append(CountryAnswer(report.country, report.copy_lang, section))
    return PrintedQuestion(asked.slug, asked.letter, asked.heading, asked.prompt, tuple(answers), ", ".join(blank))
