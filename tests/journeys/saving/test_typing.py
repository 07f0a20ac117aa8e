"""Text is saved while it is typed, without a button and once, and the status line is true."""

import re

import pytest

from tests.browser import Held, wait_until
from tests.journeys.saving.pages import (
    ANKE,
    FORBIDDEN,
    OFFLINE,
    SAVED,
    box,
    expect_paragraphs,
    line,
    open_goal,
    paragraphs,
    revisions,
    saved,
    says,
    stop_clock,
    stored_records,
    type_at_end,
    wait_until_store_is_empty,
    write,
)

pytestmark = pytest.mark.console_errors("Failed to load resource")


def test_saved_is_said_only_after_the_answer(server, anke):
    held = []
    anke.route("**/save/", lambda route: held.append(route))
    type_at_end(anke, "Een eerste zin.")
    assert line(anke).inner_text().strip() == "Saving…"
    wait_until(anke, lambda: held)
    anke.wait_for_timeout(300)
    assert line(anke).inner_text().strip() == "Saving…"
    anke.keyboard.type(" Nog een.")
    anke.wait_for_timeout(1500)
    assert len(held) == 1  # no second request while the first is open
    held[0].continue_()
    wait_until(anke, lambda: len(held) == 2)
    assert line(anke).inner_text().strip() == "Saving…"
    held[1].continue_()
    says(anke, SAVED)
    assert [body for _number, body, _by in revisions(server)] == [
        "<p>Een eerste zin.</p>",
        "<p>Een eerste zin. Nog een.</p>",
    ]
    wait_until_store_is_empty(anke)
    anke.reload()
    expect_paragraphs(anke, "Een eerste zin. Nog een.")


def test_leaving_waits_for_a_text_that_is_not_stored(server, page):
    page.add_init_script(FORBIDDEN)
    open_goal(server, page, ANKE)
    held = Held(page, "**/save/")
    type_at_end(page, "Alleen hier.")
    page.get_by_role("button", name="Nederlands").click()
    page.wait_for_timeout(4_000)
    assert page.locator("html").get_attribute("lang") == "en"
    assert paragraphs(page) == ["Alleen hier."]
    held.wait()
    held.release()
    says(page, SAVED)
    page.get_by_role("button", name="Nederlands").click()
    page.locator("html[lang=nl]").wait_for()
    box(page).filter(has_text=re.compile("^Alleen hier.$")).wait_for()


def test_a_lost_answer_does_not_save_twice(server, anke):
    lost = []

    def lose(route):
        if len(lost) < 2:
            lost.append(route.fetch().json())
            route.abort()
        else:
            route.continue_()

    anke.route("**/save/", lose)
    type_at_end(anke, "Eén keer.")
    says(anke, SAVED)
    assert [answer["outcome"] for answer in lost] == ["saved", "saved"]
    assert [body for _number, body, _by in revisions(server)] == ["<p>Eén keer.</p>"]


def test_an_answer_that_never_comes_is_not_waited_for_for_ever(server, page):
    page.add_init_script(
        """const wait = AbortSignal.timeout;
        window.isShort = true;
        AbortSignal.timeout = time => wait.call(AbortSignal, window.isShort ? time / 10 : time);"""
    )
    open_goal(server, page, ANKE)
    sent = []

    def swallow(route):
        sent.append(route.request.post_data_json["id"])
        if len(sent) > 1:
            route.continue_()

    page.route("**/save/", swallow)
    type_at_end(page, "Zonder antwoord.")
    says(page, OFFLINE)
    page.evaluate("isShort = false")
    page.keyboard.type(" Verder.")
    wait_until(page, lambda: len(sent) == 3)
    says(page, SAVED)
    assert sent[0] == sent[1] != sent[2]
    assert [body for _number, body, _by in revisions(server)] == [
        "<p>Zonder antwoord.</p>",
        "<p>Zonder antwoord. Verder.</p>",
    ]


def test_an_empty_box_becomes_one_contribution(server, anke):
    type_at_end(anke, "Eerste deel.")
    says(anke, SAVED)
    with saved(anke):
        type_at_end(anke, " Tweede deel.")
    anke.get_by_label("Authority").first.fill("Ministerie")
    anke.get_by_role("button", name="Save", exact=True).last.click()
    anke.get_by_role("heading", name="Ministerie").wait_for()
    assert server.sql("SELECT body, authority FROM reports_contribution WHERE body LIKE '%Tweede deel.%'") == [
        ("<p>Eerste deel. Tweede deel.</p>", "Ministerie")
    ]
    assert [number for number, _body, _by in revisions(server)] == [1, 2]


def test_a_button_pressed_while_typing_saves_first(server, anke):
    type_at_end(anke, "Meteen weg.")
    anke.get_by_role("button", name="Nederlands").click()
    anke.locator("html[lang=nl]").wait_for()
    expect_paragraphs(anke, "Meteen weg.")
    type_at_end(anke, " En verder.")
    anke.get_by_role("button", name=re.compile("2.2$")).click()
    anke.wait_for_url("**/2.2/")
    assert [body for _number, body, _by in revisions(server)] == [
        "<p>Meteen weg.</p>",
        "<p>Meteen weg. En verder.</p>",
    ]


def test_a_removed_button_still_submits_after_the_save(server, anke):
    held = Held(anke, "**/save/")
    type_at_end(anke, "Meteen weg.")
    onward = anke.get_by_role("button", name=re.compile("2.2$"))
    onward.click()
    held.wait()
    onward.evaluate("button => button.remove()")
    with anke.expect_navigation():
        held.release()
    expect_paragraphs(anke, "Meteen weg.")


def test_going_back_shows_what_was_saved(server, anke):
    type_at_end(anke, "Nog hier.")
    says(anke, SAVED)
    anke.goto("/help/")
    anke.go_back()
    box(anke).filter(has_text="Nog hier.").wait_for()
    with saved(anke):
        type_at_end(anke, " Verder.")
    assert server.sql("SELECT body FROM reports_contribution WHERE body LIKE '%Verder%'") == [
        ("<p>Nog hier. Verder.</p>",)
    ]


def test_a_refused_text_stays_with_the_reason(server, anke):
    anke.evaluate(
        """() => document.querySelector("#section-2-1-a textarea").editor.commands
            .insertContent("<p>" + "woord ".repeat(34_000) + "</p>")"""
    )
    told = says(anke, "the maximum for a contribution is 200000")
    assert "Kept on this computer" in told
    assert len(stored_records(anke)) == 1
    box(anke).focus()
    anke.keyboard.press("Control+a")
    anke.keyboard.type("Korter.")
    says(anke, SAVED)
    assert [body for _number, body, _by in revisions(server)] == ["<p>Korter.</p>"]
    wait_until_store_is_empty(anke)


def test_undoing_a_change_brings_the_status_line_back(server, page):
    page.clock.install()
    anke = open_goal(server, page, ANKE)
    write(anke, "Eerste.")
    anke.reload()
    box(anke).wait_for()
    stop_clock(anke)  # or a slow machine saves the letter before it is deleted
    written = line(anke).inner_html()
    assert "Saved" in written
    type_at_end(anke, "x")
    assert "Saving" in line(anke).inner_text()
    anke.keyboard.press("Backspace")
    says(anke, "Saved")
    assert line(anke).inner_html() == written

    anke.clock.resume()
    anke.route("**/save/", lambda route: route.fulfill(status=422, json={"outcome": "refused", "message": "Too much."}))
    type_at_end(anke, "x")
    assert "Kept on this computer" in says(anke, "Too much.")
    anke.keyboard.press("Backspace")
    says(anke, "Saved")
    assert line(anke).inner_html() == written
    assert line(anke).get_attribute("class") == "save"
    wait_until_store_is_empty(anke)
