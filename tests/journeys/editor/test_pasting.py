"""Pasting from word processors, mail programs and plain text into the text editor."""

from pathlib import Path

import pytest

from reports.document.richtext import normalise

CLIPBOARD = Path(__file__).parent / "clipboard" / "google-docs.html"


def test_pasting_from_one_editor_into_another_changes_nothing(one, empty, shown):
    one.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    one.prose.click()
    one.page.keyboard.press("Control+a")
    one.page.keyboard.press("Control+c")
    empty.prose.click()
    one.page.keyboard.press("Control+v")
    assert normalise(empty.sent) == shown.original


@pytest.mark.parametrize(
    ("words", "html"),
    [
        ("one line - no list", "<p>one line - no list</p>"),
        ("- a\n- b", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"),
        ("Intro:\r\n• a\r\n• b\r\n\r\nEnd", "<p>Intro:</p><ul><li><p>a</p></li><li><p>b</p></li></ul><p>End</p>"),
        ("•\ta\n    o\tunder\n•\tb", "<ul><li><p>a</p><ul><li><p>under</p></li></ul></li><li><p>b</p></li></ul>"),
        ("1. a\n2. b\n\ntext\n\n3. c", "<ol><li><p>a</p></li><li><p>b</p></li></ol><p>text</p><p>3. c</p>"),
        ("2013. A year\n§ 2 says <b>\n-- & so", "<p>2013. A year</p><p>§ 2 says &lt;b&gt;</p><p>-- &amp; so</p>"),
        ("first\nline\n\nsecond\n-\n–5 °C", "<p>first<br>line</p><p>second<br>-<br>–5 °C</p>"),
        ("- a\n  goes on\nnot this", "<ul><li><p>a<br>goes on</p></li></ul><p>not this</p>"),
        ("one\x0btwo\x01\nthree", "<p>one<br>two</p><p>three</p>"),
    ],
)
def test_pasting_plain_text_loses_no_character(empty, words, html):
    assert empty.paste(text=words) == html


@pytest.mark.parametrize(
    ("pasted", "html"),
    [
        ("<p>a</p><img src=x onerror=alert(1)><script>alert(1)</script><p>b</p>", "<p>a</p><p>b</p>"),
        ('<a href="javascript:alert(1)">x</a> <a href="#_ftn1">[1]</a>', "<p>x <sup>1</sup></p>"),
        ("<p>a&nbsp;&nbsp; b   c&nbsp;d</p>", "<p>a b c\u00a0d</p>"),
        ("<div>a<br>b<br><br>c</div>", "<p>a<br>b</p><p>c</p>"),
        ("<ul><li>a<p>more</p></li></ul>", "<ul><li><p>a<br>more</p></li></ul>"),
        ('<ol start="4"><li>d</li><li>e</li></ol>', "<p>4. d</p><p>5. e</p>"),
        ('<p style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">Art. 1</span>x</p>', "<p>Art. 1 x</p>"),
        ('<p><span style="font-weight:700;font-style:italic">x</span></p>', "<p><strong><em>x</em></strong></p>"),
        ("<pre>a\n  b</pre>", "<p>a<br>b</p>"),
    ],
)
def test_pasting_pieces_of_pages(empty, pasted, html):
    assert empty.paste(html=pasted) == html


def test_a_picture_alone_replaces_nothing(one):
    one.prose.click()
    one.page.keyboard.press("Control+a")
    one.paste(html='<img src="https://example.org/x.png" alt="x">')
    assert one.format == "plain"
    assert "april" in one.prose.text_content()
