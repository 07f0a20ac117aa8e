"""A form of 2016 in French without any marks: other capitals, goals answered jointly, one missing, four languages."""

import pytest

from tests.readers.account import notices, states, texts, unplaced
from tests.readers.test_forms import OURS, read_form


@pytest.fixture(scope="module")
def outcome():
    return read_form(next(path for path in OURS if path.stem == "bare-2016"))


def test_prompts_in_french_are_found(outcome):
    assert states(outcome, "text") == ["1.1.A", "1.1.B", "3.1.A", "3.1.B", "3.1.C", "4.1.A", "4.1.B", "4.2.A", "4.2.C"]
    assert states(outcome, "nothing") == ["1.1.C"]


def test_goals_answered_together_are_not_guessed(outcome):
    assert states(outcome, "blank")[:6] == ["2.1.A", "2.1.B", "2.1.C", "2.2.A", "2.2.B", "2.2.C"]
    assert unplaced(outcome) == [
        (3, "loose", "", "Ministère de la Justice, le 3 mars 2016"),
        (
            29,
            "loose",
            "2.1.A",
            "Le texte qui suit vaut pour les deux buts : la police a créé une équipe commune avec deux pays voisins.",
        ),
        (32, "loose", "2.1.B", "L'équipe se réunit chaque trimestre."),
    ]


def test_notices_of_this_form(outcome):
    assert notices(outcome) == [
        (0, "", "Operational goal 3.2 is missing from the file; its sections stay blank."),
        (
            28,
            "",
            "Operational goals 2.1, 2.2 are answered together. The text could belong to either: place it yourself.",
        ),
        (
            53,
            "4.1.A",
            "The prompt of section 4.1.A is worded differently here; the text below it was placed in that section.",
        ),
    ]


def test_each_section_has_its_language(outcome):
    assert list(texts(outcome, "3.1.A")) == ["de"]
    assert list(texts(outcome, "3.1.B")) == ["nl"]
    assert list(texts(outcome, "3.1.C")) == ["fr"]


def test_numbered_lines_are_a_numbered_list(outcome):
    assert texts(outcome, "1.1.B")["fr"].endswith(
        "\n\n1. Une formation a été donnée à la police.\n2. Une deuxième est prévue."
    )
