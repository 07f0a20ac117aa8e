"""A real Chromium for the journeys. No page may send a request to another host or write an error to the console."""

import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.utils.crypto import get_random_string

RESULTS = Path(__file__).resolve().parent.parent / "test-results"
# The headless shell is the same engine without the browser's own windows, for half of the processor time (ADR 20).
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
# Without these flags Chromium contacts its vendor's hosts at every start.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SERIOUS = ("serious", "critical")
# The rules that can only find something minor or moderate take two fifths of axe's time, and no test asks for them.
RUN_AXE = """async () => {
  const lesser = axe._audit.rules.filter(rule => ["minor", "moderate"].includes(rule.impact));
  const rules = Object.fromEntries(lesser.map(rule => [rule.id, {enabled: false}]));
  return (await axe.run({resultTypes: ["violations"], rules})).violations;
}"""
SIGN_IN = "/sign-in/"
# How long a journey waits before it fails. Long, because no test may depend on the speed of the machine.
PATIENCE = 60  # seconds


@pytest.fixture(scope="session")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = launched(playwright.chromium)
        yield chromium
        chromium.close()


def program() -> str | None:
    """Return the path of this computer's Chromium, or None."""
    return os.environ.get("PLAYWRIGHT_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def launched(chromium, **options):
    """Start this computer's Chromium; skip the test where there is none."""
    path = program()
    if not path:
        pytest.skip("there is no Chromium (apt-get install chromium-headless-shell, or set PLAYWRIGHT_CHROMIUM)")
    return chromium.launch(executable_path=path, args=FLAGS, headless=True, **options)


class Watch:
    """Records requests to other hosts, and errors in the console that the test does not expect."""

    def __init__(self, host: str, allowed: tuple[str, ...]) -> None:
        self.host, self.allowed = host, allowed
        self.elsewhere: list[str] = []
        self.errors: list[str] = []

    def request(self, request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in ("about", "blob", "data") and address.netloc != self.host:
            self.elsewhere.append(request.url)

    def message(self, message) -> None:
        if message.type == "error":
            self.error(message.text)

    def web_error(self, error) -> None:
        self.error(str(error.error))

    def error(self, text: str) -> None:
        if not any(re.search(pattern, text) for pattern in self.allowed):
            self.errors.append(text)

    def follow(self, context) -> None:
        for event, listener in self.listeners:
            context.on(event, listener)

    def leave(self, context) -> None:
        for event, listener in self.listeners:
            context.remove_listener(event, listener)

    @property
    def listeners(self) -> tuple[tuple[str, Callable], ...]:
        return ("request", self.request), ("console", self.message), ("weberror", self.web_error)


@pytest.fixture(scope="session")
def tabs(browser):
    from tests.tabs import Tabs, watch_changes

    watch_changes()
    return Tabs(browser)


@pytest.fixture
def open_page(request, server, tabs) -> Iterator[Callable]:
    """Return a function that opens a page in a browser context that no other page of the journey has.

    It takes the options of a context, such as `java_script_enabled=False`, and `new=True` for a browser that has never
    loaded anything of the portal.
    """
    from tests.tabs import changed

    marker = request.node.get_closest_marker("console_errors")
    watch = Watch(urlsplit(server.url).netloc, marker.args if marker else ())
    opened = []

    def open_one(*, new=False, **options):
        options = {"base_url": server.url, "locale": "en-GB", "timezone_id": "Europe/Brussels", **options}
        page = tabs.take(options, new=new)
        watch.follow(page.context)
        changed.discard(page.context)  # this listener is removed
        opened.append((page, options))
        return page

    yield open_one
    if request.node.stash.get(failed_key, False):
        for number, (page, _options) in enumerate(opened):
            picture(request.node.name, number, page.context)
    for page, options in opened:
        watch.leave(page.context)
        tabs.give_back(page, options)
    assert not watch.elsewhere, f"requests to other hosts: {watch.elsewhere}"
    assert not watch.errors, f"errors in the console: {watch.errors}"


def picture(name: str, number: int, context) -> None:
    """Keep what a failed journey had on its pages."""
    RESULTS.mkdir(exist_ok=True)
    name = re.sub(r"\W+", "-", name).strip("-")
    for page in context.pages:
        page.screenshot(path=RESULTS / f"{name}-{number}.png", full_page=True)


@pytest.fixture
def page(open_page):
    return open_page()


failed_key = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if report.when == "call" and report.failed:
        item.stash[failed_key] = True
    return report


def wait_until(page, condition: Callable[[], object]) -> None:
    """Wait until the condition is true while the page goes on; raise AssertionError after `PATIENCE`."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, f"the condition was not met within {PATIENCE} seconds"
        page.wait_for_timeout(50)  # time.sleep would also stop the handlers of routes


class Held:
    """Requests to an address that get no answer until `release`. Later ones pass."""

    def __init__(self, page, address: str) -> None:
        self.page, self.routes, self.is_open = page, [], False
        # Not removed by `unroute`: in Chromium a request that arrives meanwhile is never answered.
        page.route(address, lambda route: route.fallback() if self.is_open else self.routes.append(route))

    def wait(self) -> None:
        """Wait until there is a request."""
        wait_until(self.page, lambda: self.routes)

    def release(self) -> None:
        """Let all requests go on. A page that waited too long has sent its first one a second time."""
        self.is_open = True
        for route in self.routes:
            route.continue_()


def sign_in(page, email: str, password: str) -> None:
    """Sign in through the form and wait for the page that follows."""
    page.goto(SIGN_IN)
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(password)
    page.locator("form:has(input[name=password]) [type=submit]").click()
    page.wait_for_url(lambda url: urlsplit(url).path != SIGN_IN)


def use_session(server, page, email: str) -> None:
    """Replace the session of the page's browser by one of this user, without the form.

    As after the form there is a CSRF cookie: two requests without one would each get another, and the page the token of
    the cookie that is gone.
    """
    values = {"sessionid": server.sessions[email], "csrftoken": get_random_string(32)}
    page.context.clear_cookies()
    page.context.add_cookies([{"name": name, "value": value, "url": server.url} for name, value in values.items()])


def check_axe(page) -> None:
    """Fail if axe finds anything serious or critical on the page."""
    from axe_playwright_python.base import AXE_SCRIPT

    page.evaluate(AXE_SCRIPT)
    serious = [violation for violation in page.evaluate(RUN_AXE) if violation["impact"] in SERIOUS]
    told = [
        f"{violation['id']}: {violation['help']}\n  " + "\n  ".join(node["html"] for node in violation["nodes"])
        for violation in serious
    ]
    assert not serious, f"{page.url}\n" + "\n".join(told)
