"""Append-only tables: triggers make the database refuse to change or delete a row.

A check in Python would not bind the administration, a shell or a script. The triggers are recreated after every
`migrate` (reports/apps.py), because SQLite drops them when a migration rebuilds their table.
"""

from collections.abc import Iterable

from django.db.backends.base.base import BaseDatabaseWrapper

# Each table with its unique keys. On SQLite, INSERT OR REPLACE deletes a row without firing the DELETE trigger, so an
# insert is also refused there when one of these keys is taken.
TABLES = {
    "reports_steplog": ("id", "report_id, position"),
    "reports_submission": ("id", "report_id, number"),
    "reports_revision": ("id", "contribution_id, language, number"),
    "reports_rolelog": ("id",),
    "reports_sectionlog": ("id",),
    "reports_record": ("id", "submission_id", "sha256"),
    "reports_submissionopening": ("id", "submission_id, by_id, kind, day"),
    "reports_auditevent": ("id",),
    "reports_suggestion": ("id",),
    "reports_suggestionend": ("id", "suggestion_id", "revision_id"),
    "reports_translationevent": ("id",),
    "reports_owntranslation": ("id", "submission_id, code, position, language, number"),
    "reports_owndismissal": ("id", "report_id, language, hash"),
}
# Failures to sign in are not kept for ever, nor that tries were stopped: anybody can cause them, and each holds a
# network address.
FAILURES = ("sign_in_failed", "tries_stopped")
FAILURES_KEPT_DAYS = 90
MAY_BE_DELETED = {
    ("reports_auditevent", "postgresql"): (
        f"OLD.event IN {FAILURES} AND OLD.at < now() - interval '{FAILURES_KEPT_DAYS} days'"
    ),
    ("reports_auditevent", "sqlite"): (
        f"OLD.event IN {FAILURES} AND OLD.at < datetime('now', '-{FAILURES_KEPT_DAYS} days')"
    ),
}
REFUSAL = "rows of this table are only added, never changed or removed"


def trigger_names(table: str, vendor: str) -> list[str]:
    events = ("update", "delete", "truncate") if vendor == "postgresql" else ("update", "delete", "replace")
    return [f"{table}_no_{event}" for event in events]


def create_triggers(connection: BaseDatabaseWrapper) -> None:
    """Recreate the triggers of every table that exists already."""
    there = [table for table in TABLES if table in connection.introspection.table_names()]
    statements = postgres_statements(there) if connection.vendor == "postgresql" else sqlite_statements(there)
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def missing_triggers(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the names of the triggers that do not exist or are disabled."""
    names = [name for table in TABLES for name in trigger_names(table, connection.vendor)]
    return missing_of(connection, names)


def missing_of(connection: BaseDatabaseWrapper, names: Iterable[str]) -> list[str]:
    """Return those of the named triggers that do not exist or are disabled."""
    if connection.vendor == "postgresql":
        query = "SELECT tgname FROM pg_trigger WHERE tgenabled IN ('O', 'A')"  # enabled, or enabled always
    else:
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    with connection.cursor() as cursor:
        cursor.execute(query)
        found = {name for (name,) in cursor.fetchall()}
    return [name for name in names if name not in found]


def postgres_statements(tables: list[str]) -> list[str]:
    refuse = f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
    statements = [f"CREATE OR REPLACE FUNCTION reports_refuse_change() RETURNS trigger LANGUAGE plpgsql AS {refuse}"]
    for table in tables:
        for event in ("update", "delete", "truncate"):
            name, each = f"{table}_no_{event}", "STATEMENT" if event == "truncate" else "ROW"
            before = f"BEFORE {event.upper()} ON {table} FOR EACH {each} {unless_swept(table, event, 'postgresql')}"
            statements += [
                f"DROP TRIGGER IF EXISTS {name} ON {table}",
                f"CREATE TRIGGER {name} {before} EXECUTE FUNCTION reports_refuse_change()",
            ]
    return statements


def sqlite_statements(tables: list[str]) -> list[str]:
    statements = []
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    for table in tables:
        taken = " OR ".join(f"EXISTS (SELECT 1 FROM {table} WHERE {same_row(columns)})" for columns in TABLES[table])
        swept = unless_swept(table, "delete", "sqlite")
        for event, when in (("update", ""), ("delete", swept), ("replace", f"WHEN {taken} ")):
            name, before = f"{table}_no_{event}", "INSERT" if event == "replace" else event.upper()
            statements += [
                f"DROP TRIGGER IF EXISTS {name}",
                f"CREATE TRIGGER {name} BEFORE {before} ON {table} {when}{refuse}",
            ]
    return statements


def unless_swept(table: str, event: str, vendor: str) -> str:
    """Return the condition of a trigger that lets old rows of MAY_BE_DELETED be deleted; "" for any other trigger."""
    condition = MAY_BE_DELETED.get((table, vendor), "") if event == "delete" else ""
    return f"WHEN (NOT ({condition})) " if condition else ""


def same_row(columns: str) -> str:
    """Return the SQL condition that a row has the same values in these columns as the new one."""
    return "(" + " AND ".join(f"{column} = NEW.{column}" for column in columns.split(", ")) + ")"
