"""What a save asks of the database, in SQL written by hand.

Django writes the SQL of a query each time anew, which takes ten to thirty times as long as the database takes to answer
one of these. Elsewhere that does not matter; a save comes once a second from everybody who is typing, and it was most
of what a save cost (`make bench ARGS=saving`).
"""

from typing import Any
from uuid import UUID

from django.db import connection

from reports.models.framework import OperationalGoal, PolicyTarget
from reports.models.people import Country
from reports.models.report import Contribution, Report, Revision, Section
from reports.models.reporting_form import Question, ReportingForm

# Subqueries instead of more joins: PostgreSQL tries orders of joins, which with eight tables takes it two milliseconds.
STANDING = """
SELECT c.id, c.language, c.section_id, s.nothing_to_report, s.frozen, s.question_id, s.report_id, q.code, q.form_id,
       r.state, r.country_id,
       (SELECT year FROM reports_reportingform f WHERE f.id = q.form_id),
       (SELECT code FROM reports_country k WHERE k.id = r.country_id),
       q.goal_id,
       (SELECT number FROM reports_operationalgoal g WHERE g.id = q.goal_id),
       (SELECT target_id FROM reports_operationalgoal g WHERE g.id = q.goal_id),
       q.target_id,
       (SELECT number FROM reports_policytarget t WHERE t.id = COALESCE(
           q.target_id, (SELECT target_id FROM reports_operationalgoal g WHERE g.id = q.goal_id)))
FROM reports_contribution c
JOIN reports_section s ON s.id = c.section_id
JOIN reports_question q ON q.id = s.question_id
JOIN reports_report r ON r.id = s.report_id
WHERE c.id = %s
"""
CHANGEABLE = """
SELECT c.language, s.frozen FROM reports_contribution c JOIN reports_section s ON s.id = c.section_id WHERE c.id = %s
"""
LOCK = "SELECT id, state, form_id, country_id FROM reports_report WHERE id = %s"
REVISIONS = """
SELECT id, contribution_id, language, number, base, body, sent, by_id, at, how, reading_id FROM reports_revision
WHERE contribution_id = %(contribution)s AND language = %(language)s AND number IN (%(base)s, (
    SELECT MAX(number) FROM reports_revision WHERE contribution_id = %(contribution)s AND language = %(language)s))
"""
OR_THIS_SAVE = """
UNION ALL
SELECT id, contribution_id, language, number, base, body, sent, by_id, at, how, reading_id FROM reports_revision
WHERE id = %(save_id)s
"""


def standing(contribution: int) -> Contribution | None:
    """A contribution with its section, question, report, form and country as they stand now; None if there is none.

    Not scoped: whoever asks decides who may know of it. Fields that a save does not need come when they are asked for.
    """
    with connection.cursor() as cursor:
        cursor.execute(STANDING, [contribution])
        row = cursor.fetchone()
    if row is None:
        return None
    (pk, language, section, nothing, frozen, question, report, code, form, state, country, *rest) = row
    year, country_code, goal, goal_number, target_of_goal, target, target_number = rest
    asked = built(Question, id=question, code=code, form_id=form, goal_id=goal, target_id=target)
    of_target = built(PolicyTarget, id=target or target_of_goal, number=target_number)
    asked.target, asked.goal = (
        (None, built(OperationalGoal, id=goal, number=goal_number)) if goal else (of_target, None)
    )
    if goal:
        asked.goal.target = of_target
    here = built(Report, id=report, state=state, form_id=form, country_id=country)
    here.form, here.country = built(ReportingForm, id=form, year=year), built(Country, id=country, code=country_code)
    box = built(
        Section,
        id=section,
        nothing_to_report=bool(nothing),
        frozen=bool(frozen),
        question_id=question,
        report_id=report,
    )
    box.question, box.report = asked, here
    found = built(Contribution, id=pk, language=language, section_id=section)
    found.section = box
    return found


def changeable(contribution: int) -> tuple[str, bool]:
    """A contribution's language, and whether its section is frozen."""
    with connection.cursor() as cursor:
        cursor.execute(CHANGEABLE, [contribution])
        language, frozen = cursor.fetchone()
    return language, bool(frozen)


def built(model: type[Any], **fields: object) -> Any:
    """A row of which these fields are known; `from_db` takes them in the order of the table."""
    known = [field.attname for field in model._meta.concrete_fields if field.attname in fields]
    return model.from_db(connection.alias, known, [fields[name] for name in known])


def locked_report(report: int) -> Report:
    """The report's row, locked until the end of the transaction; on SQLite the transaction itself is the lock."""
    for_update = " FOR UPDATE" if connection.features.has_select_for_update else ""
    return Report.objects.raw(LOCK + for_update, [report])[0]


def revisions(contribution: int, language: str, base: int, save_id: UUID | None) -> list[Revision]:
    """Of one text: the revision with the number `base` and the newest; and the one that this very save made before.

    By number, each once. What it costs does not grow with the history.
    """
    wanted = {"contribution": contribution, "language": language, "base": base}
    sql = REVISIONS
    if save_id:
        sql, wanted["save_id"] = sql + OR_THIS_SAVE, Revision._meta.pk.get_db_prep_value(save_id, connection)
    found = {row.pk: row for row in Revision.objects.raw(sql, wanted)}
    return sorted(found.values(), key=lambda row: row.number)
