"""Link addresses at page ends are attached to text on the same page, or left for a person to place."""

import pytest

from reports.readers import read
from tests.blank_forms import blank_form, expected
from tests.readers.account import assert_nothing_is_dropped, texts
from tests.readers.writing import Style, written

AS_PAGES = Style(bold="{}", letter="{letter}) {prompt}", width=70)


def reading(answer: str):
    text = written(blank_form(2014), {"1.1.A": ["ANSWER"]}, AS_PAGES).replace("ANSWER", answer)
    outcome = read(text.encode(), "form.txt", expected(2014))
    assert_nothing_is_dropped(text, outcome)
    return outcome


def placed(outcome) -> dict[str, str]:
    return {line.text: line.section for line in outcome.lines if line.kind == "address"}


@pytest.mark.parametrize(
    ("shown", "address"),
    [
        ("www.clicksafe.be", "http://www.clicksafe.be/"),
        ("www.Clicksafe.be", "https://www.clicksafe.be"),
        ("clicksafe.be", "http://reports.clicksafe.be/"),
        ("clicksafe.be/fr", "http://www.clicksafe.be/fr/"),
        ("http://clicksafe.be", "http://www.clicksafe.be/"),
        ("www.stopchildporno", "http://www.stopchildporno/"),
        ("help@example.org", "mailto:help@example.org"),
    ],
)
@pytest.mark.parametrize("around", ["{}", "({})", "«{}»", "see {}.", "“{}”, and so on"])
def test_the_text_becomes_the_link(shown, address, around):
    outcome = reading(f"The police publishes a list for victims: {around.format(shown)}\n\n{address}\n\nMore of it.")
    assert around.format(f"[{shown}]({address})") in texts(outcome, "1.1.A")["en"]
    assert placed(outcome) == {address: "1.1.A"}


@pytest.mark.parametrize(
    "address", ["http://www.other.be/", "http://www.clicksafe.be/ouders/fr/", "mailto:a@clicksafe.be"]
)
def test_an_address_without_its_text_is_unplaced(address):
    outcome = reading(f"The police publishes a list for victims: www.clicksafe.be.\n\n{address}\n")
    assert placed(outcome) == {address: ""}
    assert [(line.text, line.near) for line in outcome.unplaced()] == [(address, "1.1.A")]
    assert texts(outcome, "1.1.A") == {"en": "The police publishes a list for victims: www.clicksafe.be."}


def test_an_address_twice_is_one_link_over_two_lines():
    outcome = reading("A list is on www.clicksafe.be for all.\n\nhttp://www.clicksafe.be/\nhttp://www.clicksafe.be/\n")
    assert [line.section for line in outcome.lines if line.kind == "address"] == ["1.1.A", "1.1.A"]
    assert texts(outcome, "1.1.A")["en"].count("](") == 1


def test_an_address_inside_a_sentence_is_text():
    outcome = reading("The police publishes a list for victims on\nhttp://www.clicksafe.be/\nand in libraries.")
    assert placed(outcome) == {}
    assert texts(outcome, "1.1.A") == {
        "en": "The police publishes a list for victims on http://www.clicksafe.be/ and in libraries."
    }


def test_a_text_on_an_earlier_page_is_not_taken():
    outcome = reading("A list is on www.clicksafe.be for all.\n\fThe next page.\n\nhttp://www.clicksafe.be/\n")
    assert placed(outcome) == {"http://www.clicksafe.be/": ""}
