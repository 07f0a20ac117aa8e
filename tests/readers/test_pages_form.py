"""A form of 2013 as text taken out of a PDF: cut lines, lost bullets, addresses at page ends."""

import pytest

from reports.document import richtext
from tests.readers.account import notices, states, texts, unplaced
from tests.readers.test_forms import OURS, read_form


@pytest.fixture(scope="module")
def outcome():
    return read_form(next(path for path in OURS if path.stem == "pages-2013"))


def test_blank_nothing_and_text_stay_apart(outcome):
    assert states(outcome, "nothing") == ["2.planned"]
    assert states(outcome, "blank") == ["3.planned"]
    assert notices(outcome) == []


def test_an_item_with_a_separate_first_line_is_one_item(outcome):
    assert texts(outcome, "1.undertaken")["en"] == (
        "Police:\n\n"
        "- Four investigators of the judicial police were trained to work with the ICSE database. They compare every "
        "seizure of images with it before the file goes to the prosecutor.\n"
        "- Each region has one contact person for victims and their families. The contact persons meet every quarter, "
        "together with the child protection services."
    )


def test_each_passage_has_its_language(outcome):
    languages = {s.code: [one.language for one in s.contributions] for s in outcome.document.sections()}
    assert languages == {
        "1.undertaken": ["en", "fr"],
        "1.planned": ["en"],
        "2.undertaken": ["nl"],
        "2.planned": [],
        "3.undertaken": ["fr"],
        "3.planned": [],
        "4.undertaken": ["fr"],
        "4.planned": ["nl"],
    }


def test_an_item_without_its_bullet_begins_a_line(outcome):
    assert texts(outcome, "1.planned")["en"] == (
        "- A second training for investigators in the autumn.\n"
        "  With the agreement of the prosecutor, joint work with two neighbouring countries on victims who have not "
        "been identified yet."
    )


def test_bullets_without_a_space_and_asterisks_below_them(outcome):
    assert texts(outcome, "2.undertaken")["nl"] == (
        "- Wet van 21 februari 2013 over de bescherming van kinderen tegen seksueel misbruik (in werking sinds "
        "1 april 2013):\n"
        "  - verlenging van de verjaring tot de dag waarop het slachtoffer 28 jaar wordt;\n"
        "  - strafbaarstelling van het benaderen van minderjarigen via het internet (artikel 12bis, §2, 3°, van de "
        "wet, zodat elke twijfel over de notie ‘benaderen’ vervalt).\n"
        "- Afspraken tussen politie en justitie over de informatie-uitwisseling bij zaken van seksueel misbruik van "
        "kinderen, met aandacht voor zaken waarin de dader in het buitenland woont.\n"
        "- Eén vast aanspreekpunt voor in- en uitgaande verzoeken."
    )


def test_items_below_items_and_a_sentence_cut_by_a_page(outcome):
    assert texts(outcome, "3.undertaken")["fr"] == (
        "- Différents outils ont été préparés pour les écoles, avec l’aide de la police et des services de protection "
        "de l’enfance :\n"
        "  - « Parlons-en » : une fiche pour la classe (5 ème et 6 ème année), avec des questions sur les images que "
        "l’on partage et sur la vie privée…\n"
        "  - « Ma grille » : un jeu® pour les familles. Les parents le trouvent sur le site "
        "[parents.example.org](http://reports.parents.example.org/) et dans les bibliothèques. Il est gratuit, et les "
        "écoles qui le souhaitent peuvent en recevoir vingt exemplaires du ministère. Les réponses des élèves ne sont "
        "lues par personne.\n"
        "- Chaque année, au mois de février, une journée est consacrée à la sécurité des mineurs sur Internet."
    )


def test_hyphens_at_line_ends_stay(outcome):
    assert "DNS-blocking)" in texts(outcome, "4.planned")["nl"]


def test_addresses_at_page_ends_become_links(outcome):
    addresses = [(line.number, line.section, line.text) for line in outcome.lines if line.kind == "address"]
    assert addresses == [
        (42, "1.undertaken", "http://www.aide.example.org/"),
        (43, "1.undertaken", "mailto:aide@example.org"),
        (44, "1.undertaken", "http://www.signaler/"),
        (143, "3.undertaken", "http://reports.parents.example.org/"),
        (144, "", "http://www.example.org/jeux/telechargements/"),
    ]
    body = outcome.document.section("1.undertaken").contributions[1].original
    assert '<a href="http://www.aide.example.org/">www.aide.example.org</a>.' in body
    assert ': <a href="mailto:aide@example.org">aide@example.org</a>.' in body
    assert '<a href="http://www.signaler/">www.signaler</a> (sans' in body


def test_an_address_without_its_text_is_unplaced(outcome):
    assert unplaced(outcome) == [(144, "address", "3.undertaken", "http://www.example.org/jeux/telechargements/")]


def test_the_same_text_in_two_places_is_two_answers(outcome):
    last_item = texts(outcome, "3.undertaken")["fr"].splitlines()[-1]
    assert texts(outcome, "4.undertaken")["fr"] == last_item


def test_form_text_is_in_no_answer(outcome):
    text = " ".join(richtext.text_content(one.original) for s in outcome.document.sections() for one in s.contributions)
    assert "Description of" not in text
    assert "Operational" not in text
    assert [line.kind for line in outcome.lines[:5]] == ["frame"] * 5
    assert {line.section for line in outcome.lines if line.kind == "prompt"} == {
        section.code for section in outcome.document.sections()
    }
