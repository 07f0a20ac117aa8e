"""What a save asks of the database and writes into it, in SQL written by hand.

Django writes the SQL of a query each time anew, which takes ten to thirty times as long as the database takes to answer
one of these. Elsewhere that does not matter; a save comes once a second from everybody who is typing, and it was most
of what a save cost (`make bench ARGS=saving`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import Model

from reports.models.report import Contribution, Report, Revision, Section
from reports.models.reporting_form import Question

M = TypeVar("M", bound=Model)
TEXT_COLUMNS = {field.name: str(field.column) for field in Contribution._meta.concrete_fields}
# Subqueries instead of more joins: PostgreSQL tries orders of joins, which with eight tables takes it two milliseconds.
STANDING = """
SELECT c.id, c.language, c.section_id, s.nothing_to_report, s.frozen, s.question_id, s.report_id, q.form_id,
       r.state, r.country_id, q.code,
       (SELECT code FROM reports_country k WHERE k.id = r.country_id),
       (SELECT year FROM reports_reportingform f WHERE f.id = q.form_id),
       (SELECT number FROM reports_policytarget t WHERE t.id = COALESCE(
           q.target_id, (SELECT target_id FROM reports_operationalgoal g WHERE g.id = q.goal_id))),
       (SELECT number FROM reports_operationalgoal g WHERE g.id = q.goal_id)
FROM reports_contribution c
JOIN reports_section s ON s.id = c.section_id
JOIN reports_question q ON q.id = s.question_id
JOIN reports_report r ON r.id = s.report_id
WHERE c.id = %s
"""
LOCK = "SELECT id, state, form_id, country_id FROM reports_report WHERE id = %s"
REVISION = [field.attname for field in Revision._meta.concrete_fields]
# The newest by the index and not by MAX: PostgreSQL, as long as it has no statistics, would look at every version.
TEXT = f"""
SELECT c.language, s.frozen, c.removed_at IS NOT NULL, {", ".join("NULL" for name in REVISION)}
FROM reports_contribution c
JOIN reports_section s ON s.id = c.section_id
WHERE c.id = %(contribution)s
UNION ALL
SELECT NULL, NULL, NULL, newest.* FROM (
    SELECT {", ".join(REVISION)} FROM reports_revision
    WHERE contribution_id = %(contribution)s AND language = %(language)s ORDER BY number DESC LIMIT 1) newest
UNION ALL
SELECT NULL, NULL, NULL, {", ".join(REVISION)} FROM reports_revision
WHERE contribution_id = %(contribution)s AND language = %(language)s AND number = %(base)s
"""
OR_THIS_SAVE = f"""
UNION ALL
SELECT NULL, NULL, NULL, {", ".join(REVISION)} FROM reports_revision WHERE id = %(save_id)s
"""


@dataclass(frozen=True)
class Text:
    """One text as it stands under its report's lock; `revisions` by number, each once."""

    original_language: str
    is_frozen: bool
    is_removed: bool
    revisions: list[Revision]


def standing(contribution: int, country: str, year: int, part: str, section: str) -> Contribution | None:
    """A contribution with its section, question and report as they stand now; None if there is none in that section
    of that page of that report.

    Not scoped: whoever asks decides who may know of it. Fields that a save does not need come when they are asked for.
    """
    with connection.cursor() as cursor:
        cursor.execute(STANDING, [contribution])
        row = cursor.fetchone()
    if row is None:
        return None
    pk, language, box, nothing, frozen, question, report, form, state, country_id, code, *place, target, goal = row
    if (code, *place, f"{target}.{goal}" if goal else str(target)) != (section, country, year, part):
        return None
    found = built(Contribution, id=pk, language=language, section_id=box)
    found.section = built(
        Section,
        id=box,
        nothing_to_report=bool(nothing),
        frozen=bool(frozen),
        question_id=question,
        report_id=report,
    )
    found.section.question = built(Question, id=question, code=code, form_id=form)
    found.section.report = built(Report, id=report, state=state, form_id=form, country_id=country_id)
    return found


def built(model: type[M], **fields: object) -> M:
    """A row of which these fields are known; `from_db` takes them in the order of the table."""
    known = [field.attname for field in model._meta.concrete_fields if field.attname in fields]
    return model.from_db(connection.alias, known, [fields[name] for name in known])


def locked_report(report: int) -> Report:
    """The report's row, locked until the end of the transaction; on SQLite the transaction itself is the lock."""
    for_update = " FOR UPDATE" if connection.features.has_select_for_update else ""
    with connection.cursor() as cursor:
        cursor.execute(LOCK + for_update, [report])
        pk, state, form, country = cursor.fetchone()
    return built(Report, id=pk, state=state, form_id=form, country_id=country)


def text(contribution: int, language: str, base: int, save_id: UUID | None) -> Text:
    """The revision of a text with the number `base` and the newest; and the one that this very save made before.

    What it costs does not grow with the history.
    """
    sql = TEXT
    wanted: dict[str, Any] = {"contribution": contribution, "language": language, "base": base}
    if save_id:
        sql, wanted["save_id"] = sql + OR_THIS_SAVE, Revision._meta.pk.get_db_prep_value(save_id, connection)
    with connection.cursor() as cursor:
        cursor.execute(sql, wanted)
        rows = cursor.fetchall()
    original, is_frozen, is_removed = next(row[:3] for row in rows if row[0] is not None)
    found = {row[3]: Revision.from_db(connection.alias, REVISION, as_python(row[3:])) for row in rows if row[3]}
    return Text(
        original, bool(is_frozen), bool(is_removed), sorted(found.values(), key=lambda revision: revision.number)
    )


def as_python(values: Sequence[Any]) -> list[Any]:
    """A revision's columns as the database gave them; SQLite keeps identifiers and times as text."""
    known = []
    for field, value in zip(Revision._meta.concrete_fields, values, strict=True):
        for convert in connection.ops.get_db_converters(field.cached_col):
            value = convert(value, field.cached_col, connection)
        known.append(value)
    return known


def insert(row: Model) -> None:
    """Puts a new row into its table. Raises IntegrityError as `save` does; sends no signals."""
    fields = row._meta.concrete_fields
    names = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    values = [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {row._meta.db_table} ({names}) VALUES ({', '.join(['%s'] * len(values))})",
            values,
        )
    row._state.adding = False


def write(contribution: int, field: str, body: str) -> None:
    """Puts a text into its contribution, which stands in its section again if it had been taken out."""
    with connection.cursor() as cursor:
        column = connection.ops.quote_name(TEXT_COLUMNS[field])
        cursor.execute(
            f"UPDATE reports_contribution SET {column} = %s, removed_at = NULL WHERE id = %s", [body, contribution]
        )
