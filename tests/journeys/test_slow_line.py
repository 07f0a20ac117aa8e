"""What pages cost on a slow line, and writing before everything has arrived."""

import re

import pytest

from tests.browser import use_session, wait_until
from tests.journeys.saving.pages import ANKE, GOAL, SAVED, revisions, says

REVIEWER = "reviewer@example.org"
PAGES = {
    "writing": (ANKE, GOAL),
    "report": (ANKE, "/reports/BE/2014/"),
    "review": (REVIEWER, "/reports/LU/2014/review/1.1.A/"),
    "desk": (REVIEWER, "/desk/2014/"),
}
MOST_BYTES, MOST_REQUESTS = 350_000, 20
SLOW = {"offline": False, "latency": 400, "downloadThroughput": 400_000 / 8, "uploadThroughput": 400_000 / 8}


class Line:
    """What a page fetches from the server, without what the browser still has."""

    def __init__(self, page) -> None:
        self.session = page.context.new_cdp_session(page)
        self.session.send("Network.enable")
        self.forget()
        self.session.on(
            "Network.requestWillBeSent", lambda told: self.asked.update({told["requestId"]: told["request"]})
        )
        self.session.on("Network.requestServedFromCache", lambda told: self.asked.pop(told["requestId"], None))
        self.session.on("Network.responseReceived", self.answered)
        self.session.on("Network.loadingFinished", self.finished)

    def forget(self) -> None:
        self.asked: dict[str, dict] = {}
        self.bytes = 0

    def answered(self, told) -> None:
        if told["response"].get("fromDiskCache"):
            self.asked.pop(told["requestId"], None)

    def finished(self, told) -> None:
        if told["requestId"] in self.asked:
            self.bytes += told["encodedDataLength"]

    @property
    def static(self) -> list[str]:
        return [request["url"] for request in self.asked.values() if "/static/" in request["url"]]


@pytest.fixture
def page(open_page):
    """A browser that has never been here."""
    return open_page(new=True)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_small_and_its_files_come_once(server, page, name):
    email, address = PAGES[name]
    use_session(server, page, email)
    line = Line(page)
    page.goto(address, wait_until="networkidle")
    assert line.static
    assert len(line.asked) <= MOST_REQUESTS
    assert line.bytes <= MOST_BYTES
    line.forget()
    page.goto(address, wait_until="networkidle")
    assert line.asked  # the page itself
    assert line.static == []


def test_static_files_are_kept_for_a_year_and_pages_compressed(server, page):
    use_session(server, page, ANKE)
    answers = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(GOAL, wait_until="networkidle")
    for answer in answers:
        if "/static/" in answer.url:
            age = re.search(r"max-age=(\d+).*immutable", answer.headers["cache-control"])
            assert age, answer.url
            assert int(age[1]) >= 365 * 24 * 3600
        if answer.request.resource_type != "fetch" and not answer.url.endswith(".woff2") and len(answer.body()) > 1000:
            assert answer.headers.get("content-encoding") in ("br", "gzip"), answer.url


def test_text_typed_on_a_slow_line_is_kept(server, page):
    server.set_language("en")
    use_session(server, page, ANKE)
    Line(page).session.send("Network.emulateNetworkConditions", SLOW)
    page.goto(GOAL, wait_until="commit")
    page.locator("#section-2-1-a textarea").first.press("End")
    page.keyboard.type("Vroeg getypt, ")
    assert page.locator(".ProseMirror").count() == 0  # the editor is still on its way
    page.locator("#section-2-1-a .ProseMirror").first.wait_for()
    page.keyboard.type("en verder.")
    says(page, SAVED)
    wait_until(page, lambda: revisions(server)[-1][1] == "<p>Vroeg getypt, en verder.</p>")
