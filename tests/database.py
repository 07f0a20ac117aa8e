"""The test database. The fixtures are loaded once, and again after each test that emptied the tables."""

import io

import pytest


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, tmp_path_factory):
    """Keep SQLite in a file: in memory, threads would not wait for each other as they do in the portal."""
    from django.db import connections

    database = connections.databases["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(scope="session")
def django_db_setup(request, django_db_setup, django_db_blocker):
    """Load the fixtures outside the transactions of tests, so that each test starts with them."""
    from django.core.management import call_command

    def fill() -> None:
        with django_db_blocker.unblock():
            call_command("load_fixtures", verbosity=0, stdout=io.StringIO())

    fill()
    request.config.stash[fill_key] = fill


fill_key = pytest.StashKey()


def empties_tables(item) -> bool:
    """Return whether the test commits. pytest-django then empties all tables after it."""
    mark = item.get_closest_marker("django_db")
    is_transactional = bool(mark and (mark.kwargs.get("transaction") or mark.kwargs.get("reset_sequences")))
    return is_transactional or not {"transactional_db", "live_server"}.isdisjoint(item.fixturenames)


@pytest.fixture(autouse=True)
def dropped_triggers(request):
    """Drop the triggers: those of the append-only tables would refuse that the tables are emptied."""
    yield
    if empties_tables(request.node):
        drop_triggers()


def create_triggers() -> None:
    """Recreate every trigger that guards rows, as `migrate` does."""
    from reports import apps

    apps.create_triggers("default")


def drop_triggers() -> None:
    """Drop the triggers that guard rows. `flush` emits post_migrate, which recreates them."""
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
    """Load the fixtures again after a test that emptied the tables, when all its fixtures are torn down."""
    torn_down = yield
    # After the last test the database itself has been removed.
    if nextitem and empties_tables(item):
        item.config.stash[fill_key]()
    return torn_down
