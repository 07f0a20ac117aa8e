"""Tables in the text editor: made, changed and left by keyboard, and pasted from other programs."""

import pytest

from reports.document.richtext import normalise
from tests.browser import check_axe

GRID = (
    "<table><thead><tr><th><p>Jaar</p></th><th><p>Zaken</p></th></tr></thead>"
    "<tbody><tr><td><p>2012</p></td><td><ul><li><p>een</p></li><li><p>twee</p></li></ul></td></tr></tbody></table>"
)


def press(keyboard, *keys: str) -> None:
    for key in keys:
        keyboard.press(key)


def choose(text, name: str) -> None:
    """Press a button of the toolbar by keyboard, and go back to the text."""
    keyboard = text.page.keyboard
    text.toolbar.wait_for()
    keyboard.press("Alt+F10")
    for _ in range(20):
        if text.button(name).evaluate("one => one === document.activeElement"):
            break
        keyboard.press("ArrowRight")
    press(keyboard, "Enter", "Escape")


def test_a_table_is_made_and_changed_by_keyboard_alone(empty):
    keyboard = empty.page.keyboard
    empty.prose.focus()
    assert empty.button("Add a row below").is_hidden()
    choose(empty, "Insert a table")
    for word in ("Jaar", "Zaken", "Daders", "2012", "41"):
        keyboard.type(word)
        keyboard.press("Tab")
    keyboard.type("7")
    choose(empty, "Add a row below")
    press(keyboard, "Tab")
    keyboard.type("2013")
    choose(empty, "Remove the column")
    assert normalise(empty.sent) == (
        "<table><thead><tr><th><p>Zaken</p></th><th><p>Daders</p></th></tr></thead>"
        "<tbody><tr><td><p>41</p></td><td><p>7</p></td></tr></tbody></table>"
    )
    choose(empty, "First row has headings")
    assert "<th>" not in normalise(empty.sent)
    choose(empty, "Add a column to the right")
    choose(empty, "Remove the row")
    choose(empty, "Remove the table")
    assert empty.sent == ""


def test_tab_leaves_the_text_after_the_last_cell(page, shown, text):
    shown.put(("one", GRID))
    page.goto("/")
    one = text("one")
    one.prose.get_by_text("Jaar").click()
    press(page.keyboard, "Tab", "Tab", "Tab")
    assert one.prose.evaluate("one => one === document.activeElement")
    page.keyboard.press("Tab")
    assert not one.prose.evaluate("one => one === document.activeElement")
    assert one.format == "plain"


def test_one_can_write_after_a_new_table(empty):
    keyboard = empty.page.keyboard
    empty.prose.focus()
    choose(empty, "Insert a table")
    keyboard.type("a")
    press(keyboard, *["ArrowDown"] * 3)
    keyboard.type("after")
    assert normalise(empty.sent) == "<table><thead><tr><th><p>a</p></th></tr></thead></table><p>after</p>"


def test_a_letter_typed_in_a_table_and_deleted_leaves_the_same_text(page, shown, text):
    shown.put(("one", f"<p>voor</p>{GRID}<p>na</p>"))
    page.goto("/")
    one = text("one")
    one.prose.get_by_text("2012").click()
    page.keyboard.type("x")
    assert "x" in one.sent
    page.keyboard.press("Backspace")
    assert normalise(one.sent) == f"<p>voor</p>{GRID}<p>na</p>"


def test_a_table_grows_no_further_than_a_report_can_have(page, shown, text):
    shown.put(("one", normalise(f"<table><tr>{'<td>a' * 12}</table>")))
    page.goto("/")
    one = text("one")
    one.prose.get_by_text("a").first.click()
    assert one.button("Add a column to the right").get_attribute("aria-disabled") == "true"
    assert one.button("Add a row below").get_attribute("aria-disabled") == "false"


def test_an_editor_with_a_table_is_accessible(page, shown, text):
    shown.put(("one", GRID))
    page.goto("/")
    text("one").prose.get_by_text("2012").click()
    text("one").toolbar.wait_for()
    check_axe(page)


@pytest.mark.parametrize(
    ("pasted", "html"),
    [
        (GRID, GRID),
        (
            "<table><tr><th>Jaar</th><td>2012</td></tr></table>",
            "<table><tbody><tr><td><p>Jaar</p></td><td><p>2012</p></td></tr></tbody></table>",
        ),
        (
            (
                "<table><caption>Zaken</caption><tr><td rowspan=2>P</td><td colspan=2>1</td></tr>"
                "<tr><td>2</td><td><b>3</b></td></tr></table><p>na</p>"
            ),
            (
                "<p>Zaken</p><table><tbody><tr><td><p>P</p></td><td><p>1</p></td><td></td></tr>"
                "<tr><td><p>P</p></td><td><p>2</p></td><td><p><strong>3</strong></p></td></tr></tbody></table><p>na</p>"
            ),
        ),
        ("<table><tr><td>alleen</td></tr></table>", "<p>alleen</p>"),
        (
            "<table><tr><td>Beste,</td><td><table><tr><td>a</td><td>b</td></tr></table></td></tr></table>",
            "<p>Beste,</p><table><tbody><tr><td><p>a</p></td><td><p>b</p></td></tr></tbody></table>",
        ),
    ],
)
def test_a_pasted_table_stays_a_table(empty, pasted, html):
    assert empty.paste(html=pasted) == html


@pytest.mark.parametrize(("cell", "shown_then"), [("td:nth-child(2)", "<td>nu</td>"), ("td:nth-child(1)", "2012nu")])
def test_a_colleagues_row_leaves_the_cursor_in_its_cell(page, shown, text, cell, shown_then):
    before = normalise("<p>a</p><table><tr><th>Jaar<th>Zaken<tr><td>2012<td><tr><td>2013<td>5</table>")
    after = before.replace(">5<", ">6<").replace("</tbody>", "<tr><td><p>2014</p></td><td></td></tr></tbody>")
    shown.put(("one", before))
    page.goto("/")
    one = text("one")
    one.prose.locator(f"tr:nth-child(2) {cell}").click()
    page.keyboard.press("End")
    replace(one, after)
    page.keyboard.type("nu")
    assert shown_then in normalise(one.sent).replace("<p>", "").replace("</p>", "")
    assert normalise(one.sent).replace("nu", "").replace("<p></p>", "") == after


def test_a_colleagues_column_leaves_the_cursor_in_its_cell(page, shown, text):
    shown.put(("one", normalise("<table><tr><th>Jaar<th>Zaken<tr><td>2012<td>41<tr><td>2013<td>5</table>")))
    page.goto("/")
    one = text("one")
    one.prose.get_by_text("41").click()
    page.keyboard.press("End")
    after = normalise("<table><tr><th>Jaar<th>Nieuw<th>Zaken<tr><td>2012<td>7<td>41<tr><td>2013<td><td>5</table>")
    replace(one, after)
    page.keyboard.type("x")
    assert normalise(one.sent) == after.replace("41", "41x")


def replace(text, html: str) -> None:
    """Show what a colleague's change made of the text."""
    text.area.evaluate(
        """async (area, html) => {
            const {replaceText} = await import("/static/js/editor/replace_text.js");
            replaceText(area.editor, html);
        }""",
        html,
    )
