"""Contributions of two versions of a section are paired without database keys."""

import pytest

from reports.document.alignment.contributions import pair_contributions
from reports.document.tree import Contribution


def one(text, authority="", language="en"):
    return Contribution(authority=authority, language=language, body={language: f"<p>{text}</p>"})


def told(old, new):
    return [(a and a.original[3:-4], b and b.original[3:-4]) for a, b in pair_contributions(old, new)]


LONG = "The police trains investigators of all districts in the analysis of seized images."


@pytest.mark.parametrize(
    ("old", "new", "pairs"),
    [
        ([], [], []),
        ([], [one("a")], [(None, "a")]),
        ([one("a")], [], [("a", None)]),
        ([one("a"), one("b")], [one("b"), one("a")], [("b", "b"), ("a", "a")]),
        ([one("wholly other", "Police")], [one(LONG, "Police")], [("wholly other", LONG)]),
        ([one(LONG, "Police")], [one(LONG, "Justice")], [(LONG, LONG)]),
        ([one("first words")], [one("quite another text")], [("first words", "quite another text")]),
        ([one("first"), one(LONG)], [one(LONG + " More.")], [(LONG, LONG + " More."), ("first", None)]),
        ([one("The law.", "Justice")], [one("A hotline.", "Child Focus")], [(None, "A hotline."), ("The law.", None)]),
        (
            [one("De wet.", "Police", "nl"), one("La loi.", "Police", "fr")],
            [one("La loi est là.", "Police", "fr"), one("De wet is er.", "Police", "nl")],
            [("La loi.", "La loi est là."), ("De wet.", "De wet is er.")],
        ),
    ],
)
def test_each_contribution_finds_its_earlier_version(old, new, pairs):
    assert told(old, new) == pairs


def test_every_contribution_is_in_exactly_one_pair():
    old = [one(LONG), one(LONG), one("x", "A"), one("y", "A")]
    new = [one(LONG), one("z", "A"), one(LONG + " More."), one("q", "B")]
    pairs = pair_contributions(old, new)
    assert [b for _, b in pairs if b] == new
    assert sorted(map(repr, (a for a, _ in pairs if a))) == sorted(map(repr, old))
