"""Blank forms as the project's fixtures describe them, without a database."""

import json
from functools import cache
from pathlib import Path

from reports.document.tree import Country, Document, Form, Goal, Section, Target
from reports.readers import Expected

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
YEARS = (2013, 2014, 2016)
LANGUAGES = ("en", "nl", "fr")


@cache
def rows(file_name: str, model: str) -> list[dict]:
    entries = json.loads((FIXTURES / file_name).read_text(encoding="utf-8"))
    return [entry["fields"] for entry in entries if entry["model"] == f"reports.{model}"]


def multilingual(row: dict, field: str) -> dict[str, str]:
    return {language: row[f"{field}_{language}"] or "" for language in LANGUAGES}


def section(row: dict) -> Section:
    return Section(
        code=row["code"],
        letter=row["letter"],
        heading=multilingual(row, "heading"),
        prompt=multilingual(row, "prompt"),
    )


def target(row: dict, questions: list[dict]) -> Target:
    number = row["number"]
    goals = (goal for goal in rows("framework.json", "operationalgoal") if goal["target"] == [number])
    return Target(
        number=number,
        text=multilingual(row, "text"),
        sections=tuple(section(question) for question in questions if question["target"] == [number]),
        goals=tuple(
            Goal(
                code=f"{number}.{goal['number']}",
                text=multilingual(goal, "text"),
                sections=tuple(section(q) for q in questions if q["goal"] == [number, goal["number"]]),
            )
            for goal in goals
        ),
    )


@cache
def country(code: str) -> Country:
    row = next(row for row in rows("countries.json", "country") if row["code"] == code)
    return Country(code=code, name=multilingual(row, "name"))


@cache
def blank_form(year: int, code: str = "BE") -> Document:
    """Return the blank form of a year and a country."""
    form = rows(f"form-{year}.json", "reportingform")[0]
    questions = sorted(rows(f"form-{year}.json", "question"), key=lambda question: question["position"])
    return Document(
        form=Form(year=year, layout=form["layout"], title=multilingual(form, "title")),
        country=country(code),
        targets=tuple(target(row, questions) for row in rows("framework.json", "policytarget")),
    )


@cache
def expected(year: int, code: str = "BE") -> Expected:
    """Return what a file for this report should be."""
    names = {row["code"]: tuple(multilingual(row, "name").values()) for row in rows("countries.json", "country")}
    return Expected(
        blank_form=blank_form(year, code),
        other_forms=tuple(blank_form(other, code) for other in YEARS if other != year),
        countries=names,
    )
