"""A walk follows headings, whatever they were found in, to the section that text belongs to."""

import pytest

from reports.readers.headings import Heading
from reports.readers.walk import ANSWERED_JOINTLY, GOAL_UNTOLD, PROMPT_NOWHERE, PROMPT_TWICE, Walk, outline_of
from tests.blank_forms import blank_form

OUTLINE = outline_of(blank_form(2014))


def goal(*codes: str) -> Heading:
    return Heading("goal", codes, 0, 0)


def target(code: str) -> Heading:
    return Heading("target", (code,), 0, 0)


def prompt(letter: str, **options: bool) -> Heading:
    """Return a prompt that has the same words in every goal, as those of the form do."""
    return Heading("prompt", tuple(code for code in OUTLINE.order if code.endswith(letter)), 0, 0, **options)


def walked(*headings: Heading) -> tuple[Walk, list[str]]:
    walk = Walk(OUTLINE)
    return walk, [notice.message for heading in headings for notice in walk.enter(heading)]


@pytest.mark.parametrize(
    ("headings", "section", "near", "messages"),
    [
        ([goal("2.1"), prompt("A")], "2.1.A", "2.1.A", []),
        ([goal("2.1"), prompt("A"), prompt("C")], "2.1.C", "2.1.C", []),
        ([goal("2.1"), prompt("A"), goal("2.2"), prompt("A")], "2.2.A", "2.2.A", []),
        ([goal("2.1"), prompt("A"), prompt("A")], "2.1.A", "2.1.A", []),
        ([goal("2.1"), prompt("A"), prompt("B"), prompt("A")], "", "2.1.A", [PROMPT_TWICE]),
        ([goal("2.1"), goal("2.2"), prompt("A")], "", "2.1.A", [ANSWERED_JOINTLY]),
        ([target("1"), prompt("A")], "1.1.A", "1.1.A", [GOAL_UNTOLD]),
        ([target("2"), prompt("A")], "", "", [PROMPT_NOWHERE]),
        ([prompt("A")], "", "", [PROMPT_NOWHERE]),
    ],
)
def test_headings_lead_to_one_section_or_to_a_notice(headings, section, near, messages):
    walk, said = walked(*headings)
    assert (walk.section, walk.near, said) == (section, near, messages)


@pytest.mark.parametrize(
    ("headings", "letter"),
    [([goal("2.1")], "A"), ([goal("2.1"), prompt("A")], "B"), ([goal("2.1"), prompt("C")], ""), ([], "")],
)
def test_a_lone_letter_is_expected_in_order(headings, letter):
    walk, _ = walked(*headings)
    assert "".join(each for each in "ABC" if walk.expects(prompt(each, is_letter=True))) == letter
