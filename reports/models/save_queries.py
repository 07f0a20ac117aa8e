"""The queries of a save, in SQL written by hand.

Django builds the SQL of a query each time it runs, which takes ten to thirty times as long as the database needs to
answer these. Everybody who is typing saves once a second, and building SQL was most of the cost of a save
(`make bench ARGS=saving`, ADR 19). Everywhere else the querysets are fast enough.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import Model

from reports.languages import PORTAL_LANGUAGES
from reports.models import codes
from reports.models.report import Contribution, Report, Section
from reports.models.reporting_form import Question
from reports.models.revision import Revision

M = TypeVar("M", bound=Model)
TEXT_COLUMNS = {field.name: str(field.column) for field in Contribution._meta.concrete_fields}
# Subqueries instead of more joins: PostgreSQL compares the orders of joins, which takes 2 ms with eight tables.
CONTRIBUTION = """
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
TEXTS = [TEXT_COLUMNS[name] for name in ("body", *(f"translation_{code}" for code in PORTAL_LANGUAGES))]
LENGTH = " + ".join(f"COALESCE(LENGTH(t.{text}), 0)" for text in TEXTS)
TAGS = " + ".join(f"COALESCE(LENGTH(t.{text}) - LENGTH(REPLACE(t.{text}, '<', '')), 0)" for text in TEXTS)
# What was removed does not count: it is not printed.
OF_REPORT = """FROM reports_contribution t
JOIN reports_section p ON p.id = t.section_id WHERE t.removed_at IS NULL AND p.report_id = """
REPORT_LENGTH = f"SELECT COALESCE(SUM({LENGTH}), 0) {OF_REPORT}"  # the characters of all texts of a report
REPORT_TAGS = f"SELECT COALESCE(SUM({TAGS}), 0) {OF_REPORT}"
REVISION = [field.attname for field in Revision._meta.concrete_fields]
# ORDER BY … LIMIT 1 uses the index. For MAX, PostgreSQL without statistics reads every revision of the text.
TEXT = f"""
SELECT c.language, s.frozen, c.removed_at IS NOT NULL, ({REPORT_LENGTH} s.report_id),
       CASE WHEN %(language)s = '' THEN '' ELSE c.body END,
       {", ".join("NULL" for name in REVISION)}
FROM reports_contribution c
JOIN reports_section s ON s.id = c.section_id
WHERE c.id = %(contribution)s
UNION ALL
SELECT NULL, NULL, NULL, NULL, NULL, newest.* FROM (
    SELECT {", ".join(REVISION)} FROM reports_revision
    WHERE contribution_id = %(contribution)s AND language = %(language)s ORDER BY number DESC LIMIT 1) newest
UNION ALL
SELECT NULL, NULL, NULL, NULL, NULL, {", ".join(REVISION)} FROM reports_revision
WHERE contribution_id = %(contribution)s AND language = %(language)s AND number = %(base)s
"""
OR_THIS_SAVE = f"""
UNION ALL
SELECT NULL, NULL, NULL, NULL, NULL, {", ".join(REVISION)} FROM reports_revision WHERE id = %(save_id)s
"""


@dataclass(frozen=True)
class TextState:
    """One text, loaded under its report's lock. `revisions` are in the order of their numbers.

    `report_length` is the number of characters of all texts of the report. `original` is the original of a translation,
    and "" for the original itself.
    """

    original_language: str
    is_frozen: bool
    is_removed: bool
    report_length: int
    original: str
    revisions: list[Revision]


def load_contribution(pk: int, country: str, year: int, part: str, section: str) -> Contribution | None:
    """Return a contribution with its section, question and report; None if it is not in that section of that page.

    It checks no permissions. Fields that a save does not need are deferred.
    """
    with connection.cursor() as cursor:
        cursor.execute(CONTRIBUTION, [pk])
        row = cursor.fetchone()
    if row is None:
        return None
    _pk, language, box, nothing, frozen, question, report, form, state, country_id, code, *place, target, goal = row
    pages = (f"{target}.{goal}" if goal else str(target), code, codes.WHOLE)
    if (code, *place) != (section, country, year) or part not in pages:
        return None
    found = partial_row(Contribution, id=pk, language=language, section_id=box)
    found.section = partial_row(
        Section,
        id=box,
        nothing_to_report=bool(nothing),
        frozen=bool(frozen),
        question_id=question,
        report_id=report,
    )
    found.section.question = partial_row(Question, id=question, code=code, form_id=form)
    found.section.report = partial_row(Report, id=report, state=state, form_id=form, country_id=country_id)
    return found


def partial_row(model: type[M], **fields: object) -> M:
    """Return a row with these fields; all others are deferred."""
    # `from_db` expects the names in the order of the table's columns.
    known = [field.attname for field in model._meta.concrete_fields if field.attname in fields]
    return model.from_db(connection.alias, known, [fields[name] for name in known])


def lock_report(pk: int) -> Report:
    """Return the report's row, locked until the end of the transaction."""
    # SQLite has no row locks. There every transaction starts with IMMEDIATE and is itself the lock (settings.py).
    for_update = " FOR UPDATE" if connection.features.has_select_for_update else ""
    with connection.cursor() as cursor:
        cursor.execute(LOCK + for_update, [pk])
        pk, state, form, country = cursor.fetchone()
    return partial_row(Report, id=pk, state=state, form_id=form, country_id=country)


def load_text(contribution: int, language: str, base: int, save_id: UUID | None) -> TextState:
    """Return the state of a text: its newest revision, the one numbered `base`, and the one saved under `save_id`.

    The cost does not grow with the history.
    """
    sql = TEXT
    wanted: dict[str, Any] = {"contribution": contribution, "language": language, "base": base}
    if save_id:
        sql, wanted["save_id"] = sql + OR_THIS_SAVE, Revision._meta.pk.get_db_prep_value(save_id, connection)
    with connection.cursor() as cursor:
        cursor.execute(sql, wanted)
        rows = cursor.fetchall()
    language_of_original, is_frozen, is_removed, length, original = next(row[:5] for row in rows if row[0] is not None)
    found = {row[5]: Revision.from_db(connection.alias, REVISION, as_python(row[5:])) for row in rows if row[5]}
    revisions = sorted(found.values(), key=lambda revision: revision.number)
    return TextState(language_of_original, bool(is_frozen), bool(is_removed), length, original, revisions)


def report_length(report: int) -> int:
    """Return the number of characters of all texts of a report."""
    with connection.cursor() as cursor:
        cursor.execute(f"{REPORT_LENGTH} %s", [report])
        length: int = cursor.fetchone()[0]
    return length


def report_pieces(report: int) -> int:
    """Return the number of pieces of all texts of a report, as document/lengths.py counts them."""
    with connection.cursor() as cursor:
        cursor.execute(f"{REPORT_TAGS} %s", [report])
        tags: int = cursor.fetchone()[0]
    return tags // 2


def as_python(values: Sequence[Any]) -> list[Any]:
    """Return a revision's columns as Python values. SQLite stores identifiers and times as text."""
    known = []
    for field, value in zip(Revision._meta.concrete_fields, values, strict=True):
        for convert in connection.ops.get_db_converters(field.cached_col):
            value = convert(value, field.cached_col, connection)
        known.append(value)
    return known


def insert_row(row: Model) -> None:
    """Insert a new row. Raise IntegrityError as `save` does; send no signals."""
    fields = row._meta.concrete_fields
    names = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    values = [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {row._meta.db_table} ({names}) VALUES ({', '.join(['%s'] * len(values))})",
            values,
        )
    row._state.adding = False


def store_text(contribution: int, language: str, body: str, units: str = "") -> None:
    """Store a text in its contribution, and restore the contribution if it was removed.

    `language` is "" for the original. A translation is stored with its units, in one statement. Raise KeyError for a
    language that has no column.
    """
    texts = {f"translation_{language}": body, f"units_{language}": units} if language else {"body": body}
    columns = ", ".join(f"{connection.ops.quote_name(TEXT_COLUMNS[name])} = %s" for name in texts)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE reports_contribution SET {columns}, removed_at = NULL WHERE id = %s",
            [*texts.values(), contribution],
        )
