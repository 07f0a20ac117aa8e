"""Colleagues talk at the text: a comment on a passage, from the toolbar to the settled thread."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import PATIENCE, check_axe, use_session, wait_until

ANKE, LUC = "focalpoint.be@example.org", "police.be@example.org"
GOAL = "/reports/BE/2014/2.1/"
TEXT = "De wet is in werking. Elk parket besluit binnen 14 dagen."
BEGUN = f"""
from reports.models import Section, User
from reports.rules import writing
section = Section.objects.get(report__country__code="BE", report__form__year=2014, question__code="2.1.A")
anke = User.objects.get(email="{ANKE}")
print(writing.add_contribution(section, "<p>{TEXT}</p>", by=anke, language="nl", authority="Justitie").pk)
"""
PAINTED = """() => Object.fromEntries(["comment", "comment-chosen"].map(
    name => [name, [...(CSS.highlights.get(name) ?? [])].map(range => range.toString())]))"""
expect.set_options(timeout=PATIENCE * 1000)


@pytest.fixture
def text(server, page):
    """The page of goal 2.1 with one text, open in English for its writer."""
    server.set_language("en")
    server.run(BEGUN)
    return opened(server, page, ANKE)


def opened(server, page, email):
    use_session(server, page, email)
    page.goto(GOAL)
    page.locator(".ProseMirror").first.wait_for()
    return page


def select(page, words):
    """Select words of the first text, as dragging over them does."""
    page.locator(".ProseMirror").first.evaluate(
        """(element, words) => {
            const {editor} = element.closest(".editor").querySelector("textarea");
            const at = element.textContent.indexOf(words) + 1;
            editor.view.focus();
            editor.commands.setTextSelection({from: at, to: at + words.length});
        }""",
        words,
    )


def cursor(page, place):
    page.locator(".ProseMirror").first.evaluate(
        """(element, place) => {
            const {editor} = element.closest(".editor").querySelector("textarea");
            editor.view.focus();
            editor.commands.setTextSelection(place);
        }""",
        place,
    )


def comment_on(page, words, said):
    select(page, words)
    page.get_by_role("button", name="Comment on the selection").first.click()
    box = page.get_by_label("Comment", exact=True).first
    expect(box).to_be_focused()
    page.keyboard.type(said)
    page.get_by_role("button", name=re.compile("^Add the comment")).click()
    thread = page.locator(".thread", has_text=said)
    thread.wait_for()
    return thread


def painted(page):
    found = page.evaluate(PAINTED)
    return found["comment"] + found["comment-chosen"]


def test_a_comment_follows_its_passage_and_is_settled(server, text, open_page):
    page = text
    thread = comment_on(page, "14 dagen", "Werkdagen? @Luc")
    assert thread.locator("blockquote").inner_text() == "“14 dagen”"
    wait_until(page, lambda: painted(page) == ["14 dagen"])
    cursor(page, 1)
    with page.expect_response("**/save/"):
        page.keyboard.type("Sinds mei: ")
    wait_until(page, lambda: painted(page) == ["14 dagen"])
    assert "mark" not in server.sql("SELECT body FROM reports_revision ORDER BY number DESC LIMIT 1")[0][0]
    check_axe(page)

    other = opened(server, open_page(), LUC)
    other.locator(".ProseMirror").first.evaluate(  # a click on the passage shows its comment
        """element => {
            const {editor} = element.closest(".editor").querySelector("textarea");
            editor.commands.setTextSelection(element.textContent.indexOf("14 dagen") + 3);
            element.click();
        }"""
    )
    answered = other.locator(".thread.chosen")
    answered.wait_for()
    expect(other.get_by_role("tab", name="Comments 1")).to_have_attribute("aria-selected", "true")
    answered.get_by_label("Your reply").fill("Ja, werkdagen.")
    answered.get_by_role("button", name=re.compile("^Mark as settled")).click()
    settled = other.locator("[data-settled] .thread")
    settled.wait_for(state="attached")
    assert "Ja, werkdagen." in settled.text_content()
    expect(other.get_by_role("tab", name="Comments", exact=True)).to_be_visible()
    wait_until(other, lambda: painted(other) == [])


@pytest.mark.console_errors("422")
def test_what_is_typed_stays_while_a_comment_is_refused(text, page):
    thread = comment_on(page, "De wet", "Sinds wanneer?")
    select(page, "14 dagen")
    page.get_by_role("button", name="Comment on the selection").first.click()
    page.keyboard.type("Nog niet verzonden")
    thread.get_by_label("Your reply").fill("x" * 2001)
    thread.get_by_role("button", name=re.compile("^Reply")).click()
    expect(thread.get_by_role("alert")).to_contain_text("the maximum is 2000")
    assert len(thread.get_by_label("Your reply").input_value()) == 2001
    thread.get_by_label("Your reply").fill("Sinds april.")
    thread.get_by_role("button", name=re.compile("^Reply")).click()
    expect(page.locator(".thread")).to_contain_text("Sinds april.")
    assert page.get_by_label("Comment", exact=True).first.input_value() == "Nog niet verzonden"


def test_a_deleted_passage_stays_in_the_panel_and_comes_back(text, page):
    thread = comment_on(page, "14 dagen", "Werkdagen?")
    select(page, "binnen 14 dagen")
    page.keyboard.press("Delete")
    expect(thread.get_by_text("no longer in the text")).to_be_visible()
    assert painted(page) == []
    page.keyboard.press("Control+z")
    expect(thread.get_by_text("no longer in the text")).to_be_hidden()
    wait_until(page, lambda: painted(page) == ["14 dagen"])


def test_comments_by_keyboard_on_a_phone_in_french(server, text, open_page):
    server.set_language("fr")
    page = opened(server, open_page(viewport={"width": 390, "height": 844}), ANKE)
    select(page, "De wet")
    page.keyboard.press("Alt+F10")
    while page.evaluate("document.activeElement.dataset.command") != "comment":
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.name === 'text'")
    page.keyboard.type("Depuis quand ?")
    while page.evaluate("document.activeElement.type") != "submit":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    thread = page.locator(".thread")
    thread.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    thread.locator("[data-show-passage]").focus()
    page.keyboard.press("Enter")  # leads to the passage in the text
    page.wait_for_function("document.activeElement.classList.contains('ProseMirror')")
    check_axe(page)


def test_who_only_reads_comments_on_a_selected_passage(server, text, open_page):
    server.run(f"""
from reports.models import Membership
Membership.objects.filter(user__email="{LUC}").update(role="approver")
""")
    page = open_page()
    use_session(server, page, LUC)
    page.goto(GOAL)
    page.get_by_role("tab", name="Comments").click()
    page.locator("[data-contribution] > .prose").first.evaluate(
        """element => {
            const node = element.querySelector("p").firstChild;
            const at = node.data.indexOf("parket besluit");
            getSelection().setBaseAndExtent(node, at + 2, node, at + 12);
        }"""
    )
    page.locator("[data-new-comment] > summary").first.click()
    expect(page.locator("[data-quote]").first).to_have_text("“parket besluit”")
    page.get_by_label("Comment", exact=True).first.fill("Elk parket?")
    page.get_by_role("button", name=re.compile("^Add the comment")).click()
    wait_until(page, lambda: painted(page) == ["parket besluit"])
    check_axe(page)


@pytest.mark.console_errors("40[13]")
def test_a_comment_of_somebody_signed_out_says_so_and_goes_later(server, text, page):
    thread = comment_on(page, "De wet", "Sinds wanneer?")
    page.context.clear_cookies(name="sessionid")
    thread.get_by_label("Your reply").fill("Sinds april.")
    reply = thread.get_by_role("button", name=re.compile("^Reply"))
    reply.click()
    expect(thread.get_by_role("alert")).to_contain_text("This could not be sent.")
    expect(thread).to_contain_text("Not saved yet: you are signed out")
    use_session(server, page, ANKE)
    look(page)
    expect(thread).not_to_contain_text("Not saved yet: you are signed out")
    reply.click()
    expect(page.locator(".thread .says", has_text="Sinds april.")).to_be_visible()


def look(page):
    """Somebody comes back to the window: the page asks at once what others did."""
    page.evaluate("dispatchEvent(new Event('focus'))")


def test_a_colleagues_comment_comes_to_an_open_page(server, text, open_page):
    page, other = text, opened(server, open_page(), LUC)
    comment_on(other, "14 dagen", "Werkdagen?")
    look(page)
    thread = page.locator(".thread", has_text="Werkdagen?")
    thread.wait_for(state="attached")
    expect(page.locator("[data-comments-said]")).to_have_text("New comments: 2.1.A")
    expect(page.get_by_role("tab", name="Comments 1")).to_be_visible()
    wait_until(page, lambda: painted(page) == ["14 dagen"])

    page.get_by_role("tab", name="Comments 1").click()
    reply = thread.get_by_label("Your reply")
    reply.fill("Nog niet verz")
    answer = other.locator(".thread")
    answer.get_by_label("Your reply").fill("Of kalenderdagen?")
    answer.get_by_role("button", name=re.compile("^Reply")).click()
    expect(answer).to_contain_text("Of kalenderdagen?")
    look(page)
    expect(thread).to_contain_text("Of kalenderdagen?")
    expect(reply).to_be_focused()
    page.keyboard.type("onden")
    expect(reply).to_have_value("Nog niet verzonden")
    thread.get_by_role("button", name=re.compile("^Reply")).click()
    expect(thread).to_contain_text("Nog niet verzonden")
    assert page.locator(".thread").count() == 1
    check_axe(page)


def test_a_typed_comment_is_kept_until_it_is_sent(text, page):
    select(page, "De wet")
    page.get_by_role("button", name="Comment on the selection").first.click()
    page.keyboard.type("Nog niet verzonden")
    expect(page.locator("[data-new-comment]").first).to_contain_text("Kept on this computer")
    page.goto("/reports/BE/2014/")
    page.goto(GOAL)
    box = page.get_by_label("Comment", exact=True).first
    expect(box).to_have_value("Nog niet verzonden")
    page.get_by_role("tab", name="Comments").click()
    expect(page.locator("[data-quote]").first).to_have_text("“De wet”")
    page.get_by_role("button", name=re.compile("^Add the comment")).click()
    thread = page.locator(".thread", has_text="Nog niet verzonden")
    expect(thread.locator("blockquote")).to_have_text("“De wet”")
    wait_until(page, lambda: painted(page) == ["De wet"])
    thread.get_by_label("Your reply").fill("Wel")
    expect(thread).to_contain_text("Kept on this computer")  # a box that came with an answer is kept too
    page.reload()
    expect(page.locator(".thread").get_by_label("Your reply")).to_have_value("Wel")
    expect(page.get_by_label("Comment", exact=True).first).to_have_value("")
