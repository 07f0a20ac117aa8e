"""A suggestion in a browser: typed in the editor, kept, sent, seen beside the text as a difference, and accepted."""

import pytest
from playwright.sync_api import expect

from tests.browser import check_axe, use_session, wait_until
from tests.journeys.saving.pages import RECORDS

LUC, ANKE = "police.be@example.org", "focalpoint.be@example.org"
GIVE = """
from reports.models import *
from reports.rules import delegations, writing
anke, luc = (User.objects.get(email=one) for one in ("focalpoint.be@example.org", "police.be@example.org"))
report = Report.objects.get(country__code="BE", form__year=2014)
delegations.give(report, luc, {"2.1.B": "whole"}, by=anke)
section = report.sections.get(question__code="4.1.C")
section.contributions.all().update(removed_at="2014-01-01T00:00Z")
text = "<p>The law enters into force in May.</p><p>The courts are informed.</p><p>Schools get a guide.</p>"
writing.add_contribution(section, text, by=anke, language="en", authority="Justice")
"""
PAGE = "/reports/BE/2014/4.1/"


@pytest.fixture
def passage(server):
    """A contribution of three paragraphs that the contributor may not write."""
    server.run(GIVE)
    [(pk,)] = server.sql("SELECT max(id) FROM reports_contribution WHERE authority = 'Justice'")
    return pk


def box(page):
    return page.locator("#suggest-form .editor [role=textbox]")


def type_change(page):
    """Add a word to the first paragraph, and to the last."""
    box(page).click()
    page.keyboard.press("Control+Home")
    page.keyboard.type("Truly: ")
    page.keyboard.press("Control+End")
    page.keyboard.type(" In June.")


def body_of(server, passage):
    [(body,)] = server.sql(f"SELECT body FROM reports_contribution WHERE id = {passage}")
    return body


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_suggestion_goes_from_a_colleague_into_the_text(server, page, passage, language):
    server.set_language(language)
    use_session(server, page, LUC)
    page.goto(PAGE)
    page.locator(f"a[href$='/contributions/{passage}/suggest/']").click()
    type_change(page)
    page.locator("#suggest-note").fill("The guide comes in June.")
    if language == "en":
        check_axe(page)
    page.locator("#suggest-form .btn-primary").click()
    page.wait_for_url("**/suggestions/*/")
    assert page.locator("main ins").count() == 2
    if language == "en":
        check_axe(page)
    wait_until(page, lambda: page.evaluate(f"async () => (await {RECORDS}).length") == 0)  # it has arrived
    use_session(server, page, ANKE)
    page.goto("/tasks/")
    page.locator(".duties a[href*='#suggestion-']").first.click()
    shown = page.locator("details.suggestion")
    expect(shown.locator("ins").first).to_be_visible()
    expect(shown).to_contain_text("The guide comes in June.")
    if language == "en":
        check_axe(page)
    shown.get_by_role("checkbox").first.uncheck()
    shown.locator("button[name=accept]").click()
    expect(page.locator("details.suggestion")).to_have_count(0)
    assert body_of(server, passage).endswith("<p>Schools get a guide. In June.</p>")
    assert "Truly" not in body_of(server, passage)


def test_a_typed_suggestion_comes_back_in_the_editor(server, page, passage):
    server.set_language("en")
    use_session(server, page, LUC)
    address = f"/reports/BE/2014/contributions/{passage}/suggest/"
    page.goto(address)
    type_change(page)
    expect(page.get_by_text("Kept on this computer").first).to_be_visible()
    page.goto("/tasks/")
    page.goto(address)
    expect(box(page)).to_contain_text("Truly: The law enters into force in May.")
    page.locator("#suggest-form .btn-primary").click()
    page.wait_for_url("**/suggestions/*/")
    [(suggested,)] = server.sql("SELECT body FROM reports_suggestion")
    assert suggested.startswith("<p>Truly: The law enters into force in May.</p><p>The courts")


def test_what_is_kept_is_shown_as_words(server, page, passage):
    server.set_language("en")
    use_session(server, page, LUC)
    page.goto(f"/reports/BE/2014/contributions/{passage}/suggest/")
    type_change(page)
    expect(page.get_by_text("Kept on this computer").first).to_be_visible()
    page.goto("/unsent/")
    preview = page.locator("[data-preview]").first
    expect(preview).to_contain_text("Truly: The law enters into force in May.")
    expect(preview).not_to_contain_text("<p>")
