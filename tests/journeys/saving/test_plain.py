"""Without JavaScript the page saves with its button, and overwrites nobody either."""

import pytest

from tests.browser import check_axe, use_session
from tests.journeys.saving.pages import ANKE, GOAL, LUC

BOX = "#section-2-1-a textarea"


@pytest.fixture
def plain(server, open_page):
    """Return a function that opens the goal as a user, without JavaScript."""

    def open_goal(email):
        page = open_page(java_script_enabled=False)
        use_session(server, page, email)
        page.goto(GOAL)
        return page

    return open_goal


def save(page):
    page.get_by_role("button", name="Save", exact=True).click()
    page.locator(".messages, [role=status]").filter(has_text="Saved.").wait_for()


def bodies(server):
    return server.sql("SELECT body FROM reports_contribution WHERE body LIKE '%politie kreeg een handleiding%'")


def test_going_back_and_saving_overwrites_no_newer_text(server, plain):
    anke = plain(ANKE)
    anke.locator(BOX).first.fill("De politie kreeg een handleiding.")
    save(anke)
    anke.locator(BOX).first.fill("De politie kreeg een handleiding, en meer.")
    anke.goto("/help/")
    luc = plain(LUC)
    luc.locator(BOX).first.fill("De politie kreeg een handleiding.\n\nVan Luc.")
    save(luc)
    anke.go_back()
    anke.get_by_role("button", name="Save", exact=True).click()
    anke.wait_for_load_state()
    assert bodies(server) == [("<p>De politie kreeg een handleiding.</p><p>Van Luc.</p>",)]


@pytest.mark.console_errors("Failed to load resource", "ERR_FAILED")
def test_a_page_with_refused_texts_is_accessible(server, open_page):
    page = open_page()
    page.route("**/*.js", lambda route: route.abort())  # axe itself needs scripts
    use_session(server, page, ANKE)
    page.goto(GOAL)
    page.locator(BOX).first.fill("De politie kreeg een handleiding.")
    page.locator("#section-2-1-b textarea").first.fill("woord " * 40_000)
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("Split it into two contributions").first.wait_for()
    assert bodies(server) == [("<p>De politie kreeg een handleiding.</p>",)]
    check_axe(page)
