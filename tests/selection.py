"""Chooses and orders the tests of a run.

Without options everything runs on SQLite, except tests marked `postgres`. With `--postgres` the tests that use the
database run on PostgreSQL, except those marked `sqlite`. `--pages=elsewhere` leaves out the tests of pages, which
`make test` runs on PostgreSQL (docs/adr/0020); `--pages=only` runs nothing else, where there is no PostgreSQL.
"""

import os
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
JOURNEYS = TESTS / "journeys"
# Folders without a test of the database. With --postgres they are not even read; a test there that uses the database
# stops every other run.
WITHOUT_DATABASE = {"document", "faults", "forms", "journeys", "js", "management", "pages", "readers", "writers"}
DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "django_db_reset_sequences"}
# Files with a test that takes ten seconds or more, many of them waiting for another process.
LONG = {
    "test_lost_database.py",
    "test_migrations.py",
    "test_pdf_record.py",
    "test_pdf_seal.py",
    "test_private_files.py",
    "test_public_host.py",
    "test_road.py",
    "test_worker.py",
}
# A test that uses one of these counts queries.
QUERY_COUNTS = {"CaptureQueriesContext", "django_assert_num_queries", "django_assert_max_num_queries"}


def pytest_addoption(parser):
    parser.addoption("--postgres", action="store_true", help="run the tests of the database on PostgreSQL")
    parser.addoption("--pages", choices=["elsewhere", "only"], help="leave out the tests of pages, or all others")


def pytest_ignore_collect(collection_path, config):
    if config.getoption("postgres") and collection_path.parent == TESTS and collection_path.name in WITHOUT_DATABASE:
        return True
    return None  # as usual


@pytest.hookimpl(trylast=True)  # after pytest-django, which puts tests that empty the tables last
def pytest_collection_modifyitems(config, items):
    for item in items:
        if JOURNEYS in item.path.parents:
            item.add_marker("journey")
    check_places(items)
    chosen = [item for item in items if belongs(item, config)]
    config.hook.pytest_deselected(items=list(set(items) - set(chosen)))
    # The longest first: a long test that starts last keeps one worker busy while the others are idle.
    items[:] = sorted(
        chosen,
        key=lambda item: (item.path.name != "test_faults.py", not marked(item, "journey"), item.path.name not in LONG),
    )
    reason = os.environ.get("ALLIANCE_NO_POSTGRES")
    if config.getoption("postgres") and reason:
        for item in items:
            item.add_marker(pytest.mark.skip(reason=reason))


def check_places(items) -> None:
    """Raise UsageError for a test of the database where no run on PostgreSQL looks for it."""
    for item in items:
        if item.path.relative_to(TESTS).parts[0] in WITHOUT_DATABASE and uses_database(item):
            raise pytest.UsageError(f"{item.nodeid} uses the database: see WITHOUT_DATABASE in {__file__}.")


def belongs(item, config) -> bool:
    if config.getoption("postgres"):
        return uses_database(item) and not marked(item, "journey", "sqlite")
    pages = config.getoption("pages")
    return not marked(item, "postgres") and (not pages or is_page(item) == (pages == "only"))


def is_page(item) -> bool:
    """Return whether the item tests a page and does not count its queries, which differ between databases."""
    if "views" not in item.path.relative_to(TESTS).parts or not uses_database(item) or marked(item, "sqlite"):
        return False
    names = {*item.fixturenames, *item.function.__code__.co_names}
    return "queries" not in item.path.stem and QUERY_COUNTS.isdisjoint(names)


def uses_database(item) -> bool:
    from django.test import TransactionTestCase

    is_django_case = isinstance(getattr(item, "cls", None), type) and issubclass(item.cls, TransactionTestCase)
    return is_django_case or marked(item, "django_db") or not DATABASE_FIXTURES.isdisjoint(item.fixturenames)


def marked(item, *names: str) -> bool:
    return any(item.get_closest_marker(name) for name in names)
