"""Append-only tables: triggers make the database refuse to change or delete a row.

A check in Python would not bind the administration, a shell or a script. The triggers are recreated after every
`migrate` (reports/apps.py), because SQLite drops them when a migration rebuilds their table.
"""

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
    found = existing_triggers(connection)
    return [name for table in TABLES for name in trigger_names(table, connection.vendor) if name not in found]


def existing_triggers(connection: BaseDatabaseWrapper) -> set[str]:
    """Return the names of the triggers that guard now."""
    if connection.vendor == "postgresql":
        query = "SELECT tgname FROM pg_trigger WHERE tgenabled IN ('O', 'A')"  # enabled, or enabled always
    else:
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {name for (name,) in cursor.fetchall()}


def postgres_statements(tables: list[str]) -> list[str]:
    refuse = f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
    statements = [f"CREATE OR REPLACE FUNCTION reports_refuse_change() RETURNS trigger LANGUAGE plpgsql AS {refuse}"]
    for table in tables:
        for event in ("update", "delete", "truncate"):
            name, each = f"{table}_no_{event}", "STATEMENT" if event == "truncate" else "ROW"
            before = f"BEFORE {event.upper()} ON {table} FOR EACH {each}"
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
        for event, when in (("update", ""), ("delete", ""), ("replace", f"WHEN {taken} ")):
            name, before = f"{table}_no_{event}", "INSERT" if event == "replace" else event.upper()
            statements += [
                f"DROP TRIGGER IF EXISTS {name}",
                f"CREATE TRIGGER {name} BEFORE {before} ON {table} {when}{refuse}",
            ]
    return statements


def same_row(columns: str) -> str:
    """Return the SQL condition that a row has the same values in these columns as the new one."""
    return "(" + " AND ".join(f"{column} = NEW.{column}" for column in columns.split(", ")) + ")"
