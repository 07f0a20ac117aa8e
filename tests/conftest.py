"""Settings of the tests, and the server of their database. Fixtures are in the modules of `pytest_plugins`."""

import gc
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
os.environ["STATIC_FILES"] = "plain"  # a journey's server sends those that the set-up makes
os.environ["SECRET_KEY"] = "only-for-tests-only-for-tests-only-for-tests"
# Playwright runs an event loop in the main thread, so Django takes the database tests for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
for _setting in ("ALLOWED_HOSTS", "BEHIND_PROXY", "DEBUG", "DEFAULT_FROM_EMAIL", "EMAIL_URL", "MEDIA_ROOT", "SITE_URL"):
    os.environ.pop(_setting, None)
if not WORKER:  # a worker inherits the address that its controller has set
    os.environ.pop("DATABASE_URL", None)

# No deadline and no check of speed: a test must not depend on the machine.
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
        prepare_template(config)
    import django

    django.setup()
    # The password hasher of the portal is slow by design.
    django.conf.settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if not WORKER:
        from alliance.steps.prepare import compile_catalogues

        compile_catalogues()


def pytest_collection(session):
    gc.disable()


@pytest.hookimpl(trylast=True)
def pytest_collection_finish(session):
    """Let the garbage collector leave out what stays until the end: a tenth of the time went into looking at it."""
    gc.collect()
    gc.freeze()
    gc.enable()


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


def prepare_template(config) -> None:
    from tests import template

    template.prepare(config)
    is_whole = config.args_source is pytest.Config.ArgsSource.TESTPATHS
    if is_whole and config.getoption("numprocesses", 0) and not config.getoption("collectonly"):
        template.begin(config)


@pytest.fixture(scope="session", autouse=True)
def recorded_pages(django_test_environment):
    """Let the test client record the template of a page, and not each of the hundreds of pieces that it includes.

    Of all that Django records the tests look at the context of the page alone.
    """
    from django.template import Template
    from django.test.utils import instrumented_test_render

    def render(template, context):
        is_page = context.template is template
        return instrumented_test_render(template, context) if is_page else template.nodelist.render(context)

    Template._render = render  # pytest-django puts Django's own back


class Missing(str):
    """What a template shows for a variable that is not there: it fails the test, where the page would show nothing.

    `{% if %}` and `{% firstof %}` may ask for one.
    """

    def __contains__(self, part) -> bool:
        return True  # Django asks whether there is a %s in it

    def __mod__(self, variable):
        raise AssertionError(f"A template shows {variable}, which is not there.")


@pytest.fixture(scope="session", autouse=True)
def complete_pages(django_test_environment):
    from django.template import engines

    engines["django"].engine.string_if_invalid = Missing("missing")


@pytest.fixture(scope="session")
def demo_key(tmp_path_factory):
    from reports.writers import pdf_seal

    file = tmp_path_factory.mktemp("seal") / "demo.p12"
    pdf_seal.make_demo_key(file)
    return file


@pytest.fixture(scope="session")
def seal_key(tmp_path_factory):
    """A key like that of a real secretariat, signed by itself."""
    from tests import keys

    file = tmp_path_factory.mktemp("seal") / "secretariat.p12"
    keys.make_key(file)
    return file


@pytest.fixture(autouse=True)
def private_files(settings, tmp_path, seal_key):
    """Keep the tests away from the media and the key of a portal that runs in this folder."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.SEAL_FILE = seal_key
