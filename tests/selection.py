"""Chooses and orders the tests of a run.

Without options everything runs on SQLite, except tests marked `postgres`. With `--postgres` the tests that use the
database run on PostgreSQL, except those marked `sqlite`. `--views-elsewhere` leaves out the tests of pages, which
`make test` has run on PostgreSQL by then (docs/adr/0020).
"""

import os
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
JOURNEYS = TESTS / "journeys"
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
    parser.addoption("--views-elsewhere", action="store_true", help="leave out the tests of pages")


@pytest.hookimpl(trylast=True)  # after pytest-django, which puts tests that empty the tables last
def pytest_collection_modifyitems(config, items):
    for item in items:
        if JOURNEYS in item.path.parents:
            item.add_marker("journey")
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


def belongs(item, config) -> bool:
    if config.getoption("postgres"):
        return uses_database(item) and not marked(item, "journey", "sqlite")
    return not marked(item, "postgres") and not (config.getoption("views_elsewhere") and is_page(item))


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
