"""The two real forms. These tests run only where the forms are present."""

import pytest

from reports.document import richtext
from tests.readers.account import notices, states, texts, unplaced
from tests.readers.test_forms import read_form
from tests.seeds import SEEDS


def kinds(outcome) -> dict[str, int]:
    found = [line.kind for line in outcome.lines]
    return {kind: found.count(kind) for kind in sorted(set(found))}


def languages(outcome) -> dict[str, list[str]]:
    filled = [section for section in outcome.document.sections() if section.contributions]
    return {section.code: [one.language for one in section.contributions] for section in filled}


@pytest.fixture(scope="module")
def of_2013():
    return read_form(next(path for path in SEEDS if "2013" in path.stem))


@pytest.fixture(scope="module")
def of_2014():
    return read_form(next(path for path in SEEDS if "2014" in path.stem))


def test_2014_lines_and_states(of_2014):
    assert kinds(of_2014) == {"answer": 38, "frame": 17, "loose": 1, "prompt": 21}
    assert states(of_2014, "blank") == ["2.1.B", "3.1.C", "3.2.A", "3.2.B", "3.2.C"]
    assert states(of_2014, "nothing") == ["2.2.A", "2.2.B", "2.2.C"]
    assert unplaced(of_2014) == [(51, "loose", "2.1.C", "--")]


def test_2014_languages(of_2014):
    two = {code: found for code, found in languages(of_2014).items() if found != ["en"]}
    assert two == {"3.1.B": ["en", "nl"], "4.2.A": ["en", "nl"], "4.2.C": ["en", "nl"]}


def test_2014_notices(of_2014):
    assert [notice[:2] for notice in notices(of_2014)] == [(25, "1.1.B")]
    assert [(notice.line, notice.section) for notice in of_2014.notices if "language of" in str(notice)] == [
        (115, "4.1.A"),
        (149, "4.2.C"),
    ]


def test_2014_the_longest_section(of_2014):
    """It has eleven items, two of them Dutch, five sub-items, two bold phrases, links, and ends with a comma."""
    english, dutch = of_2014.document.section("3.1.B").contributions
    depths = [[block.depth for block in richtext.blocks(one.original)] for one in (english, dutch)]
    assert depths == [[1, 1, 1, 2, 2, 2, 2, 2, 1], [1, 1]]
    assert english.original.count("<strong>") == 2
    assert '<a href="http://www.clicksafe.be">www.clicksafe.be</a>' in english.original
    assert '<a href="http://www.stopchildporno.be">www.stopchildporno.be</a>' in english.original
    assert dutch.original.endswith("zouden beter worden gevormd,</p></li></ul>")


def test_2014_details(of_2014):
    assert "ISCE contributions/consultations." in texts(of_2014, "1.1.A")["en"]
    assert "in the same way for each investigation. This" in texts(of_2014, "1.1.B")["en"]
    assert texts(of_2014, "4.1.A") == {"en": "See below"}
    assert texts(of_2014, "4.1.B")["en"].startswith("Child is currently")
    assert "(ISPA, [www.ispa.be](http://www.ispa.be))" in texts(of_2014, "4.2.A")["en"]
    assert texts(of_2014, "4.2.C")["en"] == "See above."


def test_2013_lines_and_states(of_2013):
    assert kinds(of_2013) == {"address": 13, "answer": 201, "frame": 48, "prompt": 44}
    assert len(states(of_2013, "text")) == 8
    assert notices(of_2013) == []


def test_2013_languages(of_2013):
    assert languages(of_2013) == {
        "1.undertaken": ["en", "fr"],
        "1.planned": ["en"],
        "2.undertaken": ["nl"],
        "2.planned": ["nl"],  # with its label, "Legislation:"
        "3.undertaken": ["fr"],
        "3.planned": ["fr"],
        "4.undertaken": ["fr"],
        "4.planned": ["nl"],
    }


def test_2013_addresses_are_links_or_unplaced(of_2013):
    placed = [(line.number, line.section) for line in of_2013.lines if line.kind == "address" and line.section]
    assert placed == [
        (69, "1.undertaken"),
        (70, "1.undertaken"),
        (71, "1.undertaken"),
        (273, "3.undertaken"),
        (274, "3.undertaken"),
        (338, "3.undertaken"),
        (339, "3.undertaken"),
        (340, "3.undertaken"),
    ]
    assert [(number, kind) for number, kind, *_ in unplaced(of_2013)] == [
        (number, "address") for number in (275, 336, 337, 341, 342)
    ]
    assert (
        "Child Focus, [stopchildporno.be](http://reports.stopchildporno.be/), pour"
        in texts(of_2013, "3.undertaken")["fr"]
    )


@pytest.mark.parametrize(
    ("section", "language", "depths"),
    [
        ("1.undertaken", "en", [0, 1, 1, 1, 1]),
        ("1.undertaken", "fr", [1, 1, 1]),
        ("1.planned", "en", [0, 1, 1]),
        ("2.undertaken", "nl", [1, 2, 2, 2, 2, 2, 2, 1, 2, 1, 2, 1, 1, 1]),
        ("2.planned", "nl", [0, 1]),
        ("3.undertaken", "fr", [1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 1, 1]),
        ("3.planned", "fr", [1]),
        ("4.planned", "nl", [0]),
    ],
)
def test_2013_paragraphs_and_items(of_2013, section, language, depths):
    body = next(one for one in of_2013.document.section(section).contributions if one.language == language)
    assert [block.depth for block in richtext.blocks(body.original)] == depths


def test_2013_cut_sentences_and_hyphens(of_2013):
    french = texts(of_2013, "3.undertaken")["fr"]
    assert "a suggéré aux professeurs du premier cycle" in french
    assert "« Armadilo » : pour lutter" in french
    assert "le projet « Armadillo ». ce projet" in french
    assert "de informatie-uitwisseling tussen" in texts(of_2013, "2.undertaken")["nl"]
    assert "in het raam van de strafuitvoeringsmodaliteiten" in texts(of_2013, "2.undertaken")["nl"]
    assert "(via DNS-blocking). Getracht" in texts(of_2013, "4.planned")["nl"]
    assert "training.\n  Federal Judicial Police" in texts(of_2013, "1.undertaken")["en"]
    assert texts(of_2013, "3.planned")["fr"].startswith(texts(of_2013, "4.undertaken")["fr"])
