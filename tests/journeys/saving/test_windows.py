"""Two windows of one person: the other one follows, and nobody is asked to choose between two texts of their own."""

import pytest

from tests.browser import check_axe
from tests.journeys.saving.pages import (
    ANKE,
    GOAL,
    OFFLINE,
    box,
    expect_paragraphs,
    open_goal,
    poll_now,
    put_cursor,
    put_cursor_after,
    revisions,
    saved,
    says,
    wait_until_store_is_empty,
    without_news,
    write,
)

pytestmark = pytest.mark.console_errors("Failed to load resource")
GUIDE = "Politie kreeg een handleiding."
JOINED = "What you wrote in another window is in this text, too."


@pytest.fixture(params=["a tab", "another browser"])
def window(request, server, anke, open_page):
    """Return a function that opens a second window of the same person."""

    def open_second():
        if request.param == "another browser":
            return open_goal(server, open_page(), ANKE)
        second = anke.context.new_page()
        second.goto(GOAL)
        box(second).wait_for()
        return second

    return open_second


def test_another_tab_follows_what_is_typed(server, anke):
    write(anke, GUIDE)
    second = anke.context.new_page()
    second.add_init_script("window.setInterval = () => 0")  # it would ask by itself, later
    second.goto(GOAL)
    expect_paragraphs(second, GUIDE)
    put_cursor(anke, 0)
    with saved(anke):
        anke.keyboard.type(" In mei.")
    expect_paragraphs(second, f"{GUIDE} In mei.")


def test_two_windows_at_one_place_keep_both(server, anke, window):
    write(anke, GUIDE)
    second = window()
    with without_news(second):
        put_cursor(anke, 0)
        with saved(anke):
            anke.keyboard.type(" In mei.")
        put_cursor(second, 0)
        with saved(second):
            second.keyboard.type(" In juni.")
        says(second, JOINED)
    expect_paragraphs(second, f"{GUIDE} In mei. In juni.")
    check_axe(second)
    poll_now(anke)
    expect_paragraphs(anke, f"{GUIDE} In mei. In juni.")
    assert anke.locator(".conflict").count() == second.locator(".conflict").count() == 0
    assert server.sql("SELECT COUNT(*) FROM reports_conflict") == [(0,)]
    assert [body for _number, body, _by in revisions(server)][-2:] == [
        f"<p>{GUIDE} In mei.</p>",
        f"<p>{GUIDE} In mei. In juni.</p>",
    ]


def test_two_windows_that_were_offline_keep_both(server, anke, window):
    write(anke, GUIDE)
    second = window()
    for page, words in ((anke, " in mei"), (second, " in juni")):
        page.context.set_offline(True)
        put_cursor_after(page, "kreeg")
        page.keyboard.type(words)
        says(page, OFFLINE)
    for page in (anke, second):
        page.context.set_offline(False)
        says(page, "Saved")
        wait_until_store_is_empty(page)
    for page in (anke, second):
        poll_now(page)
        box(page).filter(has_text="in mei").filter(has_text="in juni").wait_for()
        assert page.locator(".conflict").count() == 0
