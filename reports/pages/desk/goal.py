"""One goal, or target, of a form: what every country answered, as it was last sent in."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.paginator import Page

from reports.document.tree import Contribution
from reports.models import Question, Submission
from reports.pages.desk.address import query_string, row_url
from reports.pages.desk.desk import Desk, page_of
from reports.pages.desk.parts import FormPart, parts_of_form
from reports.pages.desk.rows import CountryRow
from reports.pages.translated import Piece, pieces
from reports.rules.archive import newest_submissions
from reports.sorting import sort_key

A_PAGE = 10  # countries: a document is read for each


@dataclass(frozen=True)
class GoalPassage:
    """What one authority wrote. `translation` is empty where there is none.

    `translatable`: whether a translation was asked for, into another language than the passage was written in.
    """

    authority: str
    language: str
    original: str
    translation: tuple[Piece, ...]
    translatable: bool
    is_secretariats: bool = False


@dataclass(frozen=True)
class SectionAnswer:
    question: Question
    state: str
    passages: tuple[GoalPassage, ...]


@dataclass(frozen=True)
class CountryAnswers:
    row: CountryRow
    submission: Submission
    url: str
    answers: tuple[SectionAnswer, ...]


@dataclass(frozen=True)
class GoalPage:
    """`one` is the code of the only question that is shown, "" where all are."""

    desk: Desk
    tab: str
    part: FormPart
    parts: list[FormPart]
    by_target: bool
    page: Page[CountryRow]
    countries: list[CountryAnswers]
    one: str
    translation: str
    address: str


def goal_page(desk: Desk, code: str, query: Mapping[str, str]) -> GoalPage | None:
    """Return ten countries' answers; None if the form has no such goal. Reads the documents of these ten only."""
    parts = parts_of_form(desk.form)
    part = next((one for one in parts if one.code == code), None)
    if part is None:
        return None
    rows = sorted((row for row in desk.rows if row.sent_in), key=lambda row: sort_key(row.name))
    page = page_of(rows, query.get("page", ""), A_PAGE)
    questions, translation = questions_asked(part, query.get("section", "")), language_asked(query)
    return GoalPage(
        desk=desk,
        tab="goal",
        part=part,
        parts=parts,
        by_target=not part.questions[0].goal_id,
        page=page,
        countries=answers(desk, list(page.object_list), questions, translation),
        one=questions[0].code if len(questions) < len(part.questions) else "",
        translation=translation,
        address=query_string(section=query.get("section", ""), translation=query.get("translation", "")),
    )


def language_asked(query: Mapping[str, str]) -> str:
    language = query.get("translation", "")
    return language if language in dict(settings.LANGUAGES) else ""


def questions_asked(part: FormPart, code: str) -> tuple[Question, ...]:
    """Return the question with that code, or all of the part's."""
    return tuple(question for question in part.questions if question.code == code) or part.questions


def answers(
    desk: Desk, rows: list[CountryRow], questions: tuple[Question, ...], translation: str
) -> list[CountryAnswers]:
    """Return what each country answered to these questions. One query."""
    shown = {row.report: row for row in rows if row.report}
    newest = newest_submissions(desk.form, list(shown)).select_related("report")
    submissions = {submission.report_id: submission for submission in newest}
    return [
        CountryAnswers(
            row,
            submission,
            row_url(row, desk.form.year),
            section_answers(sections_in(submission.document), questions, translation),
        )
        for pk, row in shown.items()
        if (submission := submissions.get(pk))
    ]


def sections_in(document: str) -> dict[str, dict[str, Any]]:
    """Return the sections of a stored document, by code. The document is not validated again, which would be slow."""
    targets = json.loads(document)["targets"]
    holders = (holder for target in targets for holder in (*target["goals"], target))
    return {section["code"]: section for holder in holders for section in holder["sections"]}


def section_answers(
    sections: dict[str, dict[str, Any]], questions: tuple[Question, ...], translation: str
) -> tuple[SectionAnswer, ...]:
    # A question that was added to the form later is not in an older document: it is blank there.
    blank = {"state": "blank", "contributions": []}
    found = [(question, sections.get(question.code, blank)) for question in questions]
    return tuple(
        SectionAnswer(question, section["state"], tuple(passage(one, translation) for one in section["contributions"]))
        for question, section in found
    )


def passage(contribution: dict[str, Any], translation: str) -> GoalPassage:
    language, body = contribution["language"], contribution["body"]
    other = bool(translation) and language.split("-")[0] != translation
    marks = contribution.get("translations", {}).get(translation, {}) if other else {}
    shown: tuple[Piece, ...] = ()
    if marks:  # only a contribution with marks is read as a value
        shown = pieces(Contribution.model_validate(contribution), translation)
    elif other and translation in body:
        shown = (Piece(body[translation], translation),)
    return GoalPassage(
        authority=contribution["authority"],
        language=language,
        original=body[language],
        translation=shown,
        translatable=other,
        is_secretariats=marks.get("whose") == "secretariat",
    )
