"""Write filled-in forms in many styles, for tests of what a reader must ignore."""

import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reports.document.tree import Document, Goal, Section, Target

Answers = Mapping[str, list[str]]  # section -> paragraphs and items ("- …")


@dataclass(frozen=True)
class Style:
    letter: str = "***{letter}) {prompt}***"
    bold: str = "**{}**"
    bullet: str = "- "
    end: str = "\n"
    blank_lines: int = 1
    capitals: bool = False
    language: str = "en"
    period: str = "."
    width: int = 0  # where lines are cut, as in text taken out of a PDF
    at_line_end: str = ""


def written(blank_form: Document, answers: Answers, style: Style = Style()) -> str:
    """Return a filled-in form in that style. The answers are never changed."""
    lines: list[str] = []
    for paragraph, own in _paragraphs(blank_form, answers, style):
        words = paragraph.upper() if style.capitals and own else paragraph
        cut = (
            textwrap.wrap(words, style.width, break_long_words=False, break_on_hyphens=False)
            if style.width
            else [words]
        )
        lines += [line + style.at_line_end for line in cut] + [""] * style.blank_lines
    return style.end.join(lines)


def _paragraphs(blank_form: Document, answers: Answers, style: Style) -> Iterator[tuple[str, bool]]:
    yield style.bold.format(blank_form.form.title[style.language]), True
    yield style.bold.format(blank_form.country.name[style.language]), True
    for target in blank_form.targets:
        yield style.bold.format(f"{TARGET[style.language]} {target.number}"), True
        yield target.text[style.language] + style.period, True
        for goal in target.goals:
            yield from _goal(goal, answers, style)
        yield from _sections(target, answers, style)


TARGET = {"en": "Policy Target No.", "nl": "Beleidsdoelstelling nr.", "fr": "Objectif stratégique n°"}
GOAL = {"en": "Operational Goal:", "nl": "Operationeel doel:", "fr": "But opérationnel :"}


def _goal(goal: Goal, answers: Answers, style: Style) -> Iterator[tuple[str, bool]]:
    yield f"{style.bold.format(GOAL[style.language])} {goal.text[style.language]}{style.period}", True
    yield from _sections(goal, answers, style)


def _sections(holder: Goal | Target, answers: Answers, style: Style) -> Iterator[tuple[str, bool]]:
    for section in holder.sections:
        yield from _prompts(section, style)
        for passage in answers.get(section.code, []):
            yield passage.replace("- ", style.bullet, 1) if passage.startswith("- ") else passage, False


def _prompts(section: Section, style: Style) -> Iterator[tuple[str, bool]]:
    prompt = section.prompt[style.language]
    if section.letter:
        yield style.letter.format(letter=section.letter, prompt=prompt), True
        return
    yield section.heading[style.language], True
    yield prompt, True
