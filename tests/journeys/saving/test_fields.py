"""What stands beside the texts saves itself too, one line says what is true of the page, and “Save” moves nobody."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import Held, check_axe, wait_until
from tests.journeys.saving.pages import ANKE, GOAL, SAVED, box, open_goal, says, type_at_end, write

pytestmark = pytest.mark.console_errors("Failed to load resource")
FIELD = "**/save/field/"
WORDS = {
    "nl": ("Niets te melden", "Wordt opgeslagen…", "Nog niet opgeslagen: geen verbinding", "^Opgeslagen"),
    "fr": ("Rien à signaler", "Enregistrement…", "Pas encore enregistré : pas de connexion", "^Enregistré"),
}


def switch(page, section="a", name="Nothing to report"):
    return page.locator(f"#section-2-1-{section}").get_by_role("switch", name=name)


def said(page, section="a"):
    return page.locator(f"#section-2-1-{section} .nothing-choice .save")


def status(page):
    return page.locator("#page-save")


def is_nothing(server, code="2.1.A"):
    query = (
        "SELECT nothing_to_report FROM reports_section s JOIN reports_question q ON q.id = question_id"
        " JOIN reports_report r ON r.id = s.report_id JOIN reports_reportingform f ON f.id = r.form_id"
        " JOIN reports_country c ON c.id = r.country_id WHERE q.code = ? AND f.year = 2014 AND c.code = 'BE'"
    )
    return bool(server.sql(query, code)[0][0])


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_nothing_to_report_is_said_only_once_it_is_saved(server, page, language):
    name, saving, offline, saved = WORDS[language]
    server.set_language(language)
    open_goal(server, page, ANKE)
    held = Held(page, FIELD)
    switch(page, name=name).check()
    held.wait()
    expect(said(page)).to_have_text(re.compile(saving))
    expect(status(page)).to_have_text(re.compile(saving))
    assert box(page).is_visible()  # it does not look done yet
    held.release()
    expect(said(page)).to_have_text(re.compile(saved))
    expect(box(page)).to_be_hidden()
    assert is_nothing(server)

    page.context.set_offline(True)
    switch(page, name=name).uncheck()
    expect(said(page)).to_contain_text(offline)
    expect(status(page)).to_contain_text(offline)
    page.context.set_offline(False)
    expect(said(page)).to_have_text(re.compile(saved))
    wait_until(page, lambda: not is_nothing(server))


def test_a_refused_switch_returns_and_says_why(server, anke):
    anke.route(FIELD, lambda route: route.fulfill(status=422, json={"outcome": "refused", "message": "Not now."}))
    switch(anke).click()
    expect(said(anke)).to_have_text(re.compile("^\\s*Not now.\\s*$"))
    assert not switch(anke).is_checked()
    expect(status(anke)).to_contain_text("Not now.")


def test_text_is_put_aside_and_comes_back(server, anke):
    write(anke, "Drie korte woorden.")
    switch(anke).check()
    anke.get_by_text("Words kept aside: 3.").wait_for()
    expect(box(anke)).to_be_hidden()
    switch(anke).uncheck()
    expect(box(anke)).to_have_text("Drie korte woorden.")
    expect(anke.get_by_text("Words kept aside")).to_be_hidden()


def test_authority_language_and_order_save_themselves(server, anke):
    write(anke, "Eerste tekst van het ministerie.")
    anke.get_by_label("Authority").first.fill("Justitie")
    anke.get_by_label("Authority").first.blur()
    expect(anke.locator("#section-2-1-a").get_by_role("heading", name="Justitie")).to_be_attached()
    expect(status(anke)).to_have_text(re.compile(r"All saved, \d"))
    assert server.sql("SELECT authority FROM reports_contribution WHERE body LIKE '%Eerste tekst%'") == [("Justitie",)]
    anke.locator("#section-2-1-a").get_by_role("button", name="Add a contribution").click()
    type_at_end_of_new(anke, "Tweede tekst van de politie.")
    anke.goto(GOAL)
    second = anke.locator("#section-2-1-a .contribution").nth(1)
    second.get_by_label("Language").select_option("fr")
    wait_until(
        anke, lambda: server.sql("SELECT 1 FROM reports_contribution WHERE language = 'fr' AND body LIKE '%Tweede%'")
    )
    second.get_by_role("button", name="Move up").click()
    expect(anke.locator("#section-2-1-a .contribution").first.locator(".ProseMirror")).to_have_text(
        "Tweede tekst van de politie."
    )
    rows = server.sql(
        "SELECT body, language, position FROM reports_contribution WHERE body LIKE '%tekst van%' ORDER BY position"
    )
    assert [body[3:9] for body, _language, _place in rows] == ["Tweede", "Eerste"]
    assert rows[0][1] == "fr"
    moved = anke.locator("#section-2-1-a .contribution").first
    expect(moved.get_by_role("button", name="Move down")).to_be_focused()
    check_axe(anke)


def type_at_end_of_new(page, text):
    new = page.locator("#section-2-1-a .contribution").last.locator(".editor > [role=textbox]")
    with page.expect_response("**/save/"):
        new.click()
        page.keyboard.type(text)


def test_the_status_of_the_page_leads_to_its_worst_part(server, anke):
    expect(status(anke)).to_have_text(re.compile("All saved"))
    anke.context.set_offline(True)
    type_at_end(anke, "Zonder verbinding.", "b")
    expect(status(anke)).to_contain_text("Not saved yet")
    anke.keyboard.press("Control+End")
    assert status(anke).is_visible()
    box(anke).focus()
    status(anke).get_by_role("button").click()
    expect(box(anke, "b")).to_be_focused()
    anke.context.set_offline(False)
    says(anke, SAVED, "b")
    expect(status(anke)).to_have_text(re.compile(r"All saved, \d"))


def test_saving_moves_nobody(server, anke):
    write(anke, "Blijf hier.", section="c")
    anke.evaluate("window.isSamePage = true")
    save = anke.get_by_role("button", name="Save", exact=True).last
    save.scroll_into_view_if_needed()
    save.focus()  # the tools of the box go
    before = anke.evaluate("scrollY")
    save.click()
    anke.wait_for_timeout(1_000)
    assert anke.evaluate("[window.isSamePage, scrollY]") == [True, before]


def test_saving_without_scripts_returns_to_its_section(server, open_page):
    page = open_page(java_script_enabled=False)
    page.context.add_cookies([{"name": "sessionid", "value": server.sessions[ANKE], "url": server.url}])
    page.goto(GOAL)
    page.locator("#section-2-1-b textarea").first.fill("Zonder script.")
    page.get_by_role("button", name="Save 2.1.B").click()
    page.wait_for_url("**#section-2-1-b")
    page.get_by_role("button", name="Save", exact=True).last.click()
    page.wait_for_url("**#save")
    assert server.sql("SELECT body FROM reports_contribution WHERE body LIKE '%Zonder script%'")
