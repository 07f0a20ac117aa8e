"""Settings of the tests, and the database they run on. Everything else is in the modules of `pytest_plugins`."""

import os

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

pytest_plugins = [
    "tests.browser",
    "tests.cast",
    "tests.database",
    "tests.outcomes",
    "tests.portal",
    "tests.selection",
]

WORKER = "PYTEST_XDIST_WORKER" in os.environ

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
