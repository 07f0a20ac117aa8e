"""Rows to a document: `compose` builds that of a report. `rules/applying.py` writes one into its rows."""

from collections.abc import Iterable, Mapping

from django.conf import settings
from django.db import models
from django.db.models import prefetch_related_objects

from reports.document import tree
from reports.document.translation.kept import kept
from reports.document.translation.rows import align
from reports.document.translation.stored import from_stored
from reports.document.translation_marks import Translation
from reports.models import (
    Contribution,
    Country,
    PolicyTarget,
    Question,
    Report,
    ReportingForm,
    Section,
    Submission,
)
from reports.models.report import UNITS

LANGUAGES = [code for code, name in settings.LANGUAGES]
UnitsByText = Mapping[tuple[int, str], str]  # contribution and language -> units as they are stored


def in_every_language(row: models.Model, name: str) -> tree.Text:
    """Return a multilingual field in all its languages, independent of the active one."""
    texts = {language: getattr(row, f"{name}_{language}") for language in LANGUAGES}
    return {language: text for language, text in texts.items() if text}


def blank_form(form: ReportingForm, country: Country) -> tree.Document:
    """Return the document of that edition of the form for that country, with every section blank."""
    questions = form.questions.select_related("target", "goal__target").order_by("position")
    return assemble(form, country, [(question, blank_section(question)) for question in questions])


def compose(report: Report) -> tree.Document:
    """Return the document of a report as it is now: all that is printed, and nothing else.

    The report is loaded `with_sections` and units if it was not.
    """
    if "sections" not in getattr(report, "_prefetched_objects_cache", {}):
        report = Report.objects.with_sections(units=True).get(pk=report.pk)
    units = units_in(report)
    filled = [(section.question, section_value(section, units)) for section in report.sections.all()]
    return assemble(report.form, report.country, filled)


def units_in(report: Report) -> UnitsByText:
    """Return the stored units of all translations of a report that was loaded `with_sections`, by contribution and
    language. One query, if its units were not loaded."""
    rows = [row for section in report.sections.all() for row in section.contributions_now]
    if any(row.get_deferred_fields() for row in rows):
        loaded = Contribution.objects.live().filter(section__report=report).exclude(**dict.fromkeys(UNITS, ""))
        columns = {pk: units for pk, *units in loaded.values_list("pk", *UNITS)}
    else:
        columns = {row.pk: [getattr(row, name) for name in UNITS] for row in rows}
    return {
        (pk, language): stored
        for pk, units in columns.items()
        for language, stored in zip(LANGUAGES, units, strict=True)
    }


def unchanged(before: Submission, after: Submission) -> list[str]:
    """Return the codes of the sections that are the same in both submissions."""
    old, new = (
        {section.code: section.without_marks() for section in tree.Document.from_json(submission.document).sections()}
        for submission in (before, after)
    )
    return [code for code in new if new[code] == old.get(code)]


def assemble(form: ReportingForm, country: Country, sections: Iterable[tuple[Question, tree.Section]]) -> tree.Document:
    """Return a document with each section under its goal or target."""
    of_goal: dict[int, list[tree.Section]] = {}
    of_target: dict[int, list[tree.Section]] = {}
    targets: dict[int, PolicyTarget] = {}
    for question, section in sections:
        if question.goal:
            of_goal.setdefault(question.goal.pk, []).append(section)
            targets.setdefault(question.goal.target_id, question.goal.target)
        elif question.target:
            of_target.setdefault(question.target.pk, []).append(section)
            targets.setdefault(question.target.pk, question.target)
    prefetch_related_objects(list(targets.values()), "goals")
    return tree.Document(
        form=tree.Form(year=form.year, layout=form.layout, title=in_every_language(form, "title")),
        country=tree.Country(code=country.code, name=in_every_language(country, "name")),
        targets=tuple(target_value(row, of_target.get(row.pk, []), of_goal) for row in targets.values()),
    )


def target_value(
    row: PolicyTarget, sections: list[tree.Section], of_goal: Mapping[int, list[tree.Section]]
) -> tree.Target:
    """Return a target with its sections and goals. In a form by target it also lists its goals, without sections."""
    goals = tuple(
        tree.Goal(
            code=f"{row.number}.{goal.number}",
            text=in_every_language(goal, "text"),
            sections=tuple(of_goal.get(goal.pk, ())),
        )
        for goal in row.goals.all()
        if goal.pk in of_goal or sections
    )
    return tree.Target(number=row.number, text=in_every_language(row, "text"), goals=goals, sections=tuple(sections))


def blank_section(question: Question) -> tree.Section:
    return tree.Section(
        code=question.code,
        letter=question.letter,
        heading=in_every_language(question, "heading"),
        prompt=in_every_language(question, "prompt"),
    )


def section_value(section: Section, units: UnitsByText | None = None) -> tree.Section:
    """Return the section as it is now. Without `units` its translations are as they were saved, without marks."""
    blank = blank_section(section.question)
    if section.nothing_to_report:
        return blank.with_nothing_to_report()
    return blank.with_contributions(*(contribution_value(row, units) for row in section.contributions_now))


def contribution_value(row: Contribution, units: UnitsByText | None = None) -> tree.Contribution:
    """Return the contribution as it is now. With `units`, each translation is that of the original as it is now: what
    it lacks or is for an older wording is marked, and what was made from removed paragraphs is not in it."""
    body = {row.language: row.body, **row.translations()}
    marks: dict[str, Translation] = {}
    for language in LANGUAGES:
        stored = (units or {}).get((row.pk, language), "")
        if stored and language != row.language.split("-")[0]:
            aligned = align(row.body, from_stored(stored, row.body, body.get(language, "")))
            body[language], marks[language] = kept(aligned)
    texts = {language: html for language, html in body.items() if html}
    return tree.Contribution(authority=row.authority, language=row.language, body=texts, translations=marks)
