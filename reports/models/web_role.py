"""The database role of the web process on PostgreSQL: it owns no table, so it cannot switch off what guards them.

The owner of a table can drop its triggers (append_only.py). Pages are therefore served by another role, which reads and
writes rows and only adds to the append-only tables. `manage.py grant_web_role` makes it (docs/adr/0026).
"""

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from reports.models import append_only

READ_ONLY = ("django_migrations",)
GRANTS = """
REVOKE CREATE ON SCHEMA public FROM PUBLIC, {role};
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, {role};
GRANT USAGE ON SCHEMA public TO {role};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role};
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {role};
REVOKE EXECUTE ON FUNCTION reports_refuse_change() FROM PUBLIC, {role};
REVOKE CREATE, TEMPORARY ON DATABASE {database} FROM PUBLIC, {role}
"""
# A temporary table would be found before the real one of the same name.


def exists(connection: BaseDatabaseWrapper, role: str) -> bool:
    return bool(rows(connection, "SELECT 1 FROM pg_roles WHERE rolname = %s", role))


def create(connection: BaseDatabaseWrapper, role: str, password: str) -> None:
    """Create the role. Raise DatabaseError if the owner may not create roles."""
    options = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT PASSWORD %s"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {connection.ops.quote_name(role)} {options}", [password or None])


def grant(connection: BaseDatabaseWrapper, role: str) -> None:
    """Give the role what serving pages needs, and no more. May be repeated; the connection is the owner's."""
    quote = connection.ops.quote_name
    there = set(connection.introspection.table_names())
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute(GRANTS.format(role=quote(role), database=quote(connection.settings_dict["NAME"])))
        for table in sorted(there & set(append_only.TABLES)):
            verbs = ", ".join(refused_verbs(table))
            cursor.execute(f"REVOKE {verbs} ON {quote(table)} FROM {quote(role)}")
        for table in sorted(there & set(READ_ONLY)):
            cursor.execute(f"REVOKE INSERT, UPDATE, DELETE ON {quote(table)} FROM {quote(role)}")


def refused_verbs(table: str) -> tuple[str, ...]:
    """Return what the role must not do with an append-only table. Where old rows are swept, a trigger guards others."""
    is_swept = (table, "postgresql") in append_only.MAY_BE_DELETED
    return ("UPDATE", "TRUNCATE") if is_swept else ("UPDATE", "DELETE", "TRUNCATE")


def granted_roles(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the roles to which the append-only tables were granted, apart from their owner."""
    found = rows(
        connection,
        "SELECT DISTINCT grantee FROM information_schema.role_table_grants WHERE table_name = 'reports_steplog' "
        "AND table_schema = 'public' AND privilege_type = 'INSERT' AND grantee NOT IN (%s, 'PUBLIC')",
        owner(connection),
    )
    return [str(role) for (role,) in found]


def grant_again(connection: BaseDatabaseWrapper) -> None:
    """Repeat the grants after `migrate`: a new append-only table must not be changed by the web role."""
    if connection.vendor == "postgresql" and owner(connection) == current_role(connection):
        for role in granted_roles(connection):
            grant(connection, role)


def owner(connection: BaseDatabaseWrapper) -> str:
    found = rows(
        connection, "SELECT tableowner FROM pg_tables WHERE schemaname = 'public' AND tablename = 'reports_steplog'"
    )
    return str(found[0][0]) if found else ""


def current_role(connection: BaseDatabaseWrapper) -> str:
    return str(rows(connection, "SELECT current_user")[0][0])


def excesses(connection: BaseDatabaseWrapper, role: str) -> list[str]:
    """Return what the role may do although it must not, in plain English; nothing if all is as it should be."""
    asked: list[tuple[str, str, tuple[str, ...]]] = [
        (f"{verb} {table}", "SELECT has_table_privilege(%s, %s, %s)", (role, f"public.{table}", verb))
        for table in append_only.TABLES
        for verb in refused_verbs(table)
    ]
    database = connection.settings_dict["NAME"]
    asked += [
        ("be a superuser", "SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = %s", (role,)),
        ("act as the owner of the tables", "SELECT pg_has_role(%s, %s, 'MEMBER')", (role, owner(connection))),
        ("create tables", "SELECT has_schema_privilege(%s, 'public', 'CREATE')", (role,)),
        ("create temporary tables", "SELECT has_database_privilege(%s, %s, 'TEMPORARY')", (role, database)),
    ]
    return [words for words, query, params in asked if rows(connection, query, *params)[0][0]]


def problems(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the excesses of the role of this connection, for `verify_log`; nothing for the owner of the tables."""
    if connection.vendor != "postgresql" or current_role(connection) == owner(connection):
        return []
    role = current_role(connection)
    return [f"The role {role} may {words}: run `grant_web_role`." for words in excesses(connection, role)]


def rows(connection: BaseDatabaseWrapper, query: str, *params: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, params)
        return list(cursor.fetchall())
