"""Combining two versions of a paragraph. The combined text is stored and recovered like any other text."""

import re

import pytest

from tests.browser import Held, check_axe
from tests.journeys.saving.pages import (
    FULL,
    LISTEN,
    NOT_FULL,
    SAVED,
    box,
    choose_with_delayed_answer,
    clear_store,
    close_without_question,
    closing_asks,
    edited_by_luc,
    line,
    make_conflict,
    paragraphs,
    poll_now,
    put_cursor,
    saved,
    says,
    wait_until_store_is_empty,
    wait_until_stored,
    write,
)

pytestmark = pytest.mark.console_errors("Failed to load resource")


# Saves the next version of the text, as the page does while its user types.
WRITE_ON = """async ([contribution, base, sent, more]) => {
    const form = document.getElementById("part-form");
    const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
    const html = sent.replace("In juni.", more);
    const user = Number(form.dataset.user);
    const save = {id: crypto.randomUUID(), user, section: "2.1.A", contribution, base, from_sent: true, html};
    const headers = {"Content-Type": "application/json", "X-CSRFToken": token};
    const answer = await fetch(form.dataset.saveUrl, {method: "POST", headers, body: JSON.stringify(save)});
    return (await answer.json()).outcome;
}"""


def combine(panel, text):
    """Type at the end of the combined text, and return its editor."""
    panel.get_by_text("Combine the two").click()
    edited = panel.locator("[role=textbox]")
    edited.click()  # an editor sets the cursor itself shortly after it gets the focus
    edited.press("Control+End")
    edited.page.keyboard.type(text)
    return edited


def start_combining(anke, luc):
    """Make a conflict and start a combined text on Luc's page.

    Return Luc's page, Anke's panel, Luc's panel and its editor. The text is in the store by then: a page that is closed
    earlier rightly asks.
    """
    colleague, own = make_conflict(anke, luc)
    own.wait_for()
    poll_now(colleague)
    panel = colleague.locator(".conflict")
    edited = combine(panel, " Samen.")
    wait_until_stored(colleague, "Samen.")
    return colleague, own, panel, edited


def test_two_versions_can_be_combined(server, anke, luc):
    write(anke, "Politie kreeg een handleiding.")
    anke.route("**/now/?*", lambda route: route.abort())  # or she would see it
    colleague = luc()
    put_cursor(colleague, 0, "Start")
    with saved(colleague):
        colleague.keyboard.type("In mei: ")
    put_cursor(anke, 0, "Start")
    anke.keyboard.type("Dus ")
    panel = anke.locator(".conflict")
    panel.get_by_text("Combine the two").click()
    edited = panel.locator("[role=textbox]")
    assert edited.inner_text() == "Dus In mei: Politie kreeg een handleiding."
    check_axe(anke)
    edited.click()  # an editor sets the cursor itself shortly after it gets the focus
    edited.press("Control+End")
    anke.keyboard.type(" Goed zo.")
    panel.get_by_role("button", name="Use the combined text").click()
    panel.wait_for(state="detached")
    assert paragraphs(anke) == ["Dus In mei: Politie kreeg een handleiding. Goed zo."]


def test_an_edited_combined_text_stays_when_a_version_grows(server, anke, luc):
    colleague = edited_by_luc(anke, luc)
    put_cursor(anke, 1)
    anke.keyboard.type(" meldplicht" * 7, delay=90)  # longer than the page delays a save
    held = Held(anke, "**/save/")
    anke.keyboard.type(" slot")
    poll_now(colleague)
    panel = colleague.locator(".conflict")
    edited = combine(panel, " Samen.")
    assert "slot" not in panel.locator("[data-mine]").inner_text()
    held.wait()
    held.release()
    says(anke, SAVED)
    poll_now(colleague)
    panel.locator("[data-mine]").filter(has_text="slot").wait_for()
    assert edited.inner_text().endswith(" Samen.")
    colleague.keyboard.type(" Nog een.")  # the cursor is where it was
    panel.get_by_role("button", name="Use the combined text").click()
    panel.wait_for(state="detached")
    assert paragraphs(colleague)[1].endswith(" Samen. Nog een.")
    close_without_question(colleague)


def test_an_unedited_combined_text_follows_the_versions(server, anke, luc):
    _colleague, panel = make_conflict(anke, luc)
    panel.get_by_text("Combine the two").click()
    server.sql("UPDATE reports_conflict SET mine = replace(mine, 'juni', 'juli')")
    poll_now(anke)
    panel.locator("[role=textbox]").filter(has_text="In juli. In mei.").wait_for()


def test_a_combined_text_outlives_a_colleagues_choice(server, anke, luc):
    colleague, own, panel, edited = start_combining(anke, luc)
    colleague.evaluate(LISTEN)  # before the choice, as the page also polls by itself
    own.get_by_role("button", name="Use yours").click()
    own.wait_for(state="detached")
    poll_now(colleague)
    sentence = panel.get_by_text("Somebody has chosen a version of this paragraph meanwhile.")
    sentence.wait_for()
    assert sentence.inner_text() in colleague.evaluate("said")
    assert edited.inner_text().endswith(" Samen.")
    assert closing_asks(colleague)  # a new page would not show this panel
    assert panel.get_by_role("button", name="Use yours").count() == 0
    assert "Two versions" not in line(colleague).inner_text()
    check_axe(colleague)
    panel.get_by_role("button", name="Use the combined text").click()
    sentence.wait_for(state="hidden")
    colleague.locator(".conflict [data-mine]").filter(has_text="Samen.").wait_for()  # beside what was chosen


def test_a_combined_text_that_came_too_late_can_be_deleted(server, anke, luc):
    colleague, own, panel, _edited = start_combining(anke, luc)
    own.get_by_role("button", name="Use yours").click()
    own.wait_for(state="detached")
    poll_now(colleague)
    panel.get_by_role("button", name="Delete").click()
    panel.wait_for(state="detached")
    close_without_question(colleague)


def test_a_combined_text_outlives_its_tab(server, anke, luc):
    colleague, _own, _panel, _edited = start_combining(anke, luc)
    context = colleague.context
    close_without_question(colleague)
    page = context.new_page()
    page.goto("/unsent/")
    item = page.locator(".unsent > li").filter(has_text="Samen.")
    item.get_by_text("You combined two versions into this text.").wait_for()
    assert item.get_by_role("button", name="Send now").count() == 0
    check_axe(page)
    item.get_by_role("link", name="2.1.A").click()
    panel = page.locator(".conflict")
    panel.locator("[role=textbox]").filter(has_text="Samen.").wait_for()
    panel.get_by_role("button", name="Use the combined text").click()
    panel.wait_for(state="detached")
    box(page).filter(has_text="Samen.").wait_for()
    wait_until_store_is_empty(page)


def test_a_combined_text_is_stored_again_after_clearing(server, anke, luc):
    colleague, _own, _panel, _edited = start_combining(anke, luc)
    context = colleague.context
    colleague.evaluate(FULL)  # or the page might store it again too soon to be seen
    clear_store(server, colleague)
    assert closing_asks(colleague)
    colleague.evaluate(NOT_FULL)
    clear_store(server, colleague)
    wait_until_stored(colleague, "Samen.")
    close_without_question(colleague)
    page = context.new_page()
    page.goto("/unsent/")
    page.locator(".unsent > li").filter(has_text="Samen.").wait_for()


def test_closing_asks_when_a_combined_text_is_not_stored(server, anke, luc):
    colleague, _own = make_conflict(anke, luc)
    colleague.reload()
    panel = colleague.locator(".conflict")
    panel.wait_for()
    colleague.evaluate(FULL)
    combine(panel, " Samen.")
    assert closing_asks(colleague)


def test_a_combined_text_edited_during_its_save_stays(server, anke, luc):
    _colleague, panel = make_conflict(anke, luc)
    edited = combine(panel, " Samen.")
    route, answer = choose_with_delayed_answer(anke, panel, "Use the combined text")
    edited.focus()
    anke.keyboard.type(" Nog een.")
    route.fulfill(response=answer)
    panel.get_by_text("Somebody has chosen a version of this paragraph meanwhile.").wait_for()
    assert edited.inner_text().endswith(" Samen. Nog een.")
    box(anke, place=1).filter(has_text=re.compile("Samen\\.$")).wait_for()


def test_a_combined_text_of_an_outdated_version_is_refused(server, anke, luc):
    colleague, _own, panel, edited = start_combining(anke, luc)
    colleague.route("**/now/?*", lambda route: route.abort())  # it learns of the new version from its own choice only
    [text] = server.sql("SELECT contribution_id, number, sent FROM reports_revision ORDER BY at DESC LIMIT 1")
    assert anke.evaluate(WRITE_ON, [*text, "In juni of juli."]) == "saved"
    panel.get_by_role("button", name="Use the combined text").click()
    panel.get_by_role("alert").filter(has_text="One of the versions has been added to meanwhile.").wait_for()
    assert panel.locator("[data-mine] ins").inner_text().strip() == "In juni of juli."
    assert edited.inner_text().endswith(" Samen.")
    panel.get_by_role("button", name="Use the combined text").click()
    panel.wait_for(state="detached")
    box(colleague).filter(has_text="Samen.").wait_for()
