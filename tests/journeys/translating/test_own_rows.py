"""The secretariat's translation is kept like a country's: saved while it is typed, merged, and never lost."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import check_axe, use_session, wait_until
from tests.journeys.saving.pages import LISTEN, OFFLINE, poll_now, stored_records, wait_until_stored, without_news
from tests.journeys.translating.pages import (
    ADA,
    OWN_PAGE,
    RUTH,
    SAVED,
    TEXT,
    box,
    count,
    open_own,
    own_translation,
    row,
    take_step,
    type_into,
    write_text,
)

DUTCH = ("De wet is op 10 april 2014 in werking getreden.", "Twee opleidingsdagen.", "Een handleiding.")
MANUAL = "Er is een gids voor de politie."


@pytest.fixture
def server(server):
    server.set_language("en")
    write_text(server)
    take_step(server, "SEND_IN")
    return server


def line(page, number):
    return row(page, number).locator(".save")


def test_all_rows_are_translated_by_keyboard(server, page):
    open_own(server, page)
    expect(count(page)).to_contain_text("0/3")
    for words in DUTCH:
        page.keyboard.press("Alt+PageDown")
        page.keyboard.type(words)
    expect(count(page)).to_contain_text("3/3")
    expect(page.locator("[data-section-count]")).to_have_text("3 of 3 done")
    expect(page.locator("[data-way] .nums")).to_have_text(re.compile(r"^3 of \d+$"))
    check_axe(page)
    page.evaluate(LISTEN)
    page.keyboard.press("Alt+PageDown")
    wait_until(page, lambda: page.evaluate("said.length"))
    assert page.evaluate("said.at(-1)") == "Nothing is left to do in this section."
    assert own_translation(server) == "".join(f"<p>{words}</p>" for words in DUTCH)


def test_ctrl_enter_says_that_a_row_is_up_to_date(server, page):
    open_own(server, page)
    type_into(page, 2, DUTCH[1])
    expect(line(page, 2)).to_have_text(SAVED)
    take_step(server, "WITHDRAW")
    write_text(server, TEXT.replace("training days", "long training days"))
    take_step(server, "SEND_IN")
    poll_now(page)
    page.get_by_role("link", name="Load the page again to see it").click()
    expect(row(page, 2)).to_contain_text("Out of date")
    expect(row(page, 2).locator("ins")).to_contain_text("long")
    box(page, 2).click()
    page.keyboard.press("Control+Enter")
    expect(row(page, 2)).to_contain_text("Done")
    expect(box(page, 3)).to_be_focused()
    expect(count(page)).to_contain_text("1/3")


@pytest.mark.console_errors("net::ERR_INTERNET_DISCONNECTED")
def test_text_of_a_closed_tab_comes_back_and_is_saved(server, page):
    open_own(server, page)
    page.context.set_offline(True)
    type_into(page, 2, DUTCH[1])
    expect(line(page, 2)).to_have_text(OFFLINE)
    page.close()
    page.context.set_offline(False)
    back = page.context.new_page()
    back.goto("/unsent/")
    back.get_by_role("link", name="2.1.A (NL), Ministry of Justice, paragraph 2").click()
    expect(box(back, 2)).to_have_text(DUTCH[1])
    wait_until(back, lambda: own_translation(server) == f"<p>{DUTCH[1]}</p>")
    wait_until(back, lambda: not stored_records(back))


def test_two_reviewers_get_each_others_rows_and_words(server, page, open_page):
    open_own(server, page)
    ada = open_own(server, open_page(), ADA)
    type_into(page, 1, DUTCH[0])
    expect(line(page, 1)).to_have_text(SAVED)
    type_into(ada, 2, DUTCH[1])
    expect(line(ada, 2)).to_have_text(SAVED)
    poll_now(ada)
    expect(row(ada, 1)).to_contain_text("Done")
    expect(count(ada)).to_contain_text("2/3")
    expect(box(ada, 1)).to_have_text(DUTCH[0])
    with without_news(page):
        type_into(ada, 1, " Sinds mei.")
        expect(line(ada, 1)).to_have_text(SAVED)
        box(page, 1).click()
        page.keyboard.press("Control+Home")
        page.keyboard.type("Hier: ")
        wait_until(page, lambda: f"<p>Hier: {DUTCH[0]} Sinds mei.</p>" in own_translation(server))
    expect(box(page, 1)).to_have_text(f"Hier: {DUTCH[0]} Sinds mei.")


def refused_ada(server, page, open_page):
    """Let Ruth and Ada translate one passage at once; return Ada's page, to whom Ruth's translation is shown."""
    open_own(server, page)
    ada = open_own(server, open_page(), ADA)
    with without_news(ada):
        type_into(page, 3, DUTCH[2])
        expect(line(page, 3)).to_have_text(SAVED)
        type_into(ada, 3, MANUAL)
        expect(line(ada, 3)).to_contain_text("A colleague has translated this passage in the meantime.")
    return ada


@pytest.mark.console_errors("status of 422")
def test_same_words_of_two_reviewers_are_both_kept(server, page, open_page):
    ada = refused_ada(server, page, open_page)
    expect(line(ada, 3)).to_contain_text("Kept on this computer")
    assert own_translation(server) == f"<p>{DUTCH[2]}</p>"
    ada.reload()
    choice = row(ada, 3).get_by_role("group", name="The colleague’s translation")
    expect(choice).to_contain_text(DUTCH[2])
    expect(box(ada, 3)).to_have_text(MANUAL)
    check_axe(ada)
    type_into(ada, 3, f" {DUTCH[2]}")
    expect(line(ada, 3)).to_contain_text("A colleague has translated this passage in the meantime.")
    assert own_translation(server) == f"<p>{DUTCH[2]}</p>"  # typing on is no choice
    choice.get_by_role("button", name="Use yours").press("Enter")
    expect(line(ada, 3)).to_contain_text(SAVED)
    assert own_translation(server) == f"<p>{MANUAL} {DUTCH[2]}</p>"
    expect(choice).to_have_count(0)
    wait_until(ada, lambda: not stored_records(ada))


@pytest.mark.console_errors("status of 422")
def test_a_colleagues_words_can_be_taken(server, page, open_page):
    ada = refused_ada(server, page, open_page)
    row(ada, 3).get_by_role("button", name="Use theirs").click()
    expect(box(ada, 3)).to_have_text(DUTCH[2])
    expect(row(ada, 3).get_by_role("group", name="The colleague’s translation")).to_have_count(0)
    wait_until(ada, lambda: not stored_records(ada))
    assert own_translation(server) == f"<p>{DUTCH[2]}</p>"


@pytest.mark.console_errors("status of 40[13]")  # 403: the token of the session before
def test_text_typed_while_signed_out_is_saved_after_signing_in(server, page):
    open_own(server, page)
    page.context.clear_cookies()
    type_into(page, 1, DUTCH[0])
    expect(line(page, 1)).to_contain_text("Not saved yet: you are signed out")
    expect(line(page, 1)).to_contain_text("Kept on this computer")
    use_session(server, page, RUTH)
    poll_now(page)
    expect(line(page, 1)).to_have_text(SAVED)
    assert own_translation(server) == f"<p>{DUTCH[0]}</p>"


@pytest.mark.console_errors("status of 4(03|10|22)")
def test_text_stays_when_the_country_takes_the_report_back(server, page):
    open_own(server, page)
    take_step(server, "WITHDRAW")
    type_into(page, 1, DUTCH[0])
    expect(line(page, 1)).to_contain_text("the country has taken it back")
    expect(line(page, 1)).to_contain_text("Kept on this computer")
    wait_until_stored(page, DUTCH[0])
    page.goto("/unsent/")
    expect(page.get_by_text(DUTCH[0])).to_be_visible()
    take_step(server, "SEND_IN")  # another submission, whose rows may be other ones
    page.goto(OWN_PAGE)
    expect(page.locator("#part-form").get_by_text("This passage or its translation is another one")).to_be_visible()
    wait_until_stored(page, DUTCH[0])
    assert own_translation(server) == ""
