"""Pasting from word processors, mail programs and plain text into the text editor."""

from pathlib import Path

import pytest

from reports.document.richtext import normalise

PASTED = Path(__file__).parent / "pasted"
CLIPBOARDS = {
    "word": (
        "<p>Koptekst</p><p>De politie werkt sinds <strong>maart</strong> met <em>twee</em> nieuwe "
        '<a href="https://example.org/hulp">hulpmiddelen</a>, voor 5\u00a0miljoen euro.</p>'
        "<ul><li><p>Eerste punt</p><ul><li><p>Onderpunt met “aanhalingstekens” – en streepje</p></li></ul></li>"
        "<li><p>Tweede punt</p></li></ul>"
        "<ol><li><p>Stap één<br>a) deel a<br>b) deel b</p></li><li><p>Stap twee</p></li></ol>"
        "<p>Tussentekst</p><p>3. Stap drie</p><table><tbody><tr><td><p>Jaar</p></td><td><p>Zaken</p></td></tr>"
        "<tr><td><p>2012</p></td><td><p>41</p></td></tr></tbody></table>"
    ),
    "word-without-frames": (
        "<p>Measures:</p><ul><li><p>One</p><ul><li><p>Below</p></li></ul></li><li><p>Two</p></li></ul><p>End</p>"
    ),
    "google-docs": (
        "<p>Title of the document</p><p>Normal and <strong>bold</strong> and <em>italic</em> and "
        '<a href="https://example.org/">a link</a>.</p>'
        "<ul><li><p>First</p><ul><li><p>Nested</p></li></ul></li><li><p>Second</p></li></ul>"
        "<ol><li><p>One</p></li><li><p>Two</p></li></ol><p>Last</p>"
    ),
    "outlook": (
        "<p>Beste collega,</p><p>Hierbij onze bijdrage:</p>"
        "<ul><li><p>eerste punt</p></li><li><p>tweede <strong>punt</strong><br>met vervolg</p></li></ul>"
        "<p>Zie ook:</p><ul><li><p>bijlage 1</p></li><li><p>bijlage 2</p></li></ul><p>Met vriendelijke groet</p>"
    ),
    "libreoffice": (
        "<p>Une phrase assez longue pour être coupée dans le fichier, avec du <strong>gras</strong>\u00a0: oui.</p>"
        "<ol><li><p>premier</p></li><li><p>deuxième</p><ul><li><p>sous-point</p></li></ul></li></ol>"
        "<table><tbody><tr><td><p>cellule un</p></td><td><p>cellule deux</p></td></tr></tbody></table>"
    ),
}


@pytest.mark.parametrize("source", CLIPBOARDS)
def test_pasting_keeps_words_lists_and_emphasis(empty, source):
    assert empty.paste(html=(PASTED / f"{source}.html").read_text(encoding="utf-8")) == CLIPBOARDS[source]


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
        ("one\x0btwo\x01\nthree", "<p>one</p><p>two</p><p>three</p>"),
    ],
)
def test_pasting_plain_text_loses_no_character(empty, words, html):
    assert empty.paste(text=words) == html


@pytest.mark.parametrize(
    ("pasted", "html"),
    [
        ("<p>a</p><img src=x onerror=alert(1)><script>alert(1)</script><p>b</p>", "<p>a</p><p>b</p>"),
        ('<a href="javascript:alert(1)">x</a> <a href="#_ftn1">[1]</a>', "<p>x [1]</p>"),
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
