"""One goal, or target, of a form: what every country answered, as it was last sent in."""

import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from reports.forms.languages import sort_key
from reports.models import Question
from reports.pages.desk import lines as desk_lines
from reports.pages.desk.rows import Row
from reports.rules import permissions
from reports.rules.archive import newest_submissions
from reports.views.desk.countries import desk_of, page_of
from reports.views.desk.sections import FormPart, parts_of_form

A_PAGE = 10  # countries: a document is read for each


@dataclass(frozen=True)
class Passage:
    """What one authority wrote, and its translation into the language that was asked for, if there is one."""

    authority: str
    language: str
    original: str
    translation: str
    translatable: bool  # whether a translation was asked for, into another language than it was written in


@dataclass(frozen=True)
class Answer:
    question: Question
    state: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True)
class CountryAnswers:
    row: Row
    url: str
    answers: tuple[Answer, ...]


def language_asked(query: QueryDict) -> str:
    language = query.get("translation", "")
    return language if language in dict(settings.LANGUAGES) else ""


def questions_asked(part: FormPart, query: QueryDict) -> tuple[Question, ...]:
    """Those of one section (`section=2.1.A`), or all of the part's."""
    return tuple(q for q in part.questions if q.code == query.get("section")) or part.questions


def sections_in(document: str) -> dict[str, dict[str, Any]]:
    """The sections of a stored document, by code."""
    targets = json.loads(document)["targets"]
    holders = (holder for target in targets for holder in (*target["goals"], target))
    return {section["code"]: section for holder in holders for section in holder["sections"]}


def passage(contribution: dict[str, Any], translation: str) -> Passage:
    language, body = contribution["language"], contribution["body"]
    other = bool(translation) and language.split("-")[0] != translation
    return Passage(
        authority=contribution["authority"],
        language=language,
        original=body[language],
        translation=body.get(translation, "") if other else "",
        translatable=other,
    )


def answers_of(row: Row, document: str, questions: tuple[Question, ...], translation: str, year: int) -> CountryAnswers:
    sections = sections_in(document)
    answers = []
    for question in questions:
        section = sections.get(question.code, {"state": "blank", "contributions": []})
        passages = tuple(passage(one, translation) for one in section["contributions"])
        answers.append(Answer(question, section["state"], passages))
    return CountryAnswers(row, desk_lines.row_url(row, year), tuple(answers))


@login_required
def desk_goal(request: HttpRequest, year: int, part: str) -> HttpResponse:
    """Ten countries a page. Only the documents of these ten are read."""
    permissions.check(request.user, "use_desk")
    found = desk_of(year)
    parts = parts_of_form(found.form) if found else []
    here = next((one for one in parts if one.code == part), None)
    if found is None or here is None:
        raise Http404
    rows = sorted((row for row in found.rows if row.sent_in), key=lambda row: sort_key(row.name))
    page = page_of(rows, request.GET, A_PAGE)
    shown = {row.report: row for row in page.object_list}
    documents = dict(newest_submissions(found.form, list(shown)).values_list("report_id", "document"))
    questions, translation = questions_asked(here, request.GET), language_asked(request.GET)
    context = {
        "desk": found,
        "tab": "goal",
        "part": here,
        "parts": parts,
        "by_target": not here.questions[0].goal_id,
        "page": page,
        "countries": [
            answers_of(row, documents[pk], questions, translation, year) for pk, row in shown.items() if pk in documents
        ],
        "one": questions[0].code if len(questions) < len(here.questions) else "",
        "translation": translation,
        "address": address(request.GET),
    }
    return render(request, "desk/goal.html", context)


def address(query: QueryDict) -> str:
    """The filter of this page again, without the page's number."""
    asked = QueryDict(mutable=True)
    asked.update({key: query[key] for key in ("section", "translation") if query.get(key)})
    return "?" + asked.urlencode()
