"""The test database: a copy of tests/template.py's, which replaces it again after a test that commits.

On PostgreSQL the tests use a role that owns no table, like the web process (reports/models/web_role.py). What only the
owner may do, such as emptying tables and tampering with triggers, takes the owner's role back until the test ends.
"""

import contextlib
import os

import pytest

from tests import template
from tests.template import WEB_ROLE


class Role:
    """Whether connections to PostgreSQL act as the web role, also those that are still to be opened."""

    is_web = False

    @classmethod
    def take(cls, *, web: bool) -> None:
        from django.db import connection

        cls.is_web = web and connection.vendor == "postgresql"
        if connection.vendor == "postgresql" and connection.connection is not None:
            cls.on_connection(connection=connection)

    @classmethod
    def on_connection(cls, connection, **kwargs) -> None:
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f"SET ROLE {WEB_ROLE}" if cls.is_web else "RESET ROLE")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, tmp_path_factory):
    """Make the test database, a copy of the template.

    On SQLite it is a file: in memory, threads would not wait for each other as they do in the portal.
    """
    from django.db import connections

    database = connections.databases["default"]
    name = f"test_{os.environ.get('PYTEST_XDIST_WORKER', 'only')}"
    if database["ENGINE"].endswith("sqlite3"):
        name = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
    template.copy_to(name)
    database["TEST"]["NAME"] = name


@pytest.fixture(scope="session")
def django_db_keepdb():
    """Let pytest-django use the copy. `migrate` finds nothing to do."""
    return True


@pytest.fixture(scope="session")
def django_db_setup(request, django_db_setup, django_db_blocker):
    """Use the web role, and keep what copies the template again."""
    from django.db import connection
    from django.db.backends.signals import connection_created
    from django.test import TransactionTestCase

    def copy_again() -> None:
        connection.close()
        template.copy_to(connection.settings_dict["NAME"])

    def act_as_web() -> None:
        if not Role.is_web:
            with django_db_blocker.unblock():
                Role.take(web=True)

    connection_created.connect(Role.on_connection)
    # Django would empty the tables after a test that commits, and emit post_migrate. The copy comes instead of that.
    TransactionTestCase._fixture_teardown = lambda case: None
    act_as_web()
    request.config.stash[copy_key], request.config.stash[web_key] = copy_again, act_as_web


@pytest.fixture
def as_owner(request):
    """Act as the owner of the tables on PostgreSQL, as `migrate` does, until the test ends."""
    from tests.selection import uses_database

    if uses_database(request.node):
        request.getfixturevalue("db")
        Role.take(web=False)


copy_key, web_key = pytest.StashKey(), pytest.StashKey()


def commits(item) -> bool:
    """Return whether the test commits, so that the database must be copied again after it."""
    mark = item.get_closest_marker("django_db")
    is_transactional = bool(mark and (mark.kwargs.get("transaction") or mark.kwargs.get("reset_sequences")))
    return is_transactional or not {"transactional_db", "live_server"}.isdisjoint(item.fixturenames)


def create_triggers() -> None:
    """Recreate every trigger that guards rows, as `migrate` does, as the owner."""
    from reports import apps

    Role.take(web=False)
    apps.create_triggers("default")


def drop_triggers() -> None:
    """Drop the triggers that guard rows, as the owner. `migrate` and `flush` recreate them (post_migrate)."""
    Role.take(web=False)
    from django.db import connection

    from reports.models import append_only, fixed_columns, one_side

    is_postgres = connection.vendor == "postgresql"
    names = [
        (name, table) for table in append_only.TABLES for name in append_only.trigger_names(table, connection.vendor)
    ]
    names += [(fixed.trigger, fixed.table) for fixed in fixed_columns.FIXED]
    names += [(name, one_side.TABLE) for name in one_side.trigger_names()]
    with connection.cursor() as cursor:
        for name, table in names:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}" + (f" ON {table}" if is_postgres else ""))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """Copy the template again after a test that commits, when all its fixtures are torn down."""
    torn_down = yield
    if nextitem and copy_key in item.config.stash:
        if commits(item):
            item.config.stash[copy_key]()
        item.config.stash[web_key]()
    return torn_down


@contextlib.contextmanager
def undone():
    """Undo what the block changes in the database, triggers and the role included; files stay as they are.

    A test that tries several changes of a state that is slow to make tries each of them in such a block.
    """
    from django.db import transaction

    was_web = Role.is_web
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    Role.take(web=was_web)
