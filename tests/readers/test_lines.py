"""Files come in many encodings, and some contain arbitrary bytes."""

import pytest

from reports.document.lengths import MOST_PIECES_OF_REPORT, pieces
from reports.document.problem import Problem
from reports.readers import read
from tests.blank_forms import blank_form, expected
from tests.readers.account import assert_every_line_is_accounted_for, texts
from tests.readers.writing import written

SAID = "La police a créé une équipe – « dès l’ouverture » – pour les élèves, à 5 °C…"
FORM = written(blank_form(2014), {"1.1.A": [SAID]})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_encodings(encoding):
    outcome = read(FORM.encode(encoding), "form.txt", expected(2014))
    assert texts(outcome, "1.1.A") == {"fr": SAID}
    named = [str(notice) for notice in outcome.notices if "UTF-8" in str(notice)]
    assert bool(named) == (encoding == "cp1252")


def test_a_few_wrong_bytes_change_nothing_else():
    data = FORM.encode().replace("élèves".encode(), b"\xe9l\xe8ves")
    assert texts(read(data, "form.txt", expected(2014)), "1.1.A") == {"fr": SAID}


def test_decomposed_accents_match():
    import unicodedata

    from tests.readers.writing import Style

    text = unicodedata.normalize("NFD", written(blank_form(2014), {"1.1.A": [SAID]}, Style(language="fr")))
    assert read(text.encode(), "form.txt", expected(2014)).document.section("1.1.A").state == "text"


def test_stray_control_characters_become_spaces():
    outcome = read(FORM.replace("créé une", "créé\x02une").encode(), "form.txt", expected(2014))
    assert texts(outcome, "1.1.A") == {"fr": SAID}


HOSTILE = {
    "asterisks": "*" * 390_000,
    "a few asterisks": "*" * 15_000,
    "one long word": "a" * 390_000,
    "spaces": " " * 390_000 + "x",
    "dots": "a." * 190_000,
    "a few brackets": "[" * 7_000 + "](http://a" * 700,
    "a few backslashes": "\\" * 15_000,
    "brackets": "[" * 60_000 + "](http://a" * 6_000,
    "opened links": "[a](http://x" * 10_000,
    "backslashes": "\\" * 100_000,
    "tags": "<b>" * 40_000,
    "accents": "e\u0301" * 100_000,
    "addresses": "\n".join(["", "www.a.be", "", "http://www.a.be/", ""] * 600),
    "labels": "Operational Goal: x\n" * 3_000,
    "targets": "Policy target No. 1: x\n" * 3_000,
    "half prompts": "\n\n".join(["please report on the implementation of measures and the police"] * 1_500),
    "letters": "A)\nB)\n" * 1_500,
    "items": "\n".join(" " * (n % 60) + "-*•"[n % 3] + " item:" for n in range(3_000)),
    "dashes": "--\n" * 3_000,
    "short passages": "\n\n".join(["een twee drie"] * 1_500),
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("marked", [True, False])
def test_a_hostile_file_is_read_in_linear_time(name, marked):
    """Each of these would take very long if a step took quadratic time. Most marks are refused before they are read."""
    text = FORM if marked else FORM.replace("*", "")
    text = text.replace(SAID, f"{SAID}\n\n{HOSTILE[name]}")
    if pieces(text, is_html=False) > MOST_PIECES_OF_REPORT:
        with pytest.raises(Problem, match="at most 16000 are possible"):
            read(text.encode(), "form.txt", expected(2014))
    else:
        assert_every_line_is_accounted_for(text, read(text.encode(), "form.txt", expected(2014)))
