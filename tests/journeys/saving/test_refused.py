"""A refused text is neither lost nor doubled when its page is saved, left or opened again."""

import re

import pytest

from tests.browser import check_axe, wait_until
from tests.journeys.saving.pages import (
    GOAL,
    SAVED,
    box,
    expect_paragraphs,
    says,
    type_at_end,
    wait_until_store_is_empty,
)

pytestmark = pytest.mark.console_errors("Failed to load resource")


def refuse(page, status, **answer):
    page.route("**/save/", lambda route: route.fulfill(status=status, json=answer))


def press_save(page):
    with page.expect_navigation():
        page.get_by_role("button", name="Save", exact=True).last.click()
    box(page).wait_for(state="attached")


def test_a_text_refused_at_first_is_saved_once(server, anke):
    refuse(anke, 410, outcome="closed", message="Sent in.")
    type_at_end(anke, "Toch nog.")
    says(anke, "Sent in.")
    anke.unroute("**/save/")
    press_save(anke)
    says(anke, "Saved")
    assert server.sql("SELECT body FROM reports_contribution WHERE body LIKE '%Toch nog.%'") == [("<p>Toch nog.</p>",)]
    wait_until_store_is_empty(anke)


def test_two_dashes_are_dropped_with_nothing_to_report(server, anke):
    said = "SELECT COUNT(*) FROM reports_section WHERE nothing_to_report"
    [(before,)] = server.sql(said)
    type_at_end(anke, "--")
    says(anke, "Tick “Nothing to report” instead.")
    anke.locator("#section-2-1-a").get_by_label("Nothing to report").check()
    anke.get_by_role("button", name="Save", exact=True).last.click()
    wait_until(
        anke, lambda: server.sql(said) == [(before + 1,)]
    )  # by itself, or by the button's form, whichever was quicker
    anke.reload()
    assert box(anke).text_content().strip() == ""
    wait_until_store_is_empty(anke)
    assert anke.locator("#section-2-1-a").get_by_label("Nothing to report").is_checked()


def test_a_text_that_is_too_long_can_be_shortened(server, anke):
    anke.evaluate(
        """() => document.querySelector("#section-2-1-a textarea").editor.commands
            .insertContent("<p>" + "woord ".repeat(34_000) + "</p>")"""
    )
    too_long = "the maximum for a contribution is 200000"
    says(anke, too_long)
    press_save(anke)
    says(anke, too_long)
    assert anke.locator(".contribution .save").filter(has_text=too_long).count() == 1
    check_axe(anke)
    box(anke).focus()
    anke.keyboard.press("Control+a")
    anke.keyboard.type("Korter.")
    says(anke, SAVED)
    anke.goto(GOAL)
    expect_paragraphs(anke, "Korter.")
    wait_until_store_is_empty(anke)


def test_two_dashes_do_not_stop_going_on(server, anke):
    type_at_end(anke, "--")
    says(anke, "Tick “Nothing to report” instead.")
    anke.locator("#section-2-1-a").get_by_label("Nothing to report").check()
    anke.get_by_role("button", name=re.compile("2.2$")).click()
    anke.wait_for_url("**/2.2/")
    wait_until_store_is_empty(anke)


def test_text_typed_after_sending_in_is_shown_again(server, anke):
    type_at_end(anke, "Te laat.")
    says(anke, SAVED)
    server.sql("UPDATE reports_report SET state = 'submitted' WHERE state = 'draft'")
    type_at_end(anke, " Veel te laat.")
    assert "Kept on this computer" in says(anke, "This report has been sent in")
    press_save(anke)
    says(anke, "This report has been sent in")
    expect_paragraphs(anke, "Te laat. Veel te laat.")
    assert anke.locator(".contribution .save").filter(has_text="This report has been sent in").count() == 1
    server.sql("UPDATE reports_report SET state = 'draft' WHERE state = 'submitted'")
    press_save(anke)
    says(anke, SAVED)
    wait_until_store_is_empty(anke)
    assert server.sql("SELECT body FROM reports_contribution WHERE body LIKE '%Te laat.%'") == [
        ("<p>Te laat. Veel te laat.</p>",)
    ]


def test_a_text_that_a_proxy_refuses_can_be_shortened(server, anke):
    anke.route("**/save/", lambda route: route.fulfill(status=413, body="<h1>Request Entity Too Large</h1>"))
    type_at_end(anke, "Veel te lang.")
    assert "Kept on this computer" in says(anke, "this text is too long for the portal")
    anke.unroute("**/save/")
    type_at_end(anke, " Korter.")
    says(anke, SAVED)
