"""The secretariat translates what was sent in, in a browser: with the editor and by keyboard, and without scripts."""

import pytest
from playwright.sync_api import expect

from tests.browser import check_axe, use_session
from tests.journeys.translating.pages import RUTH, SAVED

REVIEW = "/reports/LU/2014/review/1.1.A/"
LAW = "The police compare pictures from the first day."


@pytest.fixture
def server(server):
    server.set_language("en")
    return server


def test_a_reviewer_translates_by_keyboard_and_reads_it(server, page):
    use_session(server, page, RUTH)
    page.goto(REVIEW + "?show=text")
    page.get_by_role("link", name="Translate this section for the secretariat").press("Enter")
    page.wait_for_url("**/review/1.1.A/translate/en/")
    page.locator(".unit .ProseMirror").first.focus()
    page.keyboard.type(LAW)
    expect(page.locator(".unit").first.get_by_text("Done")).to_be_visible()
    expect(page.locator(".unit").first.locator(".save")).to_have_text(SAVED)
    check_axe(page)
    page.get_by_role("link", name="Back to reading").press("Enter")
    own = page.locator(".contribution", has_text="the secretariat’s translation").first
    expect(own.get_by_text(LAW)).to_be_visible()
    expect(own.locator("[lang=fr]").last).to_be_visible()
    check_axe(page)


def test_it_works_without_scripts(server, open_page):
    page = open_page(java_script_enabled=False)
    use_session(server, page, RUTH)
    page.goto(REVIEW + "translate/en/")
    page.locator("textarea[name=r0-0-body]").fill(LAW)
    page.get_by_role("button", name="Save and go to 1.1.B").click()
    page.wait_for_url("**/review/1.1.B/translate/en/")
    page.goto(REVIEW + "?show=translation")
    expect(page.get_by_text(LAW)).to_be_visible()
