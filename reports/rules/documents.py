"""Rows to document and back: `compose` builds the document of a report, `apply` writes one into its rows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import prefetch_related_objects

from reports.document import tree
from reports.document.problem import Problem, gettext_noop
from reports.models import (
    Contribution,
    Country,
    How,
    PolicyTarget,
    Question,
    Report,
    ReportingForm,
    Section,
    Submission,
    Upload,
    User,
)
from reports.rules import writing
from reports.rules.writing import locks

LANGUAGES = [code for code, name in settings.LANGUAGES]


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

    The report is loaded `with_sections` if it was not.
    """
    if "sections" not in getattr(report, "_prefetched_objects_cache", {}):
        report = Report.objects.with_sections().get(pk=report.pk)
    filled = [(section.question, section_value(section)) for section in report.sections.all()]
    return assemble(report.form, report.country, filled)


def unchanged(before: Submission, after: Submission) -> list[str]:
    """Return the codes of the sections that are the same in both submissions."""
    old, new = (
        {section.code: section for section in tree.Document.from_json(submission.document).sections()}
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


def section_value(section: Section) -> tree.Section:
    blank = blank_section(section.question)
    if section.nothing_to_report:
        return blank.with_nothing_to_report()
    return blank.with_contributions(*(contribution_value(row) for row in section.contributions_now))


def contribution_value(row: Contribution) -> tree.Contribution:
    return tree.Contribution(
        authority=row.authority, language=row.language, body={row.language: row.body, **row.translations()}
    )


@dataclass(frozen=True)
class ApplyResult:
    """The outcome for each section, and what undoing needs.

    A section is filled, replaced, added to, the same already, blank in the file, or differs and is left as it was.
    """

    sections: dict[str, str]
    undo: dict[str, dict[str, Any]] = field(default_factory=dict)

    def codes(self, *outcomes: str) -> list[str]:
        return [code for code, outcome in self.sections.items() if outcome in outcomes]


@transaction.atomic
def apply(
    document: tree.Document,
    report: Report,
    *,
    by: User,
    replace: bool = False,
    choices: Mapping[str, str] | None = None,
    upload: Upload | None = None,
) -> ApplyResult:
    """Write a document into a report: fill blank sections, and leave those that differ.

    `choices` says "keep", "add" or "replace" for sections that differ; with `replace` all of them are replaced. What
    is replaced stays in the history. Raise Problem if the document is of another form or country, or if the report is
    not open.
    """
    locks.lock_report(report)
    check_same_form(document, report)
    rows = {section.code: section for section in Report.objects.with_sections().get(pk=report.pk).sections.all()}
    outcomes, undo = {}, {}
    for section in document.sections():
        row = rows[section.code]
        choice = "replace" if replace else (choices or {}).get(section.code, "keep")
        outcomes[section.code] = outcome = expected_outcome(section, row, choice)
        if outcome in ("filled", "replaced", "added"):
            undo[section.code] = apply_section(section, row, outcome, by=by, upload=upload)
    return ApplyResult(outcomes, undo)


def check_same_form(document: tree.Document, report: Report) -> None:
    if (document.form.year, document.country.code) != (report.form.year, report.country.code):
        raise Problem(
            gettext_noop(
                "This is the form of %(found_year)s of %(found_country)s, not that of %(year)s of %(country)s. "
                "Choose the report it belongs to."
            ),
            found_year=document.form.year,
            found_country=document.country.code,
            year=report.form.year,
            country=report.country.code,
        )
    unknown = {s.code for s in document.sections()} - set(report.form.questions.values_list("code", flat=True))
    if unknown:
        raise Problem(
            gettext_noop("This file has sections that the form does not have: %(codes)s."),
            codes=", ".join(sorted(unknown)),
        )


def expected_outcome(section: tree.Section, row: Section, choice: str = "keep") -> str:
    """Return the outcome of applying this section, without writing anything."""
    if section.state == "blank":
        return "blank"
    now = section_value(row)
    if (section.state, section.contributions) == (now.state, now.contributions):
        return "same"
    if row.frozen:
        return "differs"
    if now.state == "blank":
        return "filled"
    return {"replace": "replaced", "add": "added"}.get(choice, "differs")


def apply_section(
    section: tree.Section, row: Section, outcome: str, *, by: User, upload: Upload | None
) -> dict[str, Any]:
    """Write one section; return what undoing needs: the flag before, and the contributions removed and added."""
    record: dict[str, Any] = {"nothing": row.nothing_to_report, "taken": [], "put": [], "now": section.state}
    if section.state == "nothing":
        if outcome != "added":
            writing.set_nothing(row, True, by=by, upload=upload)
        return record | {"now": "nothing" if outcome != "added" else "text"}
    if outcome == "replaced":
        for contribution in row.contributions.live():
            writing.remove(contribution, by=by, upload=upload)
            record["taken"].append(contribution.pk)
    if row.nothing_to_report:
        writing.set_nothing(row, False, by=by, upload=upload)
    for value in section.contributions:
        put = writing.add_contribution(
            row,
            value.original,
            language=value.language,
            authority=value.authority,
            by=by,
            how=How.READ,
            upload=upload,
        )
        for language, body in value.body.items():
            if language != value.language:
                check_translatable(language)
                writing.save_text(put, body, base=0, language=language, by=by, how=How.READ, upload=upload)
        record["put"].append(put.pk)
    return record


def check_translatable(language: str) -> None:
    if language not in LANGUAGES:
        raise Problem(
            gettext_noop(
                "This file contains a translation into this language: %(language)s. The portal keeps translations "
                "into: %(held)s."
            ),
            language=language,
            held=", ".join(LANGUAGES),
        )
