"""The language of a passage is weighed by its country and the passages beside it; a label has that of what follows."""

import pytest

from reports.readers import read
from tests.blank_forms import blank_form, expected
from tests.readers.account import assert_nothing_is_dropped
from tests.readers.writing import written

DUTCH = "De politie en de diensten voor kinderbescherming gebruiken dezelfde lijst."
FRENCH = "La police et les services de protection de l’enfance utilisent la même liste."
ENGLISH = "The police and the child protection services share one list of contact persons."
POLISH = "Policja i służby ochrony dzieci korzystają z tej samej listy osób do kontaktu."


def read_passages(*passages, country="BE"):
    """Return the language of each contribution with its first words, and the notices about languages."""
    text = written(blank_form(2014, country), {"1.1.A": passages})
    outcome = read(text.encode(), "form.txt", expected(2014, country))
    if country == "BE":
        assert_nothing_is_dropped(text, outcome)
    found = [(one.language, one.original) for one in outcome.document.section("1.1.A").contributions]
    return found, [str(notice) for notice in outcome.notices if "language of" in str(notice)]


@pytest.mark.parametrize("label", ["Police:", "Législation :", "Federale Gerechtelijke Politie:", "**Wetgeving:**"])
@pytest.mark.parametrize(("above", "below", "codes"), [(FRENCH, ENGLISH, ["fr", "en"]), (ENGLISH, DUTCH, ["en", "nl"])])
def test_a_label_belongs_to_the_passage_below_it(label, above, below, codes):
    found, notices = read_passages(above, label, below)
    assert [code for code, _ in found] == codes
    assert label.strip("*:") in found[1][1]
    assert notices == []


def test_a_label_above_a_list_belongs_to_the_list():
    found, notices = read_passages("Police:", f"- {FRENCH}", f"- {FRENCH}")
    assert [code for code, _ in found] == ["fr"]
    assert notices == []


def test_a_label_without_a_passage_belongs_to_the_one_before():
    found, _ = read_passages(FRENCH, "Législation :")
    assert [code for code, _ in found] == ["fr"]


@pytest.mark.parametrize("short", ["Wet van 13 april 1995", "Federale Gerechtelijke Politie", "Zie boven."])
def test_a_short_passage_has_its_neighbours_language(short):
    for passages in ([DUTCH, short], [short, DUTCH], [DUTCH, short, DUTCH], [FRENCH, short, DUTCH]):
        found, _ = read_passages(*passages)
        assert [code for code, _ in found] == list(dict.fromkeys("fr" if text == FRENCH else "nl" for text in passages))


def test_a_short_english_passage_stays_english_among_others():
    found, notices = read_passages(POLISH, "See below", POLISH, country="PL")
    assert [code for code, _ in found] == ["pl", "en", "pl"]
    assert len(notices) == 1


def test_figures_have_their_neighbours_language():
    found, notices = read_passages(FRENCH, "2013: 412, 2014: 530", FRENCH)
    assert [code for code, _ in found] == ["fr"]
    assert notices == []


def test_an_unknown_script_beside_a_text_is_named():
    found, notices = read_passages(FRENCH, "ᚠᚢᚦᚨᚱᚲ ᚷᚹᚺᚾᛁᛃ")
    assert [code for code, _ in found] == ["fr", "en"]
    assert len(notices) == 1


def test_a_short_passage_among_english_ones_is_english():
    found, notices = read_passages(ENGLISH, "A helpline for victims", ENGLISH)
    assert [code for code, _ in found] == ["en"]
    assert notices == []


def test_a_short_passage_alone_has_its_clear_language():
    found, notices = read_passages("Voir ci-dessous")
    assert [code for code, _ in found] == ["fr"]
    assert ["most likely" in said for said in notices] == [True]


def test_what_is_not_clear_is_english_and_named():
    found, notices = read_passages("ICSE 2013")
    assert [code for code, _ in found] == ["en"]
    assert ["taken to be English" in said for said in notices] == [True]


@pytest.mark.parametrize(
    ("country", "text"),
    [
        ("JP", "警察と児童保護機関は、同じ連絡先のリストを使用しています。"),
        ("KH", "នគរបាលនិងសេវាការពារកុមារប្រើបញ្ជីឈ្មោះតែមួយ"),
    ],
)
def test_a_language_without_spaces_is_detected(country, text):
    found, notices = read_passages(text, country=country)
    assert [code for code, _ in found] == [{"JP": "ja", "KH": "km"}[country]]
    assert notices == []
