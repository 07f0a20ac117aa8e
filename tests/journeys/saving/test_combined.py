"""Two versions of a paragraph combined into one: what somebody typed for that is no more lost than any other text."""

import re

import pytest

from tests.browser import check_axe, wait_until
from tests.journeys.saving.pages import (
    FULL,
    LISTEN,
    NOT_FULL,
    SAVED,
    box,
    change_at_once,
    change_of_luc,
    chosen_with_a_late_answer,
    clear_store,
    close_without_question,
    closing_asks,
    hurry,
    keeps,
    keeps_nothing,
    line,
    paragraphs,
    put_cursor,
    rows,
    saved,
    says,
    type_at_end,
    write,
)

pytestmark = pytest.mark.console_errors("Failed to load resource")


# What a page sends whose writer typed on before the answer came.
WRITE_ON = """async ([contribution, base, sent, more]) => {
    const form = document.getElementById("part-form");
    const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
    const html = sent.replace("In juni.", more);
    const user = Number(form.dataset.user);
    const wish = {id: crypto.randomUUID(), user, section: "2.1.A", contribution, base, from_sent: true, html};
    const headers = {"Content-Type": "application/json", "X-CSRFToken": token};
    const answer = await fetch(form.dataset.saveUrl, {method: "POST", headers, body: JSON.stringify(wish)});
    return (await answer.json()).outcome;
}"""


def combine(panel, text):
    """Types at the end of the combined text; its editor."""
    panel.get_by_text("Combine the two").click()
    edited = panel.locator("[role=textbox]")
    edited.click()  # an editor sets the cursor itself shortly after it gets the focus
    edited.press("Control+End")
    edited.page.keyboard.type(text)
    return edited


def combining_colleague(anke, luc):
    """Return the colleague's page, the own panel, and the colleague's with the editor of a combined text begun there.

    The browser has confirmed that it keeps the text: a page that is closed sooner than that rightly asks.
    """
    colleague, own = change_at_once(anke, luc)
    own.wait_for()
    hurry(colleague)
    panel = colleague.locator(".conflict")
    edited = combine(panel, " Samen.")
    keeps(colleague, "Samen.")
    return colleague, own, panel, edited


def test_two_versions_can_be_combined(server, anke, luc):
    write(anke, "Politie kreeg een handleiding.")
    anke.route("**/now/?*", lambda route: route.abort())  # she does not see it coming
    colleague = luc()
    put_cursor(colleague, 0, "Start")
    with saved(colleague):
        colleague.keyboard.type("In mei: ")
    type_at_end(anke, " Iedereen las die.")
    panel = anke.locator(".conflict")
    panel.get_by_text("Combine the two").click()
    edited = panel.locator("[role=textbox]")
    assert edited.inner_text() == "In mei: Politie kreeg een handleiding. Iedereen las die."
    check_axe(anke)
    edited.click()  # an editor sets the cursor itself shortly after it gets the focus
    edited.press("Control+End")
    anke.keyboard.type(" Goed zo.")
    panel.get_by_role("button", name="Use the combined text").click()
    panel.wait_for(state="detached")
    assert paragraphs(anke) == ["In mei: Politie kreeg een handleiding. Iedereen las die. Goed zo."]


def test_an_edited_combined_text_stays_when_a_version_grows(server, anke, luc):
    colleague = change_of_luc(anke, luc)
    put_cursor(anke, 1)
    anke.keyboard.type(" meldplicht" * 7, delay=90)  # longer than the page waits with a save
    held = []
    anke.route("**/save/", lambda route: held.append(route))
    anke.keyboard.type(" slot")
    hurry(colleague)
    panel = colleague.locator(".conflict")
    edited = combine(panel, " Samen.")
    assert "slot" not in panel.locator("[data-mine]").inner_text()
    wait_until(anke, lambda: held)
    held[0].continue_()
    says(anke, SAVED)
    hurry(colleague)
    panel.locator("[data-mine]").filter(has_text="slot").wait_for()
    assert edited.inner_text().endswith(" Samen.")
    colleague.keyboard.type(" Nog een.")  # the cursor is where it was
    panel.get_by_role("button", name="Use the combined text").click()
    panel.wait_for(state="detached")
    assert paragraphs(colleague)[1].endswith(" Samen. Nog een.")
    close_without_question(colleague)


def test_an_unedited_combined_text_follows_the_versions(server, anke, luc):
    _colleague, panel = change_at_once(anke, luc)
    panel.get_by_text("Combine the two").click()
    rows(server, "UPDATE reports_conflict SET mine = replace(mine, 'juni', 'juli')")
    hurry(anke)
    panel.locator("[role=textbox]").filter(has_text="In juli. In mei.").wait_for()


def test_a_combined_text_outlives_a_colleagues_choice(server, anke, luc):
    colleague, own, panel, edited = combining_colleague(anke, luc)
    colleague.evaluate(LISTEN)  # before the choice: the page asks for news by itself, too
    own.get_by_role("button", name="Use yours").click()
    own.wait_for(state="detached")
    hurry(colleague)
    sentence = panel.get_by_text("Somebody has chosen a version of this paragraph meanwhile.")
    sentence.wait_for()
    assert sentence.inner_text() in colleague.evaluate("said")
    assert edited.inner_text().endswith(" Samen.")
    assert closing_asks(colleague)  # its panel does not come back by itself
    assert panel.get_by_role("button", name="Use yours").count() == 0
    assert "Two versions" not in line(colleague).inner_text()
    check_axe(colleague)
    panel.get_by_role("button", name="Use the combined text").click()
    sentence.wait_for(state="hidden")
    colleague.locator(".conflict [data-mine]").filter(has_text="Samen.").wait_for()  # beside what was chosen


def test_a_combined_text_that_came_too_late_can_be_deleted(server, anke, luc):
    colleague, own, panel, _edited = combining_colleague(anke, luc)
    own.get_by_role("button", name="Use yours").click()
    own.wait_for(state="detached")
    hurry(colleague)
    panel.get_by_role("button", name="Delete").click()
    panel.wait_for(state="detached")
    close_without_question(colleague)


def test_a_combined_text_outlives_its_tab(server, anke, luc):
    colleague, _own, _panel, _edited = combining_colleague(anke, luc)
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
    assert keeps_nothing(page)


def test_a_combined_text_is_stored_again_after_clearing(server, anke, luc):
    colleague, _own, _panel, _edited = combining_colleague(anke, luc)
    context = colleague.context
    colleague.evaluate(FULL)  # or it might be kept again before anybody can see that it is not
    clear_store(server, colleague)
    assert closing_asks(colleague)
    colleague.evaluate(NOT_FULL)
    clear_store(server, colleague)
    keeps(colleague, "Samen.")
    close_without_question(colleague)
    page = context.new_page()
    page.goto("/unsent/")
    page.locator(".unsent > li").filter(has_text="Samen.").wait_for()


def test_closing_asks_when_a_combined_text_is_not_stored(server, anke, luc):
    colleague, _own = change_at_once(anke, luc)
    colleague.reload()
    panel = colleague.locator(".conflict")
    panel.wait_for()
    colleague.evaluate(FULL)
    combine(panel, " Samen.")
    assert closing_asks(colleague)


def test_a_combined_text_edited_during_its_save_stays(server, anke, luc):
    _colleague, panel = change_at_once(anke, luc)
    edited = combine(panel, " Samen.")
    route, answer = chosen_with_a_late_answer(anke, panel, "Use the combined text")
    edited.focus()
    anke.keyboard.type(" Nog een.")
    route.fulfill(response=answer)
    panel.get_by_text("Somebody has chosen a version of this paragraph meanwhile.").wait_for()
    assert edited.inner_text().endswith(" Samen. Nog een.")
    box(anke, place=1).filter(has_text=re.compile("Samen\\.$")).wait_for()


def test_a_combined_text_of_an_outdated_version_is_refused(server, anke, luc):
    colleague, _own, panel, edited = combining_colleague(anke, luc)
    colleague.route("**/now/?*", lambda route: route.abort())  # it hears of it only by its choice
    [text] = rows(server, "SELECT contribution_id, number, sent FROM reports_revision ORDER BY at DESC LIMIT 1")
    assert anke.evaluate(WRITE_ON, [*text, "In juni of juli."]) == "saved"
    panel.get_by_role("button", name="Use the combined text").click()
    panel.get_by_role("alert").filter(has_text="One of the versions has been added to meanwhile.").wait_for()
    assert panel.locator("[data-mine] ins").inner_text().strip() == "In juni of juli."
    assert edited.inner_text().endswith(" Samen.")
    panel.get_by_role("button", name="Use the combined text").click()
    panel.wait_for(state="detached")
    box(colleague).filter(has_text="Samen.").wait_for()
