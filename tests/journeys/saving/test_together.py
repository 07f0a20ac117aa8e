"""Several users or tabs change one text, and no change is overwritten."""

import re

import pytest

from tests.browser import check_axe
from tests.journeys.saving.pages import (
    ANKE,
    GOAL,
    LISTEN,
    OFFLINE,
    box,
    choose_with_delayed_answer,
    edited_by_luc,
    expect_paragraphs,
    make_conflict,
    open_goal,
    paragraphs,
    poll_now,
    put_cursor,
    put_cursor_after,
    saved,
    says,
    share_tiptap,
    stop_clock,
    stored_records,
    type_at_end,
    type_slowly,
    wait_until_store_is_empty,
    without_news,
    write,
)

pytestmark = pytest.mark.console_errors("Failed to load resource")


def test_changes_to_different_paragraphs_are_merged(server, anke, luc):
    write(anke, "Eerste.", "Tweede.", "Derde.")
    colleague = luc()
    put_cursor(colleague, 0)
    with saved(colleague):
        colleague.keyboard.type(" Van Luc.")
    poll_now(anke)
    anke.locator("#section-2-1-a .writing").filter(has_text="Luc Lambert is writing here").wait_for()
    check_axe(anke)
    put_cursor(anke, 2)
    anke.keyboard.type(" Van Anke.")
    box(anke).filter(has_text="Van Luc").wait_for()
    with saved(anke):
        anke.keyboard.type(" Cursor.")  # the cursor has not moved
    poll_now(colleague)
    box(colleague).filter(has_text="Van Anke. Cursor.").wait_for()
    wanted = ["Eerste. Van Luc.", "Tweede.", "Derde. Van Anke. Cursor."]
    assert paragraphs(anke) == paragraphs(colleague) == wanted
    anke.keyboard.press("Control+z")
    assert "Van Luc" in box(anke).inner_text()  # undo affects her own changes only


SENTENCES = ["Politie kreeg een handleiding.", "Scholen kregen een folder.", "Het loket is open."]


def test_words_of_one_paragraph_are_merged_around_the_cursor(server, anke, luc):
    write(anke, " ".join(SENTENCES))
    colleague = luc()
    anke.evaluate(LISTEN)
    put_cursor_after(anke, "folder")
    with without_news(anke):
        for word, more in (("Politie", " van Gent"), ("loket", " in Gent")):
            put_cursor_after(colleague, word)
            with saved(colleague):
                colleague.keyboard.type(more)
        with saved(anke):
            anke.keyboard.type(" van Anke")
    expect_paragraphs(
        anke, "Politie van Gent kreeg een handleiding. Scholen kregen een folder van Anke. Het loket in Gent is open."
    )
    with saved(anke):
        anke.keyboard.type(" en Luc")  # the cursor is where it was
    poll_now(colleague)
    merged = (
        "Politie van Gent kreeg een handleiding. Scholen kregen een folder van Anke en Luc. Het loket in Gent is open."
    )
    for page in (anke, colleague):
        expect_paragraphs(page, merged)
        assert page.locator(".conflict").count() == 0
    assert anke.evaluate("said").count("Two versions of this paragraph") == 0
    anke.keyboard.press("Control+z")
    assert "Politie van Gent" in box(anke).inner_text()


def test_words_arrive_after_typing_in_their_paragraph(server, page, luc):
    """She types without a pause: her words are saved and merged, and the colleague's come when she stops."""
    page.clock.install()
    anke = open_goal(server, page, ANKE)
    write(anke, " ".join(SENTENCES))
    with without_news(anke):
        colleague = luc()
        put_cursor_after(colleague, "Politie")
        with saved(colleague):
            colleague.keyboard.type(" van Gent")
        put_cursor_after(anke, "folder")
        stop_clock(anke)
        with anke.expect_response("**/save/"):
            type_slowly(anke, " meldplicht" * 6)  # longer than the page delays a save, without a pause
        assert paragraphs(anke)[0].startswith("Politie kreeg")
        anke.keyboard.type(" slot")
        anke.clock.resume()
        box(anke).filter(has_text="meldplicht slot. Het").wait_for()
    anke.wait_for_timeout(1_000)  # she has stopped typing
    poll_now(anke)
    box(anke).filter(has_text="Politie van Gent kreeg").wait_for()
    anke.keyboard.type("!")
    box(anke).filter(has_text="meldplicht slot!. Het").wait_for()


@pytest.mark.parametrize(
    ("begun", "rest", "wanted"),
    [
        (" woord ", "volgend", ["Tweede. woord volgend"]),
        ("\n", "Derde.", ["Tweede.", "Derde."]),
        ("\n- Punt.\n", "Nog een.", ["Tweede.", "Punt.", "Nog een."]),
    ],
    ids=["a space", "a paragraph", "an item"],
)
def test_a_colleagues_change_keeps_what_was_just_begun(server, anke, luc, begun, rest, wanted):
    write(anke, "Eerste.", "Tweede.")
    put_cursor(anke, 1)
    with saved(anke):
        for key in begun:
            anke.keyboard.press("Enter") if key == "\n" else anke.keyboard.type(key)
    colleague = luc()
    put_cursor(colleague, 0)
    with saved(colleague):
        colleague.keyboard.type(" Van Luc.")
    poll_now(anke)
    box(anke).filter(has_text="Van Luc").wait_for()
    with saved(anke):
        anke.keyboard.type(rest)
    assert paragraphs(anke) == ["Eerste. Van Luc.", *wanted]


def test_a_conflict_shows_both_versions_until_one_is_chosen(server, anke, luc):
    colleague, panel = make_conflict(anke, luc)
    panel.get_by_role("heading", name="Two versions of this paragraph").wait_for()
    assert panel.locator("[data-mine] ins").inner_text().strip() == "In juni."
    assert panel.locator("[data-theirs] ins").inner_text().strip() == "In mei."
    assert "Two versions of this paragraph" in anke.evaluate("said")
    check_axe(anke)
    poll_now(colleague)
    colleague.locator(".conflict").get_by_role("button", name="Use theirs").wait_for()

    panel.get_by_role("button", name="Use yours").click()
    panel.wait_for(state="detached")
    expect_paragraphs(anke, "Boven.", "Politie kreeg een handleiding. In juni.")
    anke.locator("#section-2-1-a .editor > [role=textbox]:focus").wait_for()
    poll_now(colleague)
    colleague.locator(".conflict").wait_for(state="detached")
    expect_paragraphs(colleague, "Boven.", "Politie kreeg een handleiding. In juni.")


def test_saving_during_a_conflict_makes_no_second_conflict(server, anke, luc):
    anke.route("**/now/?*", lambda route: route.abort())
    edited_by_luc(anke, luc)
    put_cursor(anke, 1)
    anke.keyboard.type(" In juni.")
    anke.evaluate("document.querySelector('#section-2-1-a textarea').saver.lastChange = Infinity")  # types on
    anke.locator(".conflict").wait_for()
    anke.get_by_role("button", name=re.compile("2.2$")).click()
    anke.wait_for_url("**/2.2/")
    anke.goto(GOAL)
    anke.locator(".conflict").wait_for()
    assert server.sql("SELECT COUNT(*) FROM reports_conflict") == [(1,)]


def test_a_paragraph_is_not_replaced_while_it_is_typed(server, page, luc):
    page.clock.install()
    anke = open_goal(server, page, ANKE)
    word = "meldplicht" * 7
    with without_news(anke):
        edited_by_luc(anke, luc)
        put_cursor(anke, 1)
        stop_clock(anke)
        type_slowly(anke, f" {word}")  # longer than the page delays a save, without a pause
        anke.clock.resume()
        anke.locator(".conflict [data-mine]").filter(has_text=word).wait_for()
    anke.wait_for_timeout(1_000)  # she has stopped typing
    poll_now(anke)
    box(anke).filter(has_text="handleiding. In mei.").wait_for()
    assert word not in box(anke).inner_text()


def test_a_version_that_grew_during_a_choice_is_a_new_conflict(server, anke, luc):
    colleague, panel = make_conflict(anke, luc)
    panel.get_by_role("button", name="Use yours").wait_for()
    with without_news(anke):  # she must not see it before she chooses
        with saved(colleague):
            colleague.keyboard.type(" En later.")
        late = choose_with_delayed_answer(anke, panel)
    poll_now(anke)  # the page sees the new version before the answer to its choice
    panel.locator("[data-theirs]").filter(has_text="En later.").wait_for()
    route, answer = late
    route.fulfill(response=answer)
    anke.unroute("**/conflicts/*/")
    box(anke).filter(has_text="En later.").wait_for()
    assert panel.count() == 1

    panel.get_by_role("button", name="Use yours").click()
    panel.wait_for(state="detached")
    expect_paragraphs(anke, "Boven.", "Politie kreeg een handleiding. In juni.")


def test_a_late_answer_to_a_choice_does_not_move_the_focus(server, anke, luc):
    _colleague, panel = make_conflict(anke, luc)
    late = choose_with_delayed_answer(anke, panel)
    type_at_end(anke, "Eerst dit,", section="b")
    route, answer = late
    route.fulfill(response=answer)
    panel.wait_for(state="detached")
    anke.keyboard.type(" dan dat.")
    assert box(anke, "b").inner_text().strip() == "Eerst dit, dan dat."


def test_a_choice_waits_for_a_refused_text(server, anke, luc):
    _colleague, panel = make_conflict(anke, luc)
    panel.wait_for()
    anke.route("**/save/", lambda route: route.fulfill(status=422, json={"outcome": "refused", "message": "Too much."}))
    put_cursor(anke, 0)
    anke.keyboard.type(" Veel.")
    says(anke, "Too much.")
    panel.get_by_role("button", name="Use yours").click()
    panel.get_by_role("alert").filter(has_text="First read the message below the text").wait_for()


def test_two_tabs_of_one_person_are_merged(server, anke):
    write(anke, "Eerste.", "Tweede.")
    second = anke.context.new_page()
    second.goto(GOAL)
    anke.context.set_offline(True)
    put_cursor(anke, 0)
    anke.keyboard.type(" Links.")
    put_cursor(second, 1)
    second.keyboard.type(" Rechts.")
    says(anke, OFFLINE)
    says(second, OFFLINE)
    assert len(stored_records(anke)) == 2
    second.close()  # the other tab takes its text over
    anke.context.set_offline(False)
    poll_now(anke)
    box(anke).filter(has_text=re.compile("Links.*Rechts")).wait_for()
    wait_until_store_is_empty(anke)
    box(anke).filter(has_text=re.compile("^Eerste. Links.\\s*Tweede. Rechts.$")).wait_for()
    assert anke.locator(".conflict").count() == 0


def test_replacing_a_text_keeps_the_cursor(server, anke):
    write(anke, "een", "twee", "drie")
    put_cursor(anke, 1)
    share_tiptap(anke)
    anke.evaluate(
        """async () => {
            const {replaceText} = await import("/static/js/editor/replace_text.js");
            const {editor} = document.querySelector("#section-2-1-a textarea");
            replaceText(editor, "<p>nul</p><p>eén</p><p>twee</p><ul><li><p>drie</p></li></ul><p>vier</p>");
        }"""
    )
    anke.keyboard.type("!")
    assert box(anke).inner_text().split() == ["nul", "eén", "twee!", "drie", "vier"]


def test_replacing_a_long_text_compares_few_nodes(server, anke):
    write(anke, "boven", "slot")
    put_cursor(anke, 1)
    share_tiptap(anke)
    count = anke.evaluate(
        """async () => {
            const {replaceText} = await import("/static/js/editor/replace_text.js");
            const {pm} = await import("/static/django_prose_editor/editor.js");
            const {editor} = document.querySelector("#section-2-1-a textarea");
            const {eq} = pm.model.Node.prototype;
            let count = 0;
            pm.model.Node.prototype.eq = function (other) { count += 1; return eq.call(this, other); };
            for (const word of ["eerst", "dan"]) {
                const middle = Array.from({length: 1000}, (_, number) => `<p>${word} ${number}</p>`).join("");
                replaceText(editor, `<p>boven</p>${middle}<p>slot</p>`);
            }
            pm.model.Node.prototype.eq = eq;
            return count;
        }"""
    )
    anke.keyboard.type("!")
    shown = paragraphs(anke)
    assert (len(shown), shown[0], shown[1], shown[-1]) == (1002, "boven", "dan 0", "slot!")
    assert count < 50_000


@pytest.mark.parametrize(
    ("wanted", "shown"),
    [
        ("<p>een</p><p>nieuw</p><p>twee van Luc</p><p>drie</p>", ["een", "nieuw", "twee van Luc en", "drie"]),
        ("<p>een</p><p>twee, Luc</p><ul><li><p>punt</p></li></ul><p>drie</p>", ["een", "twee, Luc en", "punt", "drie"]),
        ("<p>een</p><p>drie</p>", ["een en", "drie"]),
    ],
    ids=["a paragraph before", "a list after", "gone"],
)
def test_the_cursor_stays_in_its_paragraph(server, anke, wanted, shown):
    write(anke, "een", "twee", "drie")
    put_cursor(anke, 1)
    anke.keyboard.type(" ")
    share_tiptap(anke)
    anke.evaluate(
        """async wanted => {
            const {replaceText} = await import("/static/js/editor/replace_text.js");
            replaceText(document.querySelector("#section-2-1-a textarea").editor, wanted);
        }""",
        wanted,
    )
    anke.keyboard.type("en")
    assert paragraphs(anke) == shown
