"""One person wrote in two windows: both changes are in one text, without a choice."""

import re

import pytest
from hypothesis import given, settings

from reports.document.join_words import join
from reports.document.richtext import normalise, text_content
from tests.document.test_grid import table
from tests.document.test_merge_properties import seeds
from tests.document.test_merge_words_properties import Clash, bare, text


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "joined"),
    [
        ("A guide.", "A guide. In June.", "A guide. In May.", "A guide. In May. In June."),
        ("since April", "since June", "since May", "since May June"),
        ("A guide", "One guide", "A guide.", "One guide."),
        ("A guide. In Ju", "A guide. In June.", "A guide. In May. In Ju", "A guide. In May. In June."),
        ("A guide for schools", "A guide", "A guide for all schools", "A guide for all schools"),
        ("A guide", "A <em>guide</em>", "A guide", "A <em>guide</em>"),
    ],
    ids=["one place", "one word", "neighbours", "typed on", "removed and changed", "one side"],
)
def test_both_changes_are_in_the_text(base, mine, theirs, joined):
    assert join(*(f"<p>{one}</p>" for one in (base, mine, theirs))) == f"<p>{joined}</p>"


def test_a_removed_paragraph_that_was_changed_stays():
    assert join("<p>A</p>", "<p>A b</p>", "") == join("<p>A</p>", "", "<p>A b</p>") == "<p>A b</p>"


def test_cells_are_joined_one_by_one():
    assert join(table("Police|12"), table("Police|13"), table("Police|14")) == table("Police|14 13")
    assert join(table("Police|12"), table("Police|13|x"), table("Police|14")) == table("Police|14", "Police|13|x")


@given(seeds)
@settings(max_examples=400)
def test_nothing_is_lost_and_nothing_is_doubled(seed):
    clash = Clash(seed, 2)
    (mine, added, _), (theirs, also_added, _) = (clash.side(only_adds=False, moves=False) for _ in range(2))
    if not mine or not theirs:
        return
    joined = join(text(clash.base), mine, theirs)
    assert normalise(joined) == joined
    words = re.findall(r"\w+", text_content(joined))
    assert added | also_added <= set(words)
    assert bare([mine]) & bare([theirs]) <= set(words)
    assert len(words) == len(set(words))
