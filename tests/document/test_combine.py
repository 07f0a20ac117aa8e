"""Both changes of one paragraph combined in one text, as the page proposes it."""

import re
from collections import Counter
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.document.combine import combine
from reports.document.richtext import normalise

BASE = "<p>The police trains investigators.</p>"


@pytest.mark.parametrize(
    ("mine", "theirs", "combined"),
    [
        (
            "<p>The police trains investigators. In June.</p>",
            "<p>In May: The police trains investigators.</p>",
            "<p>In May: The police trains investigators. In June.</p>",
        ),
        (
            "<p>The police trains investigators. In June.</p>",
            "<p>The police trains investigators. In May.</p>",
            "<p>The police trains investigators. In June. In May.</p>",
        ),
        (
            "<p>The police trains <strong>investigators.</strong></p>",
            "<p>The police now trains investigators.</p>",
            "<p>The police now trains <strong>investigators.</strong></p>",
        ),
        ("<p>Police trains investigators.</p>", "<p>The police trains.</p>", "<p>Police trains.</p>"),
        (
            "<p>The police trains investigators, in June.</p>",
            "<p>The police trains investigators. In May.</p>",
            "<p>The police trains investigators, in June. In May.</p>",
        ),
        (
            "<ul><li><p>The police trains investigators.</p></li></ul>",
            "<p>The police trains all investigators.</p>",
            "<ul><li><p>The police trains all investigators.</p></li></ul>",
        ),
        ("", "<p>The police trains.</p>", "<p>The police trains.</p>"),
        ("<p>The police trains.</p>", "", "<p>The police trains.</p>"),
    ],
)
def test_both_changes_are_in_the_combined_text(mine, theirs, combined):
    assert combine(BASE, mine, theirs) == combined


def test_several_paragraphs_follow_each_other():
    assert combine(BASE, "<p>a</p><p>b</p>", "<p>c</p>") == "<p>a</p><p>b</p><p>c</p>"


WORDS = ["a", "b", "c", "the", "police", "<b>bold</b>", '<a href="http://x.be/">link</a>', "5\u00a0%", "&lt;ins&gt;"]
paragraph = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8)


@st.composite
def changed(draw, words):
    now = list(words)
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(now)))
        now[at : at + draw(st.integers(0, 2))] = draw(st.lists(st.sampled_from([*WORDS, "new"]), max_size=2))
    return now or ["x"]


@st.composite
def two_changes(draw):
    base = draw(paragraph)
    return [normalise(f"<p>{' '.join(words)}</p>") for words in (base, draw(changed(base)), draw(changed(base)))]


def words_of(html):
    return Counter(unescape(re.sub("<[^>]*>", "", html)).split())


@given(two_changes())
def test_no_word_that_either_added_is_missing(versions):
    base, mine, theirs = versions
    found = words_of(combine(base, mine, theirs))
    for side in (mine, theirs):
        assert not words_of(side) - words_of(base) - found


@given(two_changes())
def test_a_single_change_is_the_combined_text(versions):
    base, mine, theirs = versions
    assert combine(base, mine, base) == mine
    assert combine(base, base, theirs) == theirs
    assert combine(base, mine, mine) == mine


@given(two_changes())
def test_a_combined_text_is_in_normal_form(versions):
    combined = combine(*versions)
    assert normalise(combined) == combined
