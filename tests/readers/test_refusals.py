"""A file that cannot be the expected form is refused with a message that says what to do."""

import io
import json
import zipfile

import pytest

from reports.document.problem import Problem
from reports.readers import LARGEST_FILE, LARGEST_TEXT_FILE, read
from reports.readers.lines import MOST_LINES
from tests.blank_forms import blank_form, expected
from tests.readers.writing import written

FORM = written(blank_form(2014), {"1.1.A": ["The police trains investigators."]}).encode()


def refusal(data: bytes, name: str = "form.txt", year: int = 2014, code: str = "BE") -> str:
    with pytest.raises(Problem) as problem:
        read(data, name, expected(year, code))
    return str(problem.value)


def zipped(*names):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return content.getvalue()


@pytest.mark.parametrize("data", [b"", b" \n\n\t", b"\xef\xbb\xbf", b"\xff\xfe", "\n \n".encode("utf-16")])
def test_an_empty_file(data):
    assert refusal(data) == "This file is empty. Choose the file of the filled-in form."


def test_a_file_that_is_too_large():
    assert refusal(FORM + b" " * LARGEST_TEXT_FILE).startswith("This file is larger than 2 MB.")
    assert refusal(b"PK\x03\x04" + b" " * LARGEST_FILE).startswith("This file is larger than 20 MB.")
    assert refusal(b"x\n" * (MOST_LINES + 1)).startswith(f"This file has {MOST_LINES + 2} lines.")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"%PDF-1.7 ...", "This PDF is damaged or incomplete."),
        (b"PK\x03\x04 ...", "This file is damaged or incomplete."),
        (b"\xd0\xcf\x11\xe0 ...", "This is not a Word document."),
        (
            b"\xd0\xcf\x11\xe0" + "WordDocument".encode("utf-16-le"),
            "This file was saved in the format of older",
        ),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "This file is protected by a password."),
        (zipped("xl/workbook.xml", "[Content_Types].xml"), "This is a spreadsheet, a presentation or an archive"),
        (zipped("holiday.jpg"), "This is a spreadsheet, a presentation or an archive"),
        (b"{\\rtf1 ...}", "This file is not a filled-in form of 2014"),
        (b"<!DOCTYPE html><p>Minutes</p>", "This file is not a filled-in form of 2014"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "This is a picture."),
        (bytes(range(256)) * 20, "This is not a text file."),
        (FORM + b"\x00", "This is not a text file."),
        (b"\xff\xfe" + b"\x00\xd8" * 200, "This file is not a filled-in form of 2014"),
    ],
)
def test_other_kinds_of_files(data, sentence):
    assert refusal(data).startswith(sentence)
    assert any(advice in refusal(data) for advice in ("ave", "right file", "upload"))


@pytest.mark.parametrize(
    "text",
    [
        "Minutes of a meeting.\n\nThe police and the child protection services agreed on a list of contact persons.",
        "Belgium\n\nPolicy Target No. 1\n\nOperational Goal:\n",
        "A)\n\nB)\n\nC)\n",
    ],
)
def test_a_text_that_is_no_form(text):
    assert "none of the form's prompts is in it" in refusal(text.encode())


@pytest.mark.parametrize("found", [2013, 2014, 2016])
@pytest.mark.parametrize("year", [2013, 2014, 2016])
@pytest.mark.parametrize("language", ["en", "nl", "fr"])
def test_the_form_of_another_year(found, year, language):
    from tests.readers.writing import Style

    data = written(blank_form(found), {}, Style(language=language)).encode()
    if found == year:
        assert read(data, "form.txt", expected(year)).document == blank_form(year)
    else:
        assert refusal(data, year=year).startswith(f"This is the form of {found}, not of {year}.")


def test_the_title_shows_an_unknown_other_year():
    assert "form of 2015" in refusal(FORM.replace("– 2014 Reporting".encode(), "– 2015 Reporting".encode()))


def test_the_prompts_show_another_year():
    untitled = written(blank_form(2016), {}).split("\n", 1)[1].encode()
    assert "form of 2016" in refusal(untitled)


@pytest.mark.parametrize("name", ["FRANCE", "**Frankrijk**", "Country: France"])
def test_the_form_of_another_country(name):
    data = FORM.replace(b"**Belgium**", name.encode())
    assert refusal(data).startswith("This is the form of France, not of Belgium.")


@pytest.mark.parametrize("name", ["BELGIUM", "Belgique", "*belgië*", "Country: Belgium"])
def test_a_country_is_known_by_all_its_names(name):
    outcome = read(FORM.replace(b"**Belgium**", name.encode()), "form.txt", expected(2014))
    assert not [notice for notice in outcome.notices if "country" in str(notice)]


def test_a_form_without_a_country_has_a_notice():
    outcome = read(FORM.replace(b"**Belgium**", b""), "form.txt", expected(2014))
    assert "The file does not name its country. Check that this is the form of Belgium." in map(str, outcome.notices)


def test_a_country_named_in_an_answer_is_ignored():
    data = written(blank_form(2014), {"1.1.A": ["France", "Netherlands"]}).encode()
    assert read(data, "form.txt", expected(2014)).document.section("1.1.A").state == "text"


def test_json_is_read_back():
    outcome = read(FORM, "form.txt", expected(2014))
    again = read(outcome.document.canonical().encode(), "form.json", expected(2014))
    assert again.document == outcome.document
    assert again.lines == ()


def test_json_of_another_report_is_refused():
    data = blank_form(2014).canonical().encode()
    assert refusal(data, "form.json", 2016).startswith("This is the form of 2014, not of 2016.")
    assert refusal(data, "form.json", 2014, "FR").startswith("This is the form of Belgium, not of France.")


def test_other_json_is_refused():
    assert refusal(b'{"schema": 1}', "form.json").startswith("This is not a report's JSON")
    assert refusal(b"[]", "form.json").startswith("This is not a report's JSON")
    document = json.loads(blank_form(2014).canonical())
    document["targets"][0]["goals"][0]["sections"][0]["code"] = "9.9.Z"
    assert "sections that this form does not have: 9.9.Z" in refusal(json.dumps(document).encode(), "form.json")


def test_json_does_not_change_the_form_text():
    document = json.loads(blank_form(2014).canonical())
    document["targets"][0]["text"]["en"] = "Other words"
    assert read(json.dumps(document).encode(), "x.json", expected(2014)).document == blank_form(2014)
