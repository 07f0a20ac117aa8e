"""Settings of the tests, the choice of database, and the account of what did not run."""

import json
import os
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

pytest_plugins = ["tests.browser", "tests.cast", "tests.database", "tests.portal"]

WORKER = "PYTEST_XDIST_WORKER" in os.environ
JOURNEYS = Path(__file__).parent / "journeys"

os.environ["DJANGO_SETTINGS_MODULE"] = "alliance.settings"
os.environ["SECRET_KEY"] = "only-for-tests-only-for-tests-only-for-tests"
# Playwright keeps an event loop in the thread that the tests of the database run in.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
for _setting in ("ALLOWED_HOSTS", "BEHIND_PROXY", "DEBUG", "DEFAULT_FROM_EMAIL", "EMAIL_URL", "MEDIA_ROOT"):
    os.environ.pop(_setting, None)
if not WORKER:  # a worker finds here what its controller has chosen
    os.environ.pop("DATABASE_URL", None)

# No test depends on how fast the machine is.
hypothesis_settings.register_profile(
    "portal",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
    derandomize="CI" in os.environ,
)
hypothesis_settings.load_profile("portal")

skipped: list[tuple[str, str]] = []
outcomes: Counter[str] = Counter()


def pytest_addoption(parser):
    parser.addoption("--postgres", action="store_true", help="run the tests of the database on PostgreSQL")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config):
    if not WORKER:
        demand_seeds()
        if config.getoption("postgres"):
            start_postgres(config)
    import django

    django.setup()
    # The portal's own way to keep passwords is slow on purpose.
    django.conf.settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if not WORKER:
        from alliance.steps.prepare import compile_catalogues

        compile_catalogues()


def demand_seeds() -> None:
    from tests.seeds import FOLDER, SEEDS

    if os.environ.get("ALLIANCE_REQUIRE_SEEDS") == "1" and not SEEDS:
        raise pytest.UsageError(f"ALLIANCE_REQUIRE_SEEDS=1, and there are no real forms in {FOLDER}.")


def start_postgres(config) -> None:
    from tests.postgres import Unavailable, running

    server = running()
    try:
        os.environ["DATABASE_URL"] = server.__enter__()
    except Unavailable as reason:
        os.environ["ALLIANCE_NO_POSTGRES"] = str(reason)
    else:
        config.add_cleanup(lambda: server.__exit__(None, None, None))


def uses_database(item) -> bool:
    from django.test import TransactionTestCase

    is_django_case = isinstance(getattr(item, "cls", None), type) and issubclass(item.cls, TransactionTestCase)
    fixtures = {"db", "transactional_db", "django_db_reset_sequences", "django_db_serialized_rollback"}
    marked = item.get_closest_marker("django_db") is not None
    return is_django_case or marked or not fixtures.isdisjoint(getattr(item, "fixturenames", ()))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config, items):
    for item in items:
        if JOURNEYS in item.path.parents:
            item.add_marker("journey")
    on_postgres = config.getoption("postgres")
    chosen = [item for item in items if belongs(item, on_postgres)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(chosen)])
    # The journeys take longest: begun last, one of them would keep a single worker busy at the end.
    items[:] = sorted(chosen, key=lambda item: item.get_closest_marker("journey") is None)
    reason = os.environ.get("ALLIANCE_NO_POSTGRES")
    if on_postgres and reason:
        for item in items:
            item.add_marker(pytest.mark.skip(reason=reason))


def belongs(item, on_postgres: bool) -> bool:
    if not on_postgres:
        return item.get_closest_marker("postgres") is None
    elsewhere = item.get_closest_marker("journey") or item.get_closest_marker("sqlite")
    return elsewhere is None and uses_database(item)


@pytest.fixture(scope="session")
def demo_key(tmp_path_factory):
    from reports.writers import pdf_seal

    file = tmp_path_factory.mktemp("seal") / "demo.p12"
    pdf_seal.make_demo_key(file)
    return file


@pytest.fixture(autouse=True)
def private_files(settings, tmp_path, demo_key):
    """Nothing of this folder's own portal is read or written."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.SEAL_FILE = demo_key


def pytest_runtest_logreport(report):
    if report.skipped and not hasattr(report, "wasxfail"):
        note_skipped(report)
    elif report.failed:
        outcomes["failed"] += 1
    elif report.when == "call":
        outcomes["passed"] += 1


def pytest_collectreport(report):
    if report.skipped:
        note_skipped(report)
    elif report.failed:
        outcomes["failed"] += 1


def note_skipped(report) -> None:
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    skipped.append((report.nodeid, reason.removeprefix("Skipped: ")))


def pytest_sessionfinish(session):
    if WORKER:
        return
    if skipped and os.environ.get("ALLIANCE_REQUIRE_ALL") == "1":
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
    account = os.environ.get("ALLIANCE_ACCOUNT")
    if account:
        Path(account).write_text(json.dumps({**dict.fromkeys(("passed", "failed"), 0), **outcomes, "skipped": skipped}))


def pytest_terminal_summary(terminalreporter):
    if not skipped:
        return
    demanded = os.environ.get("ALLIANCE_REQUIRE_ALL") == "1"
    terminalreporter.section("not run" + (", although ALLIANCE_REQUIRE_ALL=1 demands it" if demanded else ""))
    for test, reason in skipped:
        terminalreporter.line(f"{test}: {reason}")
