"""Which tests run, on which database, in which order.

SQLite runs everything but what is only true on PostgreSQL; PostgreSQL (`--postgres`) runs what uses the database. With
`--views-elsewhere` the pages are left to the run on PostgreSQL: docs/adr/0020 says why once is enough for them.
"""

import os
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
JOURNEYS = TESTS / "journeys"
DATABASE = {"db", "transactional_db", "live_server", "django_db_reset_sequences", "django_db_serialized_rollback"}

QUERY_COUNTS = {"CaptureQueriesContext", "django_assert_num_queries", "django_assert_max_num_queries"}


def pytest_addoption(parser):
    parser.addoption("--postgres", action="store_true", help="run the tests of the database on PostgreSQL")
    parser.addoption("--views-elsewhere", action="store_true", help="leave out the pages, which PostgreSQL has run")


@pytest.hookimpl(trylast=True)  # after pytest-django, which sorts by what a test does to the database
def pytest_collection_modifyitems(config, items):
    for item in items:
        if JOURNEYS in item.path.parents:
            item.add_marker("journey")
    chosen = [item for item in items if belongs(item, config)]
    config.hook.pytest_deselected(items=list(set(items) - set(chosen)))
    # The longest first: begun last, one of them would keep a single worker busy at the end.
    items[:] = sorted(chosen, key=lambda item: (item.path.name != "test_faults.py", not marked(item, "journey")))
    reason = os.environ.get("ALLIANCE_NO_POSTGRES")
    if config.getoption("postgres") and reason:
        for item in items:
            item.add_marker(pytest.mark.skip(reason=reason))


def belongs(item, config) -> bool:
    if config.getoption("postgres"):
        return uses_database(item) and not marked(item, "journey", "sqlite")
    return not marked(item, "postgres") and not (config.getoption("views_elsewhere") and is_page(item))


def is_page(item) -> bool:
    """Return whether this is a test of a page, other than of how many queries the page makes."""
    if "views" not in item.path.relative_to(TESTS).parts or not uses_database(item) or marked(item, "sqlite"):
        return False
    names = {*item.fixturenames, *item.function.__code__.co_names}
    return "queries" not in item.path.stem and QUERY_COUNTS.isdisjoint(names)


def uses_database(item) -> bool:
    from django.test import TransactionTestCase

    is_django_case = isinstance(getattr(item, "cls", None), type) and issubclass(item.cls, TransactionTestCase)
    return is_django_case or marked(item, "django_db") or not DATABASE.isdisjoint(item.fixturenames)


def marked(item, *names: str) -> bool:
    return any(item.get_closest_marker(name) for name in names)
