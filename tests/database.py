"""The database of the tests: filled with the fixtures once, and again after each test that emptied it."""

import io

import pytest


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, tmp_path_factory):
    """Use a file instead of SQLite's memory: threads then wait for each other as they do in the portal."""
    from django.db import connections

    database = connections.databases["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(scope="session")
def django_db_setup(request, django_db_setup, django_db_blocker):
    """Load the fixtures outside every test's transaction, so that no test has to load them itself."""
    from django.core.management import call_command

    def fill() -> None:
        with django_db_blocker.unblock():
            call_command("load_fixtures", verbosity=0, stdout=io.StringIO())

    fill()
    request.config.stash[fill_key] = fill


fill_key = pytest.StashKey()


def empties_tables(item) -> bool:
    """Return whether the test commits, so that pytest-django clears up after it by emptying every table."""
    mark = item.get_closest_marker("django_db")
    is_transactional = bool(mark and (mark.kwargs.get("transaction") or mark.kwargs.get("reset_sequences")))
    return is_transactional or not {"transactional_db", "live_server"}.isdisjoint(item.fixturenames)


@pytest.fixture(autouse=True)
def dropped_triggers(request):
    """Drop the triggers of append-only tables before the tables are emptied: they refuse that."""
    yield
    if empties_tables(request.node):
        drop_triggers()


def drop_triggers() -> None:
    """Drop the triggers. `flush` emits post_migrate, which creates them again."""
    from django.db import connection

    from reports.models import append_only

    with connection.cursor() as cursor:
        for table in append_only.TABLES:
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            for name in append_only.trigger_names(table, connection.vendor):
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """Fill the database again once every fixture of a test that emptied it is torn down."""
    torn_down = yield
    # Without a next test the database itself is gone by now.
    if nextitem and empties_tables(item):
        item.config.stash[fill_key]()
    return torn_down
