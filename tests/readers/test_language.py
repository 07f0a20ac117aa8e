"""A passage's language is detected among all languages, and only if it is certain."""

import pytest

from reports.readers.language import detect

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
