"""Writing in the text editor, in a real browser."""

from reports.document.richtext import normalise, to_plain
from tests.browser import Held, check_axe


def test_the_text_box_has_the_name_language_and_role_of_its_field(one):
    assert one.page.get_by_role("textbox", name="Measures Ministry of Justice").first.get_attribute("lang") == "nl"
    for name, value in {"aria-multiline": "true", "spellcheck": "true", "contenteditable": "true"}.items():
        assert one.prose.get_attribute(name) == value
    assert "prose" in one.prose.get_attribute("class").split()
    assert one.area.is_hidden()
    described = one.prose.get_attribute("aria-describedby")
    assert "Alt+F10" in one.page.locator(f"#{described}").text_content()


def test_an_unchanged_text_is_sent_as_it_came(one, shown):
    one.prose.click()
    one.page.keyboard.press("ArrowLeft")
    one.page.keyboard.press("Control+a")
    assert (one.sent, one.format) == (to_plain(shown.original), "plain")
    one.page.get_by_role("button", name="Save").click()
    one.page.wait_for_url("/sent")
    assert b"one-text_format=plain" in shown.sent[0]


def test_a_letter_typed_and_deleted_leaves_the_same_text(one, shown):
    one.prose.click()
    one.page.keyboard.press("Control+End")
    one.page.keyboard.type("x")
    assert one.format == "html"
    assert normalise(one.sent) != shown.original
    one.page.keyboard.press("Backspace")
    assert normalise(one.sent) == normalise(shown.original) == shown.original


def test_an_emptied_text_is_sent_empty(one):
    one.prose.click()
    one.page.keyboard.press("Control+a")
    one.page.keyboard.press("Delete")
    assert (one.sent, one.format) == ("", "html")


def test_every_change_emits_an_event(one):
    one.page.evaluate(
        "document.addEventListener('editor:change', event => { window.told = [event.target.id, event.detail.html] })"
    )
    one.prose.press("Control+End")
    one.page.keyboard.type("!")
    told = one.page.evaluate("window.told")
    assert told == ["id_one-body", one.sent]
    assert one.page.evaluate("document.getElementById('id_one-body').editor.getHTML()") == one.sent


def test_bold_list_and_link_by_keyboard_alone(empty):
    keyboard = empty.page.keyboard
    empty.prose.focus()
    keyboard.type("Een ")
    keyboard.press("Control+b")
    keyboard.type("vet")
    keyboard.press("Control+b")
    keyboard.type(" woord")
    keyboard.press("Enter")
    keyboard.press("Control+Shift+8")
    keyboard.type("punt")
    keyboard.press("Enter")
    keyboard.press("Control+]")
    keyboard.type("onderpunt")
    keyboard.press("Enter")
    keyboard.press("Control+[")
    keyboard.type("zie ")
    keyboard.press("Control+k")
    keyboard.type("www.example.org")
    keyboard.press("Enter")
    keyboard.type(" nu")
    assert normalise(empty.sent) == (
        "<p>Een <strong>vet</strong> woord</p><ul><li><p>punt</p><ul><li><p>onderpunt</p></li></ul></li>"
        '<li><p>zie <a href="https://example.org">www.example.org</a> nu</p></li></ul>'
    ).replace("https://example.org", "https://www.example.org")


def test_the_toolbar_is_there_and_works_by_keyboard(empty):
    keyboard = empty.page.keyboard
    empty.toolbar.wait_for()
    assert "active" not in (empty.box.get_attribute("class"))
    empty.prose.focus()
    empty.box.and_(empty.page.locator(".active")).wait_for()
    assert empty.toolbar.get_attribute("aria-controls") == empty.prose.get_attribute("id")
    assert "active" in empty.box.get_attribute("class")
    keyboard.press("Alt+F10")
    assert focused(empty.page) == "Bold"
    keyboard.press("ArrowRight")
    assert focused(empty.page) == "Italic"
    keyboard.press("Enter")
    assert empty.button("Italic").get_attribute("aria-pressed") == "true"
    keyboard.press("End")
    assert focused(empty.page) == "Redo"
    keyboard.press("ArrowRight")
    assert focused(empty.page) == "Bold"
    keyboard.press("ArrowLeft")
    keyboard.press("Home")
    keyboard.press("ArrowRight")
    keyboard.press("Escape")
    keyboard.type("cursief")
    assert empty.sent == "<p><em>cursief</em></p>"
    keyboard.press("Shift+Tab")
    assert focused(empty.page) == "Italic"  # the toolbar is one tab stop, at the last used button
    keyboard.press("Tab")
    keyboard.press("Tab")  # past the toolbar and the text
    empty.box.and_(empty.page.locator(":not(.active)")).wait_for()
    assert focused(empty.page) != "Measures Ministry of Justice"


def focused(page) -> str:
    return page.evaluate("document.activeElement.ariaLabel ?? document.activeElement.textContent")


def test_buttons_show_what_is_on_and_what_is_disabled(one, shown):
    one.prose.get_by_text("één").click()
    one.toolbar.wait_for()
    pressed = {"Bulleted list": "false", "Numbered list": "true", "Bold": "false"}
    assert {name: one.button(name).get_attribute("aria-pressed") for name in pressed} == pressed
    assert one.button("Increase the indent").get_attribute("aria-disabled") == "true"
    one.button("Decrease the indent").click()
    assert "</ol>" not in one.sent
    one.button("Undo").click()
    assert normalise(one.sent) == shown.original
    one.button("Redo").click()
    assert "</ol>" not in one.sent
    assert one.prose.evaluate("element => element === document.activeElement")


def test_tab_leaves_a_list_unchanged(one):
    one.prose.get_by_text("twee").click()
    one.page.keyboard.press("Tab")
    assert one.format == "plain"
    assert not one.prose.evaluate("element => element === document.activeElement")


def test_a_link_is_changed_refused_and_removed(one):
    page = one.page
    one.prose.get_by_text("de tekst").click()
    one.button("Link").click()
    address = one.box.get_by_label("Address of the link")
    assert address.input_value() == "https://example.org/wet?a=1&b=2"
    for unusable in ("javascript:alert(1)", "ftp://example.org", "zie bijlage", "https://", ""):
        address.fill(unusable)
        page.keyboard.press("Enter")
        assert "begins with https://" in one.box.get_by_role("alert").text_content()
        assert address.get_attribute("aria-invalid") == "true"
        assert one.format == "plain"
    address.fill("focal.point@example.org")
    check_axe(page)
    page.keyboard.press("Enter")
    assert '<a href="mailto:focal.point@example.org">de tekst</a>' in one.sent
    assert one.prose.evaluate("element => element === document.activeElement")
    page.keyboard.press("Control+k")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    one.box.get_by_role("button", name="Remove the link").click()
    assert "<a " not in one.sent
    assert "de tekst" in one.sent


def test_typing_changes_no_character(empty):
    typed = "\"Zo\" -- 'dus' ... (c) -> 1/2 **niet vet** _x_ `code` # kop ~~weg~~ https://example.org"
    lines = [typed, "--", "# kop", "> citaat", "1. januari", "* voetnoot", "---", "```"]
    empty.prose.focus()
    for line in lines:
        empty.page.keyboard.type(line)
        empty.page.keyboard.press("Enter")
    assert empty.area.evaluate("area => area.editor.getText({blockSeparator: '\\n'})").strip().split("\n") == lines
    assert "<ul>" not in empty.sent
    empty.page.keyboard.type("- punt")
    assert empty.sent.endswith("<ul><li><p>punt</p></li></ul>")


def test_a_click_lands_although_the_toolbar_hides(one, shown):
    """The toolbar takes room. If it disappeared on mousedown, the mouseup would miss the button."""
    one.prose.click()
    one.toolbar.wait_for()
    one.page.keyboard.type("x")
    save = one.page.get_by_role("button", name="Save").bounding_box()
    one.page.mouse.move(save["x"] + 10, save["y"] + save["height"] - 4)
    one.page.mouse.down()
    one.page.wait_for_timeout(100)
    one.page.mouse.up()
    one.page.wait_for_url("/sent")
    assert b"one-text_format=html" in shown.sent[0]


def test_the_clicked_line_stays_under_the_pointer(one):
    line = one.prose.get_by_text("twee")
    one.page.set_viewport_size({"width": 1000, "height": 500})
    line.scroll_into_view_if_needed()
    one.page.evaluate("scrollBy(0, 60)")
    before = line.bounding_box()["y"]
    line.click()
    one.toolbar.wait_for()
    assert abs(line.bounding_box()["y"] - before) < 2


def test_a_folded_text_gets_its_editor_when_it_is_opened(one, text):
    folded = text("three")
    assert folded.prose.count() == 0
    one.page.get_by_text("Translation").click()
    folded.prose.wait_for()
    folded.prose.click()
    one.page.keyboard.press("End")
    one.page.keyboard.type("!")
    assert folded.sent == "<p>folded!</p>"


def test_a_refused_text_is_still_html(page, shown, text):
    shown.put(("one", "<p>getypt</p>"), text="<p>getypt</p>", text_format="html")
    page.goto("/")
    text("one").prose.wait_for()
    assert (text("one").sent, text("one").format) == ("<p>getypt</p>", "html")


def delay_editor(page):
    """Open the page without its editor, and return a function that lets the editor load."""
    held = Held(page, "**/js/editor/editor.js")
    page.goto("/", wait_until="commit")

    def load():
        held.wait()
        held.release()

    return load


def test_text_typed_before_the_editor_has_loaded_is_kept(page, text):
    load_editor = delay_editor(page)
    area = page.locator("#id_one-body")
    area.press("Control+End")
    page.keyboard.type(" vroeg")
    page.locator("#id_two-body").type("te <vroeg>")
    load_editor()
    text("two").prose.wait_for()
    assert area.is_visible()
    assert area.input_value().endswith(" vroeg")
    assert text("one").format == "plain"
    assert (text("two").sent, text("two").format) == ("<p>te &lt;vroeg&gt;</p>", "html")
    page.keyboard.type("!")  # the cursor has not moved
    assert text("two").sent == "<p>te &lt;vroeg&gt;!</p>"


def test_a_space_typed_before_the_editor_has_loaded_is_no_text(page, text):
    load_editor = delay_editor(page)
    page.locator("#id_two-body").type(" ")
    load_editor()
    text("two").prose.wait_for()
    assert text("two").format == "plain"


def test_a_link_to_the_field_leads_into_its_editor(one):
    one.page.get_by_text("Go to the first text").click()
    assert one.prose.evaluate("element => element === document.activeElement")


def test_leaving_asks_only_when_something_would_be_lost(one):
    asked = []
    one.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    one.prose.click()
    one.page.reload()
    assert not asked
    one.prose.click()
    one.page.keyboard.type("x")
    one.page.reload()
    assert asked == ["beforeunload"]
    one.prose.click()
    one.page.keyboard.type("x")
    one.page.get_by_role("button", name="Save").click()
    one.page.wait_for_url("/sent")
    assert asked == ["beforeunload"]


def test_the_editor_is_accessible(one):
    check_axe(one.page)
    one.prose.click()
    one.toolbar.wait_for()
    check_axe(one.page)


def test_a_page_of_thirty_texts_has_thirty_editors(one):
    one.area.evaluate(
        """async (area) => {
            const { mount } = await import("/static/js/editor/editor.js");
            for (let number = 0; number < 30; number++) {
                const box = area.parentElement.cloneNode(false);
                box.append(Object.assign(area.cloneNode(true), { id: `copy-${number}` }));
                document.querySelector("main").append(box);
                mount(box.firstElementChild);
            }
        }"""
    )
    assert one.page.locator(".ProseMirror").count() == 32


def test_a_sent_text_is_still_there_after_going_back(one, empty):
    one.prose.click()
    one.page.keyboard.type("Nieuw. ")
    one.page.get_by_role("button", name="Save").click()
    one.page.wait_for_url("/sent")
    one.page.go_back()
    one.prose.get_by_text("Nieuw. ").wait_for()
    assert (one.format, "Nieuw. " in one.sent) == ("html", True)
    assert (empty.format, empty.sent) == ("plain", "")
    assert one.box.locator(".toolbar").count() == 1
    one.prose.get_by_text("twee").click()
    one.page.keyboard.type("!")
    assert "!" in one.sent
    assert "Nieuw. " in one.sent


def test_moving_between_texts_moves_no_line(one, empty):
    """The buttons of a text are there before anybody writes in it."""
    before = empty.prose.bounding_box()["y"]
    one.prose.click()
    empty.prose.click()
    empty.box.and_(empty.page.locator(".active")).wait_for()
    assert empty.prose.bounding_box()["y"] == before
