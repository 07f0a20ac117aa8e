"""A plain text box shows rich text as people type it, and returns it unchanged."""

import pytest

from reports.document.problem import Problem
from reports.document.richtext import from_plain, normalise, to_plain


@pytest.mark.parametrize(
    ("html", "typed"),
    [
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("<p>one<br>two</p>", "one\ntwo"),
        ("<p>Police:</p><ul><li>a</li><li>b<ul><li>c</li></ul></li></ul><p>d</p>", "Police:\n\n- a\n- b\n  - c\n\nd"),
        ("<ol><li>a</li><li>b<ul><li>c<br>d</li></ul></li><li>e</li></ol>", "1. a\n2. b\n  - c\n    d\n3. e"),
        ("<p><b>bold</b>, <i>italic</i> and <b><i>both</i></b></p>", "**bold**, *italic* and ***both***"),
        ("<p>b<b>o</b>ld</p>", "b**o**ld"),
        ('<p><a href="http://a.be/">a <b>b</b></a></p>', "[a **b**](http://a.be/)"),
        ("<p>10<sup>6</sup> CO<sub>2</sub></p>", "10^{6} CO_{2}"),
        ("<p><b>m<sup>2</sup></b><sup> a}</sup></p>", "**m^{2}**^{ a\\}}"),
        ("<p>x^2, ~5 to ~6, a_b, ^_^, {c}</p>", "x^2, ~5 to ~6, a_b, ^_^, {c}"),
        ("<p>x^{2} and a_{b}</p>", "x^\\{2} and a_\\{b}"),
        ("<p>&lt;b&gt; &amp; R&amp;D</p>", "<b> & R&D"),
        ("<p>2013. In that year</p>", "2013. In that year"),
        ("<p>--</p>", "--"),
        ("<p>5 * 3</p>", "5 * 3"),
        ("<p>- no item</p>", "\\- no item"),
        ("<p>3. no item</p>", "3\\. no item"),
        ("<p>*starred*, a\\b</p>", "\\*starred\\*, a\\\\b"),
        ("<p>[1](http://no.link/)</p>", "[1]\\(http://no.link/)"),
    ],
)
def test_the_plain_box_returns_the_same_text(html, typed):
    normal = normalise(html)
    assert to_plain(normal) == typed
    assert from_plain(typed) == normal


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("Intro:\n- a\n- b", "<p>Intro:</p><ul><li>a</li><li>b</li></ul>"),
        ("- a\n\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("* a\n• b", "<ul><li>a</li><li>b</li></ul>"),
        ("- a\nand then", "<ul><li>a</li></ul><p>and then</p>"),
        ("- a\n  and more", "<ul><li>a<br>and more</li></ul>"),
        ("1. a\n2. new\n2. b\n3. c", "<ol><li>a</li><li>new</li><li>b</li><li>c</li></ol>"),
        ("1. a\n3. c\n4. d", "<ol><li>a</li><li>c</li><li>d</li></ol>"),
        ("1. a\n   - b\n3. c", "<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>"),
        ("See article\n12. of the law", "<p>See article<br>12. of the law</p>"),
        ("1. a\n12. of March", "<ol><li>a</li></ol><p>12. of March</p>"),
        ("1. a\n1999. c", "<ol><li>a</li></ol><p>1999. c</p>"),
        ("1. a\n2. b\r\n\r\n7. c", "<ol><li>a</li><li>b</li></ol><p>7. c</p>"),
        ("- a\n      - b\n      - c\n- d", "<ul><li>a<ul><li>b</li><li>c</li></ul></li><li>d</li></ul>"),
        ("**unpaired and * alone", "<p>**unpaired and * alone</p>"),
        ("a * b * c", "<p>a * b * c</p>"),
        ("**a [b](http://x.be/) c**", '<p><b>a <a href="http://x.be/">b</a> c</b></p>'),
        ("[a](http://x.be/A_(b))", '<p><a href="http://x.be/A_(b)">a</a></p>'),
        ("[a](javascript:alert(1))", "<p>[a](javascript:alert(1))</p>"),
        ("[a](b) [c] [d", "<p>[a](b) [c] [d</p>"),
        ("10^{6} and ^{not closed, _{a **b**}", "<p>10<sup>6</sup> and ^{not closed, <sub>a <b>b</b></sub></p>"),
        ("kinder\u00ad\nbescherming", "<p>kinderbescherming</p>"),
        ("a\u2029b\u2028c", "<p>a</p><p>b<br>c</p>"),
        ("\u200b\n\n\u00ad", ""),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("&nbsp; &lt;", "<p>&amp;nbsp; &amp;lt;</p>"),
        ("\n\n  \n", ""),
    ],
)
def test_typed_marks_become_rich_text(typed, html):
    assert from_plain(typed) == normalise(html)


def test_characters_that_cannot_be_stored_are_refused():
    with pytest.raises(Problem):
        from_plain("a\x00b")
