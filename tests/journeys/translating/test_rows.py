"""A report is translated row by row: by keyboard, by two people, without a connection, and without scripts."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import check_axe, use_session, wait_until
from tests.journeys.saving.pages import LISTEN, stored_records, type_at_end
from tests.journeys.translating.pages import (
    ANKE,
    LUC,
    PAGE,
    SAVED,
    TEXT,
    box,
    change_text,
    count,
    open_translation,
    row,
    save_draft,
    translate_earlier,
    translations,
    type_into,
    write_text,
)

DUTCH = {
    0: "<p>De wet is op 10 april 2014 in werking getreden.</p>",
    1: "<p>In elk arrondissement waren er twee opleidingsdagen.</p>",
}
CHANGED = TEXT.replace("training days", "long training days")


@pytest.fixture
def server(server):
    server.set_language("en")
    return server


def test_three_rows_are_translated_by_keyboard_in_dutch(server, page):
    pk = write_text(server)
    server.set_language("nl")
    open_translation(server, page)
    row(page, 1).get_by_role("textbox").wait_for()
    expect(count(page)).to_contain_text("0/3")
    check_axe(page)
    for words in ("De wet is op 10 april 2014 in werking getreden.", "Twee opleidingsdagen.", "Een handleiding."):
        page.keyboard.press("Alt+PageDown")
        page.keyboard.type(words)
    expect(count(page)).to_contain_text("3/3")
    check_axe(page)
    page.evaluate(LISTEN)
    page.keyboard.press("Alt+PageDown")
    wait_until(page, lambda: page.evaluate("said.length"))
    assert page.evaluate("document.activeElement.name") == "at"  # nothing is left: the button at the foot
    assert translations(server, pk) == (
        "<p>De wet is op 10 april 2014 in werking getreden.</p><p>Twee opleidingsdagen.</p><p>Een handleiding.</p>"
    )


def test_ctrl_enter_says_that_a_row_is_up_to_date_and_goes_on(server, page):
    pk = write_text(server, translations=DUTCH)
    change_text(server, pk, CHANGED)
    open_translation(server, page)
    expect(row(page, 2)).to_contain_text("Out of date")
    expect(row(page, 2).locator("ins")).to_contain_text("long")
    expect(row(page, 1)).to_contain_text("Done")
    page.evaluate(LISTEN)
    page.keyboard.press("Alt+PageDown")
    expect(row(page, 2).locator("[role=textbox]")).to_be_focused()
    wait_until(page, lambda: page.evaluate("said.length"))
    assert page.evaluate("said.at(-1)") == "Out of date. Still to do here: 2. Done and passed over: 1."
    page.keyboard.press("Control+End")
    page.keyboard.type(" Lang.")
    page.keyboard.press("Control+Enter")
    expect(row(page, 3).locator("[role=textbox]")).to_be_focused()
    expect(row(page, 2)).to_contain_text("Done")
    expect(row(page, 2)).to_contain_text("said that it is up to date")
    expect(count(page)).to_contain_text("2/3")
    page.reload()
    expect(row(page, 2)).to_contain_text("Done")
    assert "opleidingsdagen. Lang." in translations(server, pk)


def test_two_people_in_different_rows_keep_both_texts(server, page, open_page):
    pk = write_text(server)
    open_translation(server, page)
    luc = open_translation(server, open_page(), LUC)
    type_into(page, 1, "De wet van 10 april 2014.")
    type_into(luc, 2, "Twee dagen.")
    for one, number in ((page, 1), (luc, 2)):
        expect(row(one, number).locator(".save")).to_have_text(SAVED)
    luc.evaluate("dispatchEvent(new Event('focus'))")
    expect(box(luc, 1)).to_have_text("De wet van 10 april 2014.")
    expect(row(luc, 1)).to_contain_text("Done")
    assert translations(server, pk) == "<p>De wet van 10 april 2014.</p><p>Twee dagen.</p>"


def test_two_people_in_one_row_are_shown_both_texts(server, page, open_page):
    pk = write_text(server)
    open_translation(server, page)
    luc = open_translation(server, open_page(), LUC)
    box(luc, 3).wait_for()
    type_into(page, 3, "De politie heeft een handleiding.")
    expect(row(page, 3).locator(".save")).to_have_text(SAVED)
    type_into(luc, 3, "Er is een gids voor de politie.")
    panel = row(luc, 3).locator(".conflict")
    expect(panel).to_contain_text("Er is een gids voor de politie.")
    expect(panel).to_contain_text("De politie heeft een handleiding.")
    panel.get_by_role("button", name="Use yours").click()
    expect(box(luc, 3)).to_have_text("Er is een gids voor de politie.")
    wait_until(luc, lambda: translations(server, pk) == "<p>Er is een gids voor de politie.</p>")


@pytest.mark.console_errors("net::ERR_INTERNET_DISCONNECTED")
def test_text_typed_offline_is_kept_and_named_by_its_row(server, page):
    pk = write_text(server)
    open_translation(server, page)
    box(page, 2).wait_for()
    page.context.set_offline(True)
    type_into(page, 2, "Twee dagen.")
    expect(row(page, 2).locator(".save")).to_have_text("Not saved yet: no connection, kept on this computer")
    page.close()
    page.context.set_offline(False)
    back = page.context.new_page()
    back.goto("/unsent/")
    expect(back.get_by_role("link", name="2.1.A (NL), Ministry of Justice, paragraph 2")).to_be_visible()
    back.get_by_role("link", name="2.1.A (NL), Ministry of Justice, paragraph 2").click()
    expect(box(back, 2)).to_have_text("Twee dagen.")
    wait_until(back, lambda: translations(server, pk) == "<p>Twee dagen.</p>")
    wait_until(back, lambda: not stored_records(back))


def test_a_missing_number_is_asked_about_until_it_is_intended(server, page):
    write_text(server, translations={0: "<p>De wet is in werking getreden.</p>"})
    open_translation(server, page)
    expect(row(page, 1)).to_contain_text("To check")
    questions = row(page, 1).locator(".checks li")
    expect(questions).to_have_text([re.compile("The number 10 is missing"), re.compile("The number 2014 is missing")])
    for left in (1, 0):
        questions.first.get_by_role("button", name=re.compile("^This is intended")).click()
        expect(questions).to_have_count(left)
    expect(row(page, 1)).to_contain_text("Done")
    page.reload()
    expect(row(page, 1)).to_contain_text("Done")


def test_a_row_that_needs_no_translation_can_be_taken_back(server, page):
    write_text(server)
    open_translation(server, page)
    row(page, 3).get_by_role("button", name="No translation wanted").click()
    expect(row(page, 3)).to_contain_text("Translate after all")
    expect(count(page)).to_contain_text("1/3")
    row(page, 3).get_by_role("button", name="Translate after all").click()
    expect(row(page, 3)).to_contain_text("Not translated")
    expect(count(page)).to_contain_text("0/3")


def test_a_report_is_translated_without_scripts(server, open_page):
    pk = write_text(server, translations=DUTCH)
    change_text(server, pk, CHANGED)
    page = open_translation(server, open_page(java_script_enabled=False))
    row(page, 3).locator("textarea").fill("De politie heeft een handleiding.")
    row(page, 2).get_by_role("button", name="The meaning is unchanged").click()
    expect(row(page, 2)).to_contain_text("Done")
    expect(row(page, 3)).to_contain_text("Done")
    assert translations(server, pk).endswith("<p>De politie heeft een handleiding.</p>")
    assert page.url.split("#")[0].endswith(PAGE)


def test_alt_i_inserts_what_an_earlier_report_has(server, page):
    pk = write_text(server)
    translate_earlier(server, "<p>The police have a manual.</p>", "<p>De politie heeft een handleiding.</p>")
    open_translation(server, page)
    expect(row(page, 3)).to_contain_text("the same paragraph")
    box(page, 3).click()
    page.keyboard.press("Alt+i")
    expect(box(page, 3)).to_have_text("De politie heeft een handleiding.")
    expect(row(page, 3)).to_contain_text("Done")
    assert translations(server, pk) == "<p>De politie heeft een handleiding.</p>"


def test_the_page_says_that_the_original_has_changed(server, page):
    pk = write_text(server, translations=DUTCH)
    open_translation(server, page)
    box(page, 3).wait_for()
    change_text(server, pk, CHANGED)
    page.evaluate("dispatchEvent(new Event('focus'))")
    notice = page.get_by_role("link", name="Load the page again to see it")
    expect(notice).to_be_visible()
    type_into(page, 3, "De politie heeft een handleiding.")
    expect(row(page, 3).locator(".save")).to_have_text(SAVED)
    notice.click()
    expect(row(page, 2)).to_contain_text("Out of date")
    expect(row(page, 3)).to_contain_text("Done")


def test_the_translation_stands_beside_the_text_on_request(server, page):
    write_text(server, translations=DUTCH)
    use_session(server, page, ANKE)
    page.goto("/reports/BE/2014/2.1/")
    page.locator("#section-2-1-a .editor [role=textbox]").first.wait_for()
    beside = page.locator("[data-beside='section-2-1-a'] [data-tab=translation]")
    expect(beside).not_to_contain_text(DUTCH[0][3:-4])  # nobody has asked for it
    page.get_by_role("tab", name="Translation").click()
    expect(beside).to_contain_text(DUTCH[0][3:-4])
    expect(beside.get_by_text("Out of date")).to_have_count(0)
    check_axe(page)
    type_at_end(page, " In Brussels, too.")
    expect(beside.get_by_text("Not translated").first).to_be_visible()
    page.locator("#section-2-1-a .editor [role=textbox] p").nth(0).click()
    page.keyboard.press("End")
    page.keyboard.type(" It is new.")
    expect(beside.get_by_text("Out of date")).to_have_count(1)


def test_a_draft_that_comes_into_an_open_page_is_marked(server, page):
    pk = write_text(server)
    use_session(server, page, ANKE)
    page.goto("/reports/BE/2014/2.1/")
    page.get_by_text("Translate, 2.1.A").click()
    note = page.locator(f"[data-machine='{pk}:nl']")
    page.locator(".translations .editor [role=textbox]").first.wait_for()
    expect(note).to_be_hidden()
    save_draft(server, pk, "<p>De wet is in werking getreden.</p>")
    page.evaluate("dispatchEvent(new Event('focus'))")
    expect(page.locator(".translations")).to_contain_text("De wet is in werking getreden.")
    expect(note).to_be_visible()
