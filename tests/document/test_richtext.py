"""Every text has one normal form, whichever program wrote it."""

from html import unescape

import pytest

from reports.document.problem import Problem
from reports.document.richtext import (
    Block,
    blocks,
    from_blocks,
    from_plain,
    is_nothing,
    is_visible,
    normalise,
    stored,
    text_content,
    to_plain,
)


@pytest.mark.parametrize(
    ("html", "normal"),
    [
        ("The police trains investigators.", "<p>The police trains investigators.</p>"),
        ("<p>one</p>\n  <p>two</p>\n", "<p>one</p><p>two</p>"),
        ("<div>one</div>two<h2>three</h2>", "<p>one</p><p>two</p><p>three</p>"),
        ("<p>  two   spaces\nand a line </p>", "<p>two spaces and a line</p>"),
        ("<p>5&nbsp;ème</p>", "<p>5\u00a0ème</p>"),
        ("<p>one<br></p>", "<p>one</p>"),
        ("<p>one<br>two<br></p>", "<p>one<br>two</p>"),
        ("<p>one<br><br>two</p>", "<p>one</p><p>two</p>"),
        ("<p></p><p> <br> </p><p>&nbsp;</p><ul><li></li></ul>", ""),
        ("<b>bold</b> and <i>italic</i>", "<p><strong>bold</strong> and <em>italic</em></p>"),
        ("<p><strong>bold </strong>next</p>", "<p><strong>bold</strong> next</p>"),
        ("<p><strong>a</strong><strong> b</strong></p>", "<p><strong>a b</strong></p>"),
        ("<p><em><strong>both</strong></em></p>", "<p><strong><em>both</em></strong></p>"),
        ("<p><u>under</u> <span class='x'>span</span></p>", "<p>under span</p>"),
        ("<p>ISP's & “others” < 5 > 4</p>", "<p>ISP's &amp; “others” &lt; 5 &gt; 4</p>"),
        ("<td>Police</td><td>Justice</td>", "<p>Police</p><p>Justice</p>"),
        ("<p>a<!-- hidden -->b</p>", "<p>ab</p>"),
    ],
)
def test_text_and_paragraphs(html, normal):
    assert normalise(html) == normal


@pytest.mark.parametrize(
    ("html", "normal"),
    [
        ("<ul><li>one</li><li><p>two</p></li></ul>", "<ul><li><p>one</p></li><li><p>two</p></li></ul>"),
        (
            "<ul>\n<li>head:\n<ul><li>below</li></ul></li>\n</ul>",
            "<ul><li><p>head:</p><ul><li><p>below</p></li></ul></li></ul>",
        ),
        ("<ul><li>one</li></ul><ul><li>two</li></ul>", "<ul><li><p>one</p></li><li><p>two</p></li></ul>"),
        ("<ul><li><p>one</p><p>more of it</p></li></ul>", "<ul><li><p>one<br>more of it</p></li></ul>"),
        ("<ul><li></li><li>two</li></ul>", "<ul><li><p>two</p></li></ul>"),
        ("<ul><li><ul><li>too deep</li></ul></li></ul>", "<ul><li><p>too deep</p></li></ul>"),
        (
            "<ul><li>a<ol><li>b</li></ol>c</li></ul>",
            "<ul><li><p>a</p><ol><li><p>b</p></li></ol></li><li><p>c</p></li></ul>",
        ),
    ],
)
def test_lists(html, normal):
    assert normalise(html) == normal


@pytest.mark.parametrize(
    ("html", "normal"),
    [
        ("<ol start='4'><li><p>one</p></li><li>two</li></ol>", "<p>4. one</p><p>5. two</p>"),
        ("<ol type=a><li>x<li>y</ol>", "<p>a) x</p><p>b) y</p>"),
        ("<ol type=I start=4><li>x</ol>", "<p>IV. x</p>"),
        ("<ol style='list-style-type: upper-alpha'><li>x</ol>", "<p>A) x</p>"),
        ("<ol><li>a</li><li value=5>b<li>c</ol>", "<ol><li><p>a</p></li></ol><p>5. b</p><p>6. c</p>"),
        ("<ol><li>a</li></ol> <ol start=2><li>b</ol>", "<ol><li><p>a</p></li><li><p>b</p></li></ol>"),
        ("<ol><li>a</li></ol>x<ol start=2><li>b</ol>", "<ol><li><p>a</p></li></ol><p>x</p><p>2. b</p>"),
        (
            "<ul><li>a<ol type=a><li>x</li><li>y</li></ol></li><li>b</li></ul>",
            "<ul><li><p>a<br>a) x<br>b) y</p></li><li><p>b</p></li></ul>",
        ),
        (
            "<ol start=2><li>a<ul><li>x</li></ul></li><li>b</li></ol>",
            "<p>2. a</p><ul><li><p>x</p></li></ul><p>3. b</p>",
        ),
    ],
)
def test_numbers_that_a_list_cannot_show_stay_as_text(html, normal):
    assert normalise(html) == normal


@pytest.mark.parametrize(
    ("html", "normal"),
    [
        ("<p>10<sup>6</sup>, CO<sub>2</sub></p>", "<p>10<sup>6</sup>, CO<sub>2</sub></p>"),
        ("<p><sup>a<sub>b</sub>c</sup></p>", "<p><sup>a</sup><sub>b</sub><sup>c</sup></p>"),
        ("<p><sup><b>a</b></sup><sup> </sup>b</p>", "<p><strong><sup>a</sup></strong> b</p>"),
        ("<p>a<a href='#f1'><sup>1</sup></a></p>", "<p>a<sup>1</sup></p>"),
        ("<p>m² and 3½</p>", "<p>m² and 3½</p>"),
    ],
)
def test_raised_and_lowered_text_stays_distinct(html, normal):
    assert normalise(html) == normal


@pytest.mark.parametrize(
    ("html", "normal"),
    [
        ("The law is <s>not </s>adopted", "<p>The law is adopted</p>"),
        ("a <strike>b</strike> <DEL>c</DEL> d", "<p>a d</p>"),
        ("a <span style='color:red;text-decoration:line-through'>b <span>c</span> d</span>e", "<p>a e</p>"),
        ("<span style='text-decoration-line: underline line-through'>x</span>y", "<p>y</p>"),
        ("<p>a</p><del><p>b</p><ul><li>c</li></ul></del><p>d</p>", "<p>a</p><p>d</p>"),
        ("a<del><p>b</p></del>c", "<p>a</p><p>c</p>"),
        ("<s>a <s>b</s> c</s>d", "<p>d</p>"),
        ("<p>x <s>never closed</p><p>z</p>", "<p>x never closed</p><p>z</p>"),
        ("<span style='text-decoration:underline'>kept</span>", "<p>kept</p>"),
    ],
)
def test_struck_text_is_a_deletion(html, normal):
    assert normalise(html) == normal


def test_quotations_keep_their_marks():
    assert normalise("<p>He said <q>a <q>b</q></q></p><blockquote>c</blockquote>") == "<p>He said “a ‘b’”</p><p>c</p>"


@pytest.mark.parametrize(
    "nothing",
    ["&#8203;", "&shy;", "\u200b\ufeff", "\u0301", "\u2003\u3000", "\u3164", "\u2800", "&nbsp;<br>\u200d", "\u200e"],
)
def test_text_without_a_visible_character_is_nothing(nothing):
    assert normalise(f"<p>{nothing}</p>") == ""
    assert normalise(f"<p>a</p><ul><li>{nothing}</li></ul>") == "<p>a</p>"
    assert not is_visible(unescape(nothing.replace("<br>", "")))


@pytest.mark.parametrize(
    ("html", "normal"),
    [
        ("<p>kinder&shy;be\u200bscherming\ufeff</p>", "<p>kinderbescherming</p>"),
        ("<p>kinder\u00ad\n  bescherming</p>", "<p>kinderbescherming</p>"),
        ("<p>cafe&#x301;, \ufb01nal, o\ufb03ce</p>", "<p>café, final, office</p>"),
        ("<p>a\u2028b\u2029c</p>", "<p>a<br>b</p><p>c</p>"),
        ("<p>a\u200cb \u200ec</p>", "<p>ab c</p>"),
        ("<p>می\u200cخواهم \u200f</p>", "<p>می\u200cخواهم \u200f</p>"),
        ("<p>\U0001f469\u200d\U0001f467</p>", "<p>\U0001f469\u200d\U0001f467</p>"),
        ("<p>x\u0338 5 &gt;\u0338 4</p>", "<p>x\u0338 5 ≯ 4</p>"),
    ],
)
def test_characters_have_one_form_at_the_door(html, normal):
    assert normalise(html) == normal
    assert from_plain(to_plain(normal)) == normal
    assert from_plain(text_content(html)) == normalise(text_content(html).replace("\n", "<p>"))


def test_a_stored_text_keeps_its_characters():
    old = "<p>kinder\u00adbescherming e\u0301</p><p>\u200b</p>"
    assert stored(old) == old


@pytest.mark.parametrize(
    "address",
    [
        "http://www.clicksafe.be/",
        "https://example.org/a?b=1&amp;c=2#d",
        "mailto:helpline@example.org",
        "http://www.stopchildporno/",
    ],
)
def test_links_keep_their_address(address):
    html = f'<p><a href="{address}">text</a></p>'
    assert normalise(html) == html
    assert normalise(f'<p><a rel="noopener" target="_blank" class="x" href="{address}">text</a></p>') == html


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        " JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        "&#106;avascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "/relative",
        "//example.org/",
        "http:",
        "http://",
        "mailto:",
        "",
    ],
)
def test_other_addresses_never_become_links(address):
    assert normalise(f'<p>see <a href="{address}">this page</a></p>') == "<p>see this page</p>"


@pytest.mark.parametrize(
    ("html", "normal"),
    [
        ("<script>alert(1)</script>text", "<p>text</p>"),
        ("<style>p{}</style>text", "<p>text</p>"),
        ("<SCRIPT\n>alert(1)</SCRIPT >text", "<p>text</p>"),
        ("<p onclick=x style='y'>text</p>", "<p>text</p>"),
        ("<img src=x onerror=alert(1)>text", "<p>text</p>"),
        ("<svg><script>alert(1)</script></svg>text", "<p>text</p>"),
        ("<scr<script>ipt>alert(1)</script>text", "<p>&lt;scrtext</p>"),
    ],
)
def test_scripts_and_handlers_never_survive(html, normal):
    assert normalise(html) == normal


def test_text_that_looks_like_markup_stays_text():
    assert normalise("<p>&lt;script&gt;x&lt;/script&gt; &amp;nbsp;</p>") == (
        "<p>&lt;script&gt;x&lt;/script&gt; &amp;nbsp;</p>"
    )
    assert normalise("5 < 6 and <3") == "<p>5 &lt; 6 and &lt;3</p>"


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x0b", "\x1b", "\x7f", "\x85", "\ud800", "\uffff", "&#1;"])
def test_unstorable_characters_raise_a_problem(character):
    with pytest.raises(Problem, match=r"cannot be stored .*“trained officers”.* Delete it"):
        normalise(f"trained officers{character} again")


@pytest.mark.parametrize("depth", [50, 20_000])
@pytest.mark.parametrize(
    "tags",
    [
        "<ul><li>x",
        "<ol start=2><li>x",
        "<s>x",
        "<q>",
        "<sup><sub>x",
        "<p style=text-decoration:line-through>",
        "<div>",
        "<b>",
        "<b id={}><p>",
        "<i><b><a href=http://x/>",
        "<ol><li><blockquote>",
        "<table><td>",
    ],
)
def test_deep_nesting_is_bounded(tags, depth):
    normal = normalise("".join(tags.format(number) for number in range(depth)) + "the end")
    assert "the end" in text_content(normal)
    assert normal.count("<ul><li>") + normal.count("<ol><li>") <= 8
    assert normalise(normal) == normal


def test_blocks_tell_kind_and_depth():
    html = "<p>Police:</p><ul><li>a <b>b</b><ol><li>c</li></ol></li><li>d</li></ul><p>e</p>"
    assert blocks(html) == [
        Block("p", 0, "Police:"),
        Block("ul", 1, "a <strong>b</strong>"),
        Block("ol", 2, "c"),
        Block("ul", 1, "d"),
        Block("p", 0, "e"),
    ]
    assert from_blocks(blocks(html)) == normalise(html)


def test_empty_blocks_vanish_and_depth_has_no_gaps():
    assert from_blocks([Block("ul", 3, "a"), Block("p", 0, ""), Block("ul", 5, "b"), Block("ul", 5, "c")]) == (
        "<ul><li><p>a</p><ul><li><p>b</p></li><li><p>c</p></li></ul></li></ul>"
    )


def test_text_content_has_one_line_per_block():
    assert text_content("<p>a <b>b</b><br>c &amp; d</p><ul><li>e<ul><li>f</li></ul></li></ul>") == "a b c & d\ne\nf"


@pytest.mark.parametrize("body", ["--", "<p>--</p>", "<p>–</p>", "<p><strong>—</strong></p>", "<p>-- </p>", "&nbsp;--"])
def test_nothing_to_report(body):
    assert is_nothing(body)


def test_hostile_text_is_scanned_once():
    assert not is_nothing("<" * 200_000)  # for each of these once to the end, it would take minutes


@pytest.mark.parametrize("body", ["", "<p></p>", "-", "---", "-- see above", "<p>--</p><p>text</p>", "none"])
def test_any_other_text_says_something(body):
    assert not is_nothing(body)
