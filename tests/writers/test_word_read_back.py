"""What the portal writes as a Word file, it reads as the same document, also after LibreOffice has saved it."""

from pathlib import Path

import pytest

from reports import readers
from reports.document.tree import Contribution
from reports.writers import word
from tests import blank_forms
from tests.seeds import SEEDS
from tests.writers.word_reading import all_with_libreoffice

DEMO = Path(__file__).resolve().parents[2] / "fixtures" / "demo"
COUNTRIES = {"belgium": "BE", "netherlands": "NL"}
FORMS = [*SEEDS, DEMO / "belgium-2014.txt", DEMO / "netherlands-2013.txt"]  # both layouts, with or without the seeds


def form_of(path):
    """Return the document of a filled-in form, and the form that a file of it should be."""
    country, year = path.stem.split("-")
    expected = blank_forms.expected(int(year), COUNTRIES[country])
    return readers.read(path.read_bytes(), path.name, expected).document, expected


def pairs(document):
    count = iter(range(1, 10_000))
    return {one.code: [(next(count), 1) for _ in one.contributions] for one in document.sections()}


def read(data, expected):
    return readers.read(data, "report.docx", expected)


@pytest.mark.parametrize("language", ["en", "nl", "fr"])
@pytest.mark.parametrize("year", [2013, 2014])
def test_a_blank_form_is_read_as_blank(year, language):
    blank = blank_forms.blank_form(year)
    found = read(word.write(blank, form_language=language), blank_forms.expected(year))
    assert found.document == blank
    assert [line.text for line in found.lines if line.kind == "loose"] == []


@pytest.mark.parametrize("path", FORMS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_filled_in_form_is_read_back(path):
    document, expected = form_of(path)
    ends = frozenset(one.code for one in document.sections())
    found = read(word.write(document, contributions=pairs(document), open_ends=ends), expected)
    assert found.document == document


SAID = "<p>De dienst meldt elke zaak binnen vijf werkdagen aan de eenheid van het andere gewest.</p>"


@pytest.mark.parametrize(
    "more",
    [
        "<p>--</p><p>___</p><ul><li><p>***</p></li></ul>",
        "<table><tbody><tr><td><p>Een</p></td></tr><tr><td><p>Twee</p></td></tr></tbody></table>",
        "<p>Operational Goal:</p>",
        "<p>Policy Target No. 3</p><p>A)</p>",
    ],
)
def test_what_stands_in_a_control_is_its_text(more):
    blank = blank_forms.blank_form(2014)
    text = Contribution(authority="", language="nl", body={"nl": SAID + more})
    document = blank.with_sections({"4.1.C": blank.section("4.1.C").with_contributions(text)})
    found = read(word.write(document, contributions=pairs(document)), blank_forms.expected(2014))
    assert found.document == document
    assert list(found.unplaced()) == []


def test_filled_in_forms_are_read_back_from_libreoffice(tmp_path):
    forms = [form_of(path) for path in FORMS]
    files = [word.write(document, contributions=pairs(document)) for document, _expected in forms]
    for path, (document, expected), saved in zip(
        FORMS, forms, all_with_libreoffice(files, tmp_path, "docx"), strict=True
    ):
        found = {one.code: one for one in read(saved, expected).document.sections()}
        for section in document.sections():
            if section.state == "text":
                assert len(found[section.code].contributions) == len(section.contributions), (path, section.code)
