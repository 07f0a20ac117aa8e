"""A file that is not in UTF-8 is decoded by the code page whose letters its country uses, which is named."""

import pytest

from reports.document import richtext
from reports.readers import read
from reports.readers.country_languages import languages_of
from tests.blank_forms import blank_form, expected, rows
from tests.readers.sentences import SENTENCES
from tests.readers.writing import Style, written

PAGES = {
    "Windows-1252": ("cp1252", "BE fr", "LU de", "PT pt", "FI sv"),
    "Mac Roman": ("mac-roman", "FR fr", "ES es"),
    "DOS 850": ("cp850", "FR fr", "DK da"),
    "Windows-1250": ("cp1250", "PL pl", "CZ cs", "HU hu", "HR hr", "SK sk"),
    "ISO 8859-2": ("iso8859-2", "PL pl", "CZ cs", "SI sl"),
    "DOS 852": ("cp852", "PL pl", "HU hu"),
    "Mac Central European": ("mac-latin2", "CZ cs"),
    "Windows-1251": ("cp1251", "BG bg", "UA uk", "RS sr", "LV ru"),
    "KOI8-U": ("koi8-u", "BG bg", "UA uk"),
    "ISO 8859-5": ("iso8859-5", "BG bg", "RS sr"),
    "Mac Cyrillic": ("mac-cyrillic", "BG bg"),
    "DOS 866": ("cp866", "BG bg", "UA ru"),
    "Windows-1253": ("cp1253", "GR el", "CY el"),
    "DOS 737": ("cp737", "GR el"),
    "Windows-1254": ("cp1254", "TR tr", "CY tr"),
    "Windows-1257": ("cp1257", "LT lt", "LV lv", "EE et"),
    "ISO 8859-4": ("iso8859-4", "LV lv"),
    "Windows-1255": ("cp1255", "IL he"),
    "ISO 8859-3": ("iso8859-3", "MT mt"),
    "Windows-874": ("cp874", "TH th"),
    "Shift JIS": ("cp932", "JP ja"),
    "EUC-KR": ("cp949", "KR ko"),
}
CASES = [(name, page, *place.split()) for name, (page, *places) in PAGES.items() for place in places]


def read_answer(data, country):
    """Return the answer of section 1.1.A as plain text, and the notices about the file's characters."""
    outcome = read(data, "form.txt", expected(2014, country))
    section = outcome.document.section("1.1.A")
    text = "\n\n".join(richtext.to_plain(one.original) for one in section.contributions)
    return text, [str(notice) for notice in outcome.notices if not notice.line]


def form(answer, country, language="en"):
    return written(blank_form(2014, country), {"1.1.A": [answer]}, Style(language=language))


@pytest.mark.parametrize(("name", "page", "country", "language"), CASES)
def test_the_code_page_is_told_by_the_letters(name, page, country, language):
    said = SENTENCES[language].replace("–", "-").replace("’", "'")
    data = form("ANSWER", country).replace("–", "-").replace("ANSWER", said).encode(page)
    text, notices = read_answer(data, country)
    assert text == said
    assert any(f"read as {name}" in notice for notice in notices)


@pytest.mark.parametrize(("page", "country", "language"), [("cp1250", "PL", "pl"), ("cp1251", "BG", "bg")])
def test_a_web_page_that_names_no_encoding_is_read_as_text_is(page, country, language):
    said = SENTENCES[language].replace("–", "-").replace("’", "'")
    lines = form("ANSWER", country).replace("–", "-").splitlines()
    html = "<html><body>" + "".join(f"<p>{line}</p>" for line in lines).replace("ANSWER", said) + "</body></html>"
    outcome = read(html.encode(page), "form.html", expected(2014, country))
    [value] = outcome.document.section("1.1.A").contributions
    assert richtext.to_plain(value.original) == said
    assert any("not in UTF-8; it was read as" in str(notice) for notice in outcome.notices)


@pytest.mark.parametrize("country", ["BE", "CZ", "BG"])
@pytest.mark.parametrize("language", ["fr", "nl"])
def test_a_foreign_passage_keeps_its_letters(country, language):
    said = SENTENCES[language]
    text, _ = read_answer(form(said, country, language).encode("cp1252"), country)
    assert text == said


def test_a_text_in_capitals_keeps_its_case():
    said = "ПОЛИЦИЯТА И СЛУЖБИТЕ ЗА ЗАКРИЛА НА ДЕТЕТО"
    assert read_answer(form(said, "BG").replace("–", "-").encode("cp1251"), "BG")[0] == said
    assert read_answer(form(said, "BG").replace("–", "-").encode("koi8-u"), "BG")[0] == said


def test_one_wrong_byte_is_decoded_alone():
    said = "Policja i służby używają – „jednej” listy."
    data = form(said, "PL").encode().replace("ż".encode(), b"\xbf", 1)
    assert read_answer(data, "PL")[0] == said


def test_code_pages_that_fit_equally_are_named():
    """Here the bytes for "à" may as well be the letter "ā" of Latvian."""
    _, notices = read_answer(form("Report à la mode.", "LV").encode("cp1252"), "LV")
    assert [notice for notice in notices if "fits nearly as well" in notice and "la mode" in notice]


@pytest.mark.parametrize(
    ("page", "country", "language"),
    [
        ("cp1252", "BE", "fr"),
        ("cp1252", "BE", "nl"),
        ("latin-1", "BE", "fr"),
        ("mac-roman", "FR", "fr"),
        ("cp1250", "PL", "pl"),
        ("cp1250", "CZ", "cs"),
        ("cp1251", "BG", "bg"),
        ("cp1251", "UA", "uk"),
        ("cp1253", "GR", "el"),
    ],
)
def test_double_encoding_is_repaired(page, country, language):
    said = SENTENCES[language]
    garbled = "".join(decoded_wrongly(byte, page) for byte in form(said, country).encode())
    text, notices = read_answer(garbled.encode(), country)
    assert text == said
    assert any("saved in two encodings" in notice for notice in notices)


def decoded_wrongly(byte, page):
    """Return what Windows' decoders do: a byte that a code page leaves undefined is a control character."""
    try:
        return bytes([byte]).decode(page)
    except UnicodeDecodeError:
        return chr(byte)


def test_one_garbled_passage_is_repaired_alone():
    said = SENTENCES["fr"]
    garbled = "Le centre a Ã©tÃ© crÃ©Ã© en 2013."
    text, notices = read_answer(form(f"{said}\n\n{garbled}", "BE").encode(), "BE")
    assert text == f"{said}\n\nLe centre a été créé en 2013."
    assert any("“Ã©tÃ©” to “été”" in notice for notice in notices)


@pytest.mark.parametrize("country", [row["code"] for row in rows("countries.json", "country")])
def test_what_is_not_garbled_stays(country):
    symbols = "«IRMû – “CÂ” 5 °C, § 3, Рік 2013, Â «x», 10 €, ÉTÉ, ŠŽ»"
    for language in languages_of(country):
        if language in SENTENCES:
            said = f"{SENTENCES[language]} {symbols} {SENTENCES[language].upper()}"
            text, notices = read_answer(form(said, country).encode(), country)
            assert text == said
            assert not any("garbled" in notice for notice in notices)


def test_letters_of_a_neighbours_language_are_not_garbled():
    said = f"{SENTENCES['bg']} Рівне, Рік, Річка."
    assert read_answer(form(said, "BG").encode(), "BG")[0] == said


def test_letters_that_are_lost_are_named():
    text, notices = read_answer(form("La police a cr�� une équipe.", "BE").encode(), "BE")
    assert text == "La police a cr�� une équipe."
    assert any("Letters were lost" in notice and "a cr�� une" in notice for notice in notices)


def test_every_country_has_its_languages():
    assert [row["code"] for row in rows("countries.json", "country") if not languages_of(row["code"])] == []
