"""What the editor has no button for survives editing, and what shows nothing is no text."""

import pytest

from reports.document.richtext import normalise

RAISED = "<p>10<sup>6</sup> beelden, CO<sub>2</sub> en <strong>m<sup>2</sup></strong></p>"


def test_raised_text_survives_editing(page, shown, text):
    shown.put(("one", RAISED))
    page.goto("/")
    one = text("one")
    one.prose.click()
    page.keyboard.press("Control+End")
    page.keyboard.type("x")
    assert normalise(one.sent) == RAISED.replace("<sup>2<", "<sup>2x<")
    page.keyboard.press("Backspace")
    assert normalise(one.sent) == RAISED


@pytest.mark.parametrize(
    ("pasted", "html"),
    [
        (RAISED, RAISED),
        ('<p>10<span style="vertical-align:super">6</span> a</p>', "<p>10<sup>6</sup> a</p>"),
        ("<p>De wet is <s>niet </s><u>op 1 mei </u>aangenomen.</p>", "<p>De wet is op 1 mei aangenomen.</p>"),
        ('<p>a <span style="text-decoration:line-through;color:red">b</span>c</p>', "<p>a c</p>"),
        ("<p>Hij zei <q>ja <q>en</q></q></p>", "<p>Hij zei “ja ‘en’”</p>"),
        ("<ol type='a'><li>x</li><li>y</li></ol>", "<p>a) x</p><p>b) y</p>"),
        ("<ol><li>x</li><li value='7'>y</li></ol>", "<ol><li><p>x</p></li></ol><p>7. y</p>"),
        (
            '<ul><li>x<ol style="list-style-type:lower-roman"><li>y</li><li>z</li></ol></li><li>u</li></ul>',
            "<ul><li><p>x<br>i. y<br>ii. z</p></li><li><p>u</p></li></ul>",
        ),
        ("<p>\u200b</p><p>kinder\u00adbescherming</p>", "<p>kinderbescherming</p>"),
    ],
)
def test_pasting_keeps_what_carries_meaning(empty, pasted, html):
    assert empty.paste(html=pasted) == html


def test_invisible_characters_alone_are_no_text(empty):
    empty.prose.focus()
    empty.page.keyboard.insert_text("\u200b\u00ad")
    assert empty.sent == ""
