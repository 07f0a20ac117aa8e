"""Properties of rich text that hold for any input."""

import re

from hypothesis import example, given
from hypothesis import strategies as st

from reports.document.block import text_of
from reports.document.richtext import (
    blocks,
    from_blocks,
    from_plain,
    is_visible,
    normalise,
    stored,
    text_content,
    to_plain,
)

TAGS = ["p", "div", "b", "strong", "i", "em", "ul", "ol", "li", "br", "h1", "td", "span", "u", "x-y"]
TAGS += ["sup", "sub", "s", "q"]
TAGS += ["table", "table", "tr", "td", "td", "th", "thead", "caption"]
LISTS = [
    "<td colspan=2>",
    "<td rowspan=2>",
    "<th colspan=3>",
    "<ol start=4>",
    "<ol type=a>",
    "<li value=3>",
    '<span style="text-decoration:line-through">',
]
HREFS = [
    "http://a.be/",
    "https://a.be/(b)*c_d?x=1&amp;y=2",
    "mailto:a@b.be",
    "javascript:a",
    "http://a b/]",
    "http://a\\b/",
]
TEXTS = [
    "a",
    "bc",
    " ",
    "  ",
    "\n",
    "\u00a0",
    "*",
    "**",
    "***",
    "\\",
    "[",
    "](",
    ")",
    "](http://x.be/)",
    "- ",
    "1. ",
    "2. ",
]
TEXTS += [
    "--",
    "&lt;",
    "&amp;",
    "&nbsp;",
    "é",
    "• ",
    "_",
    "<",
    ">",
    '"',
    "#",
    "«\u00a0x\u00a0»",
    "(",
    "\u2028",
    "\u2029",
    "\ufeff",
    "^",
    "_{",
    "^{",
    "{",
    "}",
    "~",
    "&shy;",
    "\u200b",
    "\u200c",
    "\u0645",
    "\u200e",
    "e\u0301",
    "\u0338",
    "\ufb01",
    "|",
    "---",
    "&lt;br&gt;",
]

tag = st.sampled_from([f"<{name}>" for name in TAGS] + [f"</{name}>" for name in [*TAGS, "a"]] + LISTS)
link = st.sampled_from([f'<a href="{href}" rel="x">' for href in HREFS])
html = st.lists(st.one_of(tag, link, st.sampled_from(TEXTS)), max_size=40).map("".join)
cell = st.lists(st.one_of(tag, st.sampled_from(TEXTS)), max_size=6).map("".join)
row = st.lists(st.tuples(st.sampled_from(["td", "td", "td", "th", "td rowspan=2", "td colspan=2"]), cell), max_size=4)
grid = st.lists(row, max_size=5).map(
    lambda rows: (
        "<table>" + "".join("<tr>" + "".join(f"<{tag}>{cell}" for tag, cell in row) for row in rows) + "</table>"
    )
)
html = st.one_of(html, st.lists(st.one_of(html, grid), max_size=3).map("".join))
typed = st.lists(
    st.sampled_from(
        [
            *TEXTS,
            "\r\n",
            "\n\n",
            "\n- ",
            "\n  - ",
            "\n1. ",
            "[a](http://a.be/)",
            "^{a}",
            "_{b}",
            "\n| a | b |\n",
            "|---|---|",
            "\n| ",
            " |",
            "<br>",
        ]
    ),
    max_size=40,
)


@given(html)
@example("<p>a<br>\u00a0<br>b</p>")
def test_normalising_twice_changes_nothing(text):
    normal = normalise(text)
    assert normalise(normal) == normal


@given(html)
def test_only_known_tags_are_left(text):
    left = re.sub(r'<a href="(?:https?|mailto):[^"<>]+">|</a>|<br>', "", normalise(text))
    left = re.sub("</?(?:p|ul|ol|li|strong|em|sup|sub|table|thead|tbody|tr|th|td)>", "", left)
    assert not re.search("[<>]", left)


@given(html)
def test_blocks_give_back_the_same_html(text):
    normal = normalise(text)
    assert from_blocks(blocks(normal)) == normal


@given(html)
@example("<em>a</em><b><em>b</em></b><em>c</em>")
@example("<em>a</em><b>b</b>")
@example("<b>*</b><i>**</i>*")
@example("<sup>a}</sup><sub>^{</sub><b><sup>*</sup></b>^{_")
@example("<table><tr><th>|<th>---<tr><td>- a<td>x<br>&lt;br&gt;<ul><li>l<ol><li>m</ol></ul><tr><td>\\<td>|</table>|a|")
@example("<table><tr><td>---<td>--</table>| a |")
@example('<a href="http://a.be/"><sup>1</sup>x</a><sup>2</sup>')
def test_a_plain_box_returns_what_it_showed(text):
    normal = normalise(text)
    assert from_plain(to_plain(normal)) == normal


@given(typed.map("".join))
def test_typed_text_is_in_normal_form(text):
    normal = from_plain(text)
    assert normalise(normal) == normal
    assert from_plain(to_plain(normal)) == normal


@given(st.lists(st.sampled_from(["politie", "enquête", "R&D", "a<b", "x*y", "5\u00a0%"]), min_size=1), html)
def test_no_word_is_lost_among_any_tags(said, noise):
    """Letters between tags are kept in order."""
    tags = re.findall(r"</?(?:p|b|i|ul|ol|li|div|td)>", noise) or ["<p>"]
    text = "".join(
        f"{tags[number % len(tags)]} {word.replace('&', '&amp;').replace('<', '&lt;')} "
        for number, word in enumerate(said)
    )
    assert text_content(normalise(text)).split() == " ".join(said).split()


@given(st.lists(st.sampled_from(["politie", "enquête", "cijfers"]), min_size=1), html)
def test_no_word_is_lost_among_tables(said, noise):
    """A browser moves words that are in a table but in no cell before it, so the order may change."""
    tags = re.findall(r"</?(?:table|tr|td|th|thead|p|li|ul|b)>", noise) or ["<td>"]
    text = "".join(f"{tags[number % len(tags)]} {word} " for number, word in enumerate(said))
    assert sorted(text_content(normalise(f"<table>{text}")).split()) == sorted(said)


@given(html)
def test_a_stored_text_keeps_every_character(text):
    """What was stored before the one form of characters existed: a hash covers it."""
    before = from_blocks(blocks(text))
    assert stored(before) == before
    normal = normalise(text)
    assert stored(normal) == normal


@given(html)
def test_every_block_has_a_character_that_shows(text):
    for block in blocks(normalise(text)):
        assert is_visible("".join(text_of(block)))


@given(html)
def test_a_keystroke_and_its_undo_change_nothing(text):
    normal = normalise(text)
    assert normalise(as_the_editor_sends(normal)) == normal


def as_the_editor_sends(normal: str) -> str:
    """Return HTML as Tiptap writes it: its order of marks, its entity for the no-break space, its trailing break."""
    sent = normal.replace("\u00a0", "&nbsp;")
    sent = re.sub(r'<a href="([^"]*)">', r'<a target="_blank" rel="noopener noreferrer nofollow" href="\1">', sent)
    return sent + "<p></p>"


def test_the_order_of_the_editors_marks_is_irrelevant():
    assert normalise('<p><b><a href="http://x.be/">a</a></b><a href="http://x.be/">b</a></p>') == normalise(
        '<p><a href="http://x.be/"><b>a</b>b</a></p>'
    )
