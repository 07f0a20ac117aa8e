"""The role of the web process on PostgreSQL: what it cannot do, also with its own password and a database client."""

import io
import os
import subprocess
import sys

import psycopg2
import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from reports.models import AuditEvent, append_only, web_role
from reports.rules import chain
from tests.template import PROJECT, WEB_ROLE

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
ATTACKS = [
    "ALTER TABLE reports_steplog DISABLE TRIGGER ALL",
    "DROP TRIGGER reports_steplog_no_update ON reports_steplog",
    "CREATE OR REPLACE FUNCTION reports_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$",
    "SET session_replication_role = replica",
    "DROP TABLE reports_record",
    "ALTER TABLE reports_steplog RENAME TO reports_other",
    "CREATE TABLE public.mine (id int)",
    "CREATE TEMP TABLE reports_steplog (id int)",
    "CREATE SCHEMA mine",
    "INSERT INTO django_migrations (app, name, applied) VALUES ('x', 'y', now())",
    "ALTER ROLE {role} SUPERUSER",
    "CREATE RULE forget AS ON INSERT TO reports_steplog DO INSTEAD NOTHING",
    "COPY reports_user TO PROGRAM 'cat'",
]


@pytest.fixture
def client():
    """A connection with the role's own password, outside the tests' transaction. It begins no transaction itself."""
    options = connection.get_connection_params()
    made = psycopg2.connect(host=options["host"], dbname=options["dbname"], user=WEB_ROLE)
    made.autocommit = True
    yield made
    made.close()


def answer(client, statement):
    with client.cursor() as cursor:
        try:
            cursor.execute(statement)
        except psycopg2.Error as error:
            return str(error)
    return "done"


def test_the_tests_act_as_the_web_role(report):
    assert web_role.current_role(connection) == WEB_ROLE
    assert web_role.excesses(connection, WEB_ROLE) == []
    assert web_role.problems(connection) == []


@pytest.mark.parametrize("statement", ATTACKS)
def test_an_attack_with_the_web_roles_password_is_refused(client, statement):
    said = answer(client, statement.format(role=WEB_ROLE))
    assert "permission denied" in said or "must be" in said


def test_the_web_role_cannot_become_the_owner(client):
    owner = web_role.owner(connection)
    assert "permission denied" in answer(client, f"SET ROLE {connection.ops.quote_name(owner)}")


def test_the_web_role_cannot_widen_its_own_rights(client):
    answer(client, f"GRANT UPDATE ON reports_steplog TO {WEB_ROLE}")  # PostgreSQL warns, and grants nothing
    assert web_role.excesses(connection, WEB_ROLE) == []


@pytest.mark.parametrize("table", append_only.TABLES)
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_append_only_tables_are_only_added_to(client, table, statement):
    said = answer(client, statement.format(table))
    # Where old rows are swept, deleting is a right, and the trigger decides row by row: here there is none.
    assert "permission denied" in said or (table == "reports_auditevent" and statement.startswith("DELETE"))


def test_a_new_event_is_kept_from_the_web_role(cast):
    AuditEvent.objects.create(event="sign_in_failed")
    with pytest.raises(DatabaseError, match="only added"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM reports_auditevent")


def test_a_table_of_a_later_migration_is_granted(as_owner):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE reports_later (id serial PRIMARY KEY)")
        cursor.execute(f"SET LOCAL ROLE {WEB_ROLE}")
        cursor.execute("INSERT INTO reports_later DEFAULT VALUES")
        cursor.execute("SELECT count(*) FROM reports_later")
        assert cursor.fetchone() == (1,)


def test_migrate_narrows_what_was_widened(as_owner):
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT UPDATE ON reports_steplog TO {WEB_ROLE}")
    assert web_role.excesses(connection, WEB_ROLE) == ["UPDATE reports_steplog"]
    web_role.grant_again(connection)
    assert web_role.excesses(connection, WEB_ROLE) == []


def test_verify_log_names_what_the_role_may_too_much(as_owner, report):
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT UPDATE ON reports_steplog TO {WEB_ROLE}")
        cursor.execute(f"SET LOCAL ROLE {WEB_ROLE}")
    said = io.StringIO()
    with pytest.raises(CommandError, match="1 problems"):
        call_command("verify_log", stderr=said)
    assert f"The role {WEB_ROLE} may UPDATE reports_steplog: run `grant_web_role`." in said.getvalue()


def test_only_the_owner_grants(report):
    with pytest.raises(CommandError, match="who owns the tables"):
        call_command("grant_web_role", "somebody")


def test_a_member_of_the_owners_role_is_no_web_role(as_owner):
    owner = connection.ops.quote_name(web_role.owner(connection))
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE too_near LOGIN")
        cursor.execute(f"GRANT {owner} TO too_near")
    with pytest.raises(CommandError, match="act as the owner of the tables"):
        call_command("grant_web_role", "too_near")


def test_the_owners_commands_take_the_owners_address():
    """`manage.py migrate` uses OWNER_DATABASE_URL; other commands do not."""
    url = "sqlite:////nowhere/at/all.sqlite3"
    environment = {**os.environ, "OWNER_DATABASE_URL": url, "DATABASE_URL": "sqlite://:memory:"}
    tried = {}
    for command in ("migrate", "verify_log"):
        ran = subprocess.run(
            [sys.executable, "manage.py", command], cwd=PROJECT, env=environment, capture_output=True, text=True
        )
        tried[command] = "unable to open database file" in ran.stderr
    assert tried == {"migrate": True, "verify_log": False}


def test_the_chain_goes_on_as_the_web_role(report, written, cast):
    assert list(chain.problems(report)) == []
