"""Nobody has roles both in a country and at the secretariat: a trigger makes the database refuse the second one.

The rule itself, with its sentences for people, is in rules/people.py; the trigger also binds the administration pages,
a shell and a script. A constraint cannot compare rows, so this is a trigger like those of append_only.py, and it is
recreated after every `migrate` for the same reason.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

from reports.models import append_only

TABLE = "reports_membership"
REFUSAL = "nobody has roles both in a country and at the secretariat"
EVENTS = ("insert", "update")
OTHER_SIDE = f"""
SELECT 1 FROM {TABLE} other
WHERE other.user_id = NEW.user_id AND other.id <> NEW.id AND (other.country_id IS NULL) <> (NEW.country_id IS NULL)
"""


def trigger_names() -> list[str]:
    return [f"{TABLE}_one_side_{event}" for event in EVENTS]


def missing_triggers(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the names of the triggers that do not exist or are disabled."""
    return append_only.missing_of(connection, trigger_names())


def create_triggers(connection: BaseDatabaseWrapper) -> None:
    """Recreate the triggers, if the table exists already."""
    if TABLE not in connection.introspection.table_names():
        return
    statements = postgres_statements() if connection.vendor == "postgresql" else sqlite_statements()
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def postgres_statements() -> list[str]:
    # The lock of the person's row makes a second, simultaneous grant wait until the first is committed; the query after
    # it then sees that grant. Without the lock, neither transaction would see the other one's role.
    body = f"""
    BEGIN
        PERFORM 1 FROM reports_user WHERE id = NEW.user_id FOR NO KEY UPDATE;
        IF EXISTS ({OTHER_SIDE}) THEN
            RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END
    """
    statements = [f"CREATE OR REPLACE FUNCTION reports_one_side() RETURNS trigger LANGUAGE plpgsql AS $${body}$$"]
    for name, event in zip(trigger_names(), EVENTS, strict=True):
        statements += [
            f"DROP TRIGGER IF EXISTS {name} ON {TABLE}",
            f"CREATE TRIGGER {name} BEFORE {event.upper()} ON {TABLE} FOR EACH ROW EXECUTE FUNCTION reports_one_side()",
        ]
    return statements


def sqlite_statements() -> list[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    statements = []
    for name, event in zip(trigger_names(), EVENTS, strict=True):
        statements += [
            f"DROP TRIGGER IF EXISTS {name}",
            f"CREATE TRIGGER {name} BEFORE {event.upper()} ON {TABLE} WHEN EXISTS ({OTHER_SIDE}) {refuse}",
        ]
    return statements
