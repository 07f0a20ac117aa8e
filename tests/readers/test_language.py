"""A passage's language is detected among all languages, and only if it is certain."""

import pytest

from reports.readers.country_languages import languages_of
from reports.readers.language import detect
from tests.blank_forms import rows
from tests.readers.sentences import SENTENCES

SURE = {
    "en": "The police and the child protection services share one list of contact persons.",
    "nl": "De politie en de diensten voor kinderbescherming gebruiken dezelfde lijst.",
    "fr": "La police et les services de protection de l’enfance utilisent la même liste.",
    "de": "Die Polizei und die Beratungsstellen für Kinder verwenden dieselbe Liste.",
    "pl": "Policja i służby ochrony dzieci korzystają z tej samej listy osób do kontaktu.",
    "el": "Η αστυνομία και οι υπηρεσίες προστασίας παιδιών έχουν κοινό κατάλογο.",
}


@pytest.mark.parametrize("code", SURE)
def test_a_sentence_is_detected(code):
    assert (detect(SURE[code]).code, detect(SURE[code]).sure) == (code, True)


@pytest.mark.parametrize(
    "text", ["", "--", "Police:", "See below", "2013 2014 2015", "http://www.politie.be/ www.police.be"]
)
def test_a_short_text_is_english_and_not_certain(text):
    assert (detect(text).code, detect(text).sure) == ("en", False)


def test_addresses_do_not_decide_the_language():
    text = f"{SURE['nl']} http://www.example.org/the-police-and-the-child-protection-services helpline@example.org"
    assert detect(text).code == "nl"


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_a_countrys_own_language_is_detected(code):
    countries = [row["code"] for row in rows("countries.json", "country") if code in languages_of(row["code"])]
    own = [country for country in countries if languages_of(country)[0] == code] or countries
    for country in own:
        found = detect(SENTENCES[code], country)
        same = ("bs", "hr") if country == "BA" else (code,)  # a sentence does not tell these apart
        assert found.code in same, country
        assert found.sure, country


@pytest.mark.parametrize("country", ["", "BE", "LU", "PL"])
@pytest.mark.parametrize(
    "text",
    [
        "La polico kaj la servoj por la protekto de infanoj uzas la saman liston de kontaktuloj.",
        "Custodes publici et ministeria ad liberos tuendos eodem indice nominum utuntur.",
        "Die polisie en die dienste vir kinderbeskerming gebruik dieselfde lys van kontakpersone.",
    ],
)
def test_no_countrys_language_is_never_certain(country, text):
    assert not detect(text, country).sure


@pytest.mark.parametrize(("country", "code"), [("RS", "sr"), ("ME", "sr"), ("HR", "hr"), ("SI", "hr")])
def test_serbian_in_latin_letters_is_that_of_its_country(country, code):
    found = detect("Policija i službe za zaštitu djece koriste isti popis osoba za kontakt.", country)
    assert (found.code, found.sure) == (code, True)


def test_luxembourgish_is_not_taken_for_dutch():
    text = "D’Police huet zwielef Enquêteuren, déi mat de Schoulen zesummeschaffen."
    assert not detect(text, "LU").sure


def test_another_countrys_language_is_detected():
    assert detect(SURE["pl"], "BE").code == "pl"
