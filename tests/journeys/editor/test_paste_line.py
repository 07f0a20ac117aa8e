"""What a paste leaves out is said below the text, and can be undone or pasted as plain text."""

import pytest
from django.utils import translation

from reports.document.lengths import LONGEST_TEXT
from reports.document.richtext import normalise
from tests.browser import check_axe

PUT_ON_CLIPBOARD = """async ([html, text]) => {
  const blob = (words, type) => new Blob([words], {type});
  const item = {"text/html": blob(html, "text/html"), "text/plain": blob(text, "text/plain")};
  await navigator.clipboard.write([new ClipboardItem(item)]);
}"""
HTML = (
    '<p>The law is <s>not </s><b>adopted</b>.</p><p><font color="#ff0000">In force</font> since May.</p>'
    '<ul><li>police</li></ul><img src="https://example.org/chart.png">'
)
TEXT = "The law is adopted.\n\nIn force since May.\n\n• police"
PASTED = "<p>The law is <strong>adopted</strong>.</p><p>In force since May.</p><ul><li><p>police</p></li></ul>"
PLAIN = PASTED.replace("<strong>", "").replace("</strong>", "")


def words(language: str, *names: str) -> list[str]:
    with translation.override(language):
        return [translation.gettext(name) for name in names]


@pytest.fixture
def real_paste(page):
    """Return a function that puts HTML and text on the real clipboard and presses Ctrl+V in a text."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])

    def paste(text, html: str = HTML, plain: str = TEXT) -> None:
        page.evaluate(PUT_ON_CLIPBOARD, [html, plain])
        text.prose.click()
        page.keyboard.press("Control+v")

    return paste


def place_of(locator) -> dict[str, float]:
    return locator.evaluate("element => element.getBoundingClientRect().toJSON()")


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_line_names_what_was_left_out(page, shown, text, real_paste, language):
    shown.language = language
    page.goto("/")
    two = text("two")
    two.prose.wait_for()
    undo, plain, left_out, pictures, struck, colours = words(
        language, "Undo", "Paste as plain text", "Left out: {list}.", "pictures", "struck text", "colours"
    )
    two.prose.click()
    page.keyboard.type("x")
    before = place_of(text("one").prose)
    real_paste(two)
    joint = {"en": ", and ", "nl": " en "}[language]
    sentence = left_out.replace("{list}", f"{pictures}, {struck}{joint}{colours}")
    assert two.line.inner_text() == sentence
    assert place_of(text("one").prose) == before
    assert normalise(two.sent) == PASTED.replace("<p>The", "<p>xThe", 1)
    two.paste_button(undo).click()
    assert (normalise(two.sent), two.line.inner_text()) == ("<p>x</p>", "")
    page.keyboard.press("Control+v")
    two.paste_button(plain).click()
    assert normalise(two.sent) == PLAIN.replace("<p>The", "<p>xThe", 1)
    assert two.line.inner_text() == ""


def test_the_line_goes_at_the_next_key_or_click(page, one, empty, real_paste):
    for leave in (lambda: page.keyboard.type("a"), lambda: page.locator("h1").click()):
        real_paste(empty)
        assert empty.line.inner_text()
        leave()
        assert empty.line.inner_text() == ""
        assert not empty.box.get_by_role("button", name="Paste as plain text").is_visible()


def test_the_line_moves_nothing(page, empty):
    """The line lies over what is below the text."""
    save = page.get_by_role("button", name="Save", exact=True)

    def gap() -> float:
        return place_of(save)["top"] - place_of(empty.prose)["bottom"]

    empty.prose.click()
    empty.toolbar.wait_for()
    before = gap()
    empty.paste(html="<p><s>x</s>y</p>")
    assert empty.line.inner_text()
    assert gap() == before


def test_the_line_is_in_sight_when_the_text_ends_below_the_window(page, shown, text):
    shown.put(("one", "<p>a</p>" * 60), ("two", ""))
    page.goto("/")
    text("two").prose.wait_for()
    one = text("one")
    one.prose.click(position={"x": 40, "y": 30})
    one.paste(html="<p><s>x</s>y</p>")
    assert place_of(one.box.locator("[data-pasted]"))["bottom"] <= page.viewport_size["height"]
    one.paste_button("Undo").click()
    assert normalise(one.sent) == "<p>a</p>" * 60


def test_an_ordinary_paste_says_nothing(empty, real_paste):
    real_paste(empty, "<p>a <b>b</b></p>", "a b")
    assert normalise(empty.sent) == "<p>a <strong>b</strong></p>"
    assert empty.line.inner_text() == ""


def test_a_picture_alone_is_named_and_changes_nothing(one):
    one.prose.click()
    one.page.keyboard.press("Control+a")
    one.paste(html='<img src="https://example.org/x.png" alt="x">')
    assert one.line.inner_text() == "Left out: pictures."
    assert not one.paste_button("Undo").is_visible()
    assert one.format == "plain"


@pytest.mark.parametrize("kind", ["html", "text"])
def test_a_clipboard_longer_than_a_text_is_refused(empty, kind):
    long = "a" * (LONGEST_TEXT + 1)
    empty.paste(**{kind: f"<p>{long}</p>" if kind == "html" else long})
    assert empty.line.inner_text().startswith(f"This text has {LONGEST_TEXT + 1} characters; the maximum")
    assert empty.sent == ""


def test_formatting_that_takes_long_to_read_is_left_out(empty):
    empty.paste(html="<b></b>" * 800_000 + "<p><b>a</b></p><p>b</p>", text="a\nb")
    assert normalise(empty.sent) == "<p>a</p><p>b</p>"
    assert empty.line.inner_text() == "Left out: formatting."


def test_undo_of_a_paste_keeps_what_was_typed_right_before(page, empty):
    empty.prose.click()
    page.keyboard.type("typed ")
    empty.paste(html="<p>a<s>b</s></p>")
    empty.paste_button("Undo").press("Enter")
    assert normalise(empty.sent) == "<p>typed</p>"


def test_the_line_is_a_status_that_keys_reach(page, empty):
    empty.paste(html="<p>a<s>b</s></p>")
    assert empty.box.get_by_role("status").inner_text() == "Left out: struck text."
    check_axe(page)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Undo"
    page.keyboard.press("Enter")
    assert empty.sent == ""


CELLS = "<table><tbody><tr><td><p>a</p></td><td><p>b</p></td></tr></tbody></table>"


@pytest.mark.parametrize("slice_", ["", ' data-pm-slice="0 0 []"'], ids=["of another program", "of the portal"])
def test_a_table_pasted_into_a_cell_overwrites_none(page, shown, text, slice_):
    shown.put(("one", CELLS), ("two", ""))
    page.goto("/")
    text("two").prose.wait_for()
    one = text("one")
    one.prose.get_by_text("a", exact=True).click()
    page.keyboard.press("End")
    one.paste(html=f"<p{slice_}>x</p><table><tbody><tr><td><p>y</p></td><td><p>z</p></td></tr></tbody></table>")
    assert normalise(one.sent) == CELLS.replace("<p>a</p>", "<p>ax</p><p>y | z</p>")
    assert one.line.inner_text() == "Left out: tables within a table."
