"""The answers of all countries to one form, goal by goal, as one PDF with a table of contents."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reports.document.tree import Document
from reports.writers.pdf_sheet import Box, Phrase, Sheet
from reports.writers.pdf_words import OFFICIAL, WORDS, Words


@dataclass(frozen=True)
class Answer:
    """What one country says to one question."""

    country: Phrase
    lang: str
    box: Box


@dataclass(frozen=True)
class Asked:
    """One question with every country's answer. Countries that left it blank are only named."""

    name: str
    letter: str
    heading: Phrase
    prompt: Phrase
    answers: tuple[Answer, ...]
    blank_in: str


@dataclass(frozen=True)
class Chapter:
    """A goal, or a target where the form is by target."""

    name: str
    label: str
    text: Phrase
    questions: tuple[Asked, ...]


@dataclass(frozen=True)
class Compilation:
    """What the template asks. `documents` are of one form, one a country, in the order in which they are printed."""

    documents: Sequence[Document]
    form_language: str = OFFICIAL
    translation: str = ""

    @property
    def sheets(self) -> list[Sheet]:
        return [Sheet(document, self.form_language, self.translation) for document in self.documents]

    @property
    def first(self) -> Sheet:
        return self.sheets[0]

    @property
    def words(self) -> Words:
        return WORDS[self.form_language]

    @property
    def countries(self) -> str:
        return ", ".join(str(sheet.country) for sheet in self.sheets)

    @property
    def chapters(self) -> list[Chapter]:
        return list(self._chapters())

    def _chapters(self) -> Iterator[Chapter]:
        printed = [(sheet, {box.name: box for box in boxes_of(sheet)}) for sheet in self.sheets]
        for target in self.first.targets:
            if target.boxes:
                questions = tuple(asked(box, printed) for box in target.boxes)
                yield Chapter(f"target-{target.number}", target.label, target.text, questions)
            for goal in target.goals:
                if goal.boxes:
                    questions = tuple(asked(box, printed) for box in goal.boxes)
                    yield Chapter(f"goal-{goal.code}", f"{self.words.goal} {goal.code}", goal.text, questions)


def boxes_of(sheet: Sheet) -> Iterator[Box]:
    for target in sheet.targets:
        yield from target.boxes
        for goal in target.goals:
            yield from goal.boxes


def asked(question: Box, printed: list[tuple[Sheet, dict[str, Box]]]) -> Asked:
    answers = []
    blank = []
    for sheet, boxes in printed:
        box = boxes.get(question.name)
        if box is None or box.is_blank:
            blank.append(str(sheet.country))
        else:
            answers.append(Answer(sheet.country, sheet.copy_lang, box))
    return Asked(question.name, question.letter, question.heading, question.prompt, tuple(answers), ", ".join(blank))
