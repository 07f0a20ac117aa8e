"""The comparison of two versions marks what was added and removed."""

import random
import re
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.document.block import Block, blocks, from_blocks
from reports.document.clean import SPACE
from reports.document.compare import beside, compare, summary
from reports.document.richtext import normalise
from tests.document.effort import calls


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("<p>a b</p>", "<p>a b</p>", ("<p>a b</p>", "<p>a b</p>")),
        ("", "<p>a b</p>", ("", "<p><ins>a b</ins></p>")),
        (
            "<p>one two three</p>",
            "<p>one 2 three</p>",
            ("<p>one<del> two</del> three</p>", "<p>one<ins> 2</ins> three</p>"),
        ),
        (
            "<ul><li><p>one</p></li><li><p>two</p></li></ul>",
            "<p>one</p>",
            ("<ul><li><p>one</p></li><li><p><del>two</del></p></li></ul>", "<p>one</p>"),
        ),
    ],
)
def test_both_versions_are_shown_whole(old, new, shown):
    assert beside(old, new) == shown


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("", "", ""),
        ("<p>a b</p>", "<p>a b</p>", "<p>a b</p>"),
        ("", "<p>a b</p>", "<p><ins>a b</ins></p>"),
        ("<p>a b</p>", "", "<p><del>a b</del></p>"),
        ("<p>one two three</p>", "<p>one 2 three</p>", "<p>one<del> two</del><ins> 2</ins> three</p>"),
        ("<p>one two three</p>", "<p>one two</p>", "<p>one two<del> three</del></p>"),
        ("<p>one two three</p>", "<p>two three</p>", "<p><del>one </del>two three</p>"),
        ("<p>two three</p>", "<p>one two three</p>", "<p><ins>one</ins> two three</p>"),
        ("<p>one<br>two</p>", "<p>one two</p>", "<p>one two</p>"),
        ("<p>one two</p>", "<p>one <strong>two</strong></p>", "<p>one <strong>two</strong></p>"),
        ("<p>one <em>two</em> x</p>", "<p>one x</p>", "<p>one<del> <em>two</em></del> x</p>"),
        ("<p>more &lt;b&gt; than</p>", "<p>more than</p>", "<p>more<del> &lt;b&gt;</del> than</p>"),
        ("<p>in<em>ter</em>nal a</p>", "<p>internal a</p>", "<p>internal a</p>"),
        ("<p>first of all</p>", "<p>new</p><p>first of all</p>", "<p><ins>new</ins></p><p>first of all</p>"),
        (
            '<p>see <a href="http://a.be/">the page</a></p>',
            '<p>see <a href="http://a.be/">the new page</a></p>',
            "<p>see {}the</a><ins>{} new</a></ins>{} page</a></p>".replace("{}", '<a href="http://a.be/">'),
        ),
        (
            "<ul><li>police</li><li>justice</li></ul>",
            "<ul><li>police</li><li>schools</li></ul>",
            "<ul><li><p>police</p></li><li><p><del>justice</del></p></li><li><p><ins>schools</ins></p></li></ul>",
        ),
        (
            "<p>police and justice</p>",
            "<ol><li>police and justice</li></ol>",
            "<ol><li><p>police and justice</p></li></ol>",
        ),
    ],
)
def test_additions_and_removals_are_marked(old, new, shown):
    assert compare(old, new) == shown


def test_an_unchanged_paragraph_has_no_mark():
    old = "<p>The police trains investigators.</p><p>The police trains investigators and officers.</p>"
    new = "<p>The police trains.</p><p>The police trains investigators.</p>"
    assert "<p>The police trains investigators.</p>" in compare(old, new)


def test_a_removed_paragraph_does_not_cut_a_list_in_two():
    old = "<ul><li>head of the list</li></ul><p>gone now</p>"
    new = "<ul><li>head of the list<ul><li>item below it</li></ul></li></ul>"
    assert compare(old, new) == (
        "<ul><li><p>head of the list</p><ul><li><p><del>gone now</del></p></li><li><p><ins>item below it</ins></p></li>"
        "</ul></li></ul>"
    )


def test_a_removed_item_keeps_the_depth_of_the_next():
    old = "<p>a</p><p>a</p><ul><li>a</li></ul>"
    new = "<ul><li>a<ul><li>a<ul><li>b</li></ul></li></ul></li></ul>"
    assert without_the_removed(compare(old, new)) == normalise(new)


@pytest.mark.parametrize(
    ("old", "new", "counts"),
    [
        ("", "", (0, 0)),
        ("", "<p>a b</p><p>c</p>", (3, 0)),
        ("<p>a b</p>", "", (0, 2)),
        ("<p>one two three</p>", "<p>one 2 2 three</p>", (2, 1)),
        ("<p>one two three</p>", "<p>two <em>three</em></p>", (0, 1)),
    ],
)
def test_words_added_and_removed(old, new, counts):
    assert summary(old, new) == counts


# Any two texts.

GAPS = st.sampled_from([" ", " ", "<br>"])
WORDS = ["a", "b", "c", "the", "police", "<b>bold</b>", "half<i>way</i>", '<a href="http://x.be/">link</a>', "5\u00a0%"]
WORDS += ["&amp;", "&lt;ins&gt;", "<b><i>both</i></b>", "<del>x</del>"]
inline = st.lists(st.tuples(st.sampled_from(WORDS), GAPS), min_size=1, max_size=6).map(
    lambda parts: "".join(word + gap for word, gap in parts)
)
block = st.builds(Block, st.sampled_from(["p", "p", "ul", "ol"]), st.integers(0, 3), inline)
any_text = st.lists(block, max_size=6).map(from_blocks).map(normalise)


@st.composite
def two_versions(draw):
    old = draw(any_text)
    if draw(st.booleans()):
        return old, draw(any_text)
    now = blocks(old)
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(now)))
        now[at : at + draw(st.integers(0, 2))] = draw(st.lists(block, max_size=2))
    words = re.split("( )", from_blocks(now))
    for _ in range(draw(st.integers(0, 3))):
        words.insert(draw(st.integers(0, len(words))), draw(st.sampled_from(["", "new ", " new"])))
    return old, normalise("".join(words))


@given(two_versions())
@settings(max_examples=300)
def test_every_promise_holds_for_any_two_versions(versions):
    """All promises are asked of the same texts, because making them costs more than comparing them."""
    old, new = versions
    shown = compare(old, new)
    without_removals_it_is_the_new_text(shown, new)
    without_additions_it_has_the_old_words(shown, old)
    it_has_only_known_nested_tags(shown)
    the_counts_match_the_marked_words(shown, summary(old, new))


def without_removals_it_is_the_new_text(shown, new):
    assert without_the_removed(shown) == new


def without_the_removed(shown):
    return normalise(re.sub("</?ins>", "", re.sub("<del>.*?</del>", "", shown)))


def without_additions_it_has_the_old_words(shown, old):
    assert words(re.sub("</?del>", "", re.sub("<ins>.*?</ins>", "", shown))) == words(old)


def it_has_only_known_nested_tags(shown):
    inside: list[str] = []
    for closing, tag in re.findall(r"<(/?)([^> ]*)(?: href=\"[^\"<>]*\")?>", shown):
        assert tag in {"p", "ul", "ol", "li", "strong", "em", "a", "br", "ins", "del"}
        if closing:
            assert inside.pop() == tag
        elif tag != "br":
            assert tag not in ("ins", "del") or inside[-1] == "p"
            assert tag not in ("p", "ul", "ol", "li") or not {"p", "ins", "del"} & set(inside)
            inside.append(tag)
    assert not inside


def the_counts_match_the_marked_words(shown, counts):
    added, removed = (
        sum(len(words(f"<p>{part}</p>")) for part in re.findall(f"<{mark}>(.*?)</{mark}>", shown))
        for mark in ("ins", "del")
    )
    assert counts == (added, removed)


@given(any_text)
def test_the_same_text_has_no_marks(text):
    assert compare(text, text) == text
    assert summary(text, text) == (0, 0)


def words(html: str) -> list[str]:
    text = re.sub("<(?!/?(?:strong|em|a)[ >])[^>]*>", " ", html)
    return re.findall(f"[^{SPACE}]+", unescape(re.sub("<[^>]*>", "", text)))


def test_the_work_of_comparing_is_not_quadratic():
    chance = random.Random(5)
    vocabulary = ["".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=chance.randint(1, 9))) for _ in range(3000)]
    said = chance.choices(vocabulary, k=4_000)
    edited = [chance.choice(vocabulary) if at % 5 == 0 else word for at, word in enumerate(said)]
    few, other_few = (chance.choices("ab", k=4_000) for _ in range(2))
    pairs = [(said, edited), (said, chance.sample(said, len(said))), (few, other_few)]
    quarter, whole = (
        sum(effort(old[:length], new[:length], each) for old, new in pairs for each in (16, 500, 4_000))
        for length in (1_000, 4_000)
    )
    print(whole / quarter)
    assert whole < 5 * quarter  # four times the text takes four times the work; what grows by the square, sixteen


def effort(old: list[str], new: list[str], each: int) -> int:
    before, now = paragraphs(old, each), paragraphs(new, each)
    return calls(lambda: compare(before, now))


def paragraphs(said: list[str], each: int) -> str:
    return "".join(f"<p>{' '.join(said[at : at + each])}</p>" for at in range(0, len(said), each))


def test_a_raised_digit_is_another_text():
    assert compare("<p>106 pictures</p>", "<p>10<sup>6</sup> pictures</p>") == (
        "<p><del>106</del><ins>10<sup>6</sup></ins> pictures</p>"
    )
