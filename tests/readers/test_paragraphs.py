"""Lines are put together to the paragraphs and lists that their author meant."""

import pytest

from reports.readers import read
from tests.blank_forms import blank_form, expected
from tests.readers.account import assert_nothing_is_dropped, texts, unplaced
from tests.readers.writing import Style, written

AS_TYPED = Style()
AS_PAGES = Style(bold="{}", letter="{letter}) {prompt}", width=70)


def reading(answer: str, style: Style = AS_TYPED):
    """Read a form of 2014 with exactly these lines in 1.1.A."""
    text = written(blank_form(2014), {"1.1.A": ["ANSWER"]}, style).replace("ANSWER", answer)
    outcome = read(text.encode(), "form.txt", expected(2014))
    assert_nothing_is_dropped(text, outcome)
    return outcome


def typed(answer: str, style: Style = AS_TYPED) -> str:
    return "\n\n".join(texts(reading(answer, style), "1.1.A").values())


@pytest.mark.parametrize(
    ("answer", "read_as"),
    [
        ("- one\n- two", "- one\n- two"),
        ("- one\n\n- two", "- one\n- two"),
        ("* one\n* two", "- one\n- two"),
        ("• one\n•two\n•\u00a0three", "- one\n- two\n- three"),
        ("•\none\n•\n\ntwo", "- one\n- two"),
        ("-One law\n-Another law", "- One law\n- Another law"),
        ("- one\n  - below\n  - below too\n- two", "- one\n  - below\n  - below too\n- two"),
        ("• one\n- below\n- below too\n• two", "- one\n  - below\n  - below too\n- two"),
        ("- one\n* below\n- two", "- one\n  - below\n- two"),
        ("1. one\n2. two\n3. three", "1. one\n2. two\n3. three"),
        ("2014. In that year\n\n3 countries", "2014. In that year\n\n3 countries"),
        ("12 countries\n\n-5 degrees", "12 countries\n\n-5 degrees"),
        ("Police:\n- one\n- two\n\nJustice:\n- three", "Police:\n\n- one\n- two\n\nJustice:\n\n- three"),
        ("- For example:\n\n- one\n- two\n\n- Other", "- For example:\n  - one\n  - two\n- Other"),
        (
            "- For example:\n- one\n- two\n- Also:\n- three\n- four",
            "- For example:\n  - one\n  - two\n- Also:\n  - three\n  - four",
        ),
        ("- For example:\n\n- one\n\n- two", "- For example:\n- one\n- two"),
        ("- one\n  and more of it", "- one and more of it"),
    ],
)
def test_lists(answer, read_as):
    assert typed(answer) == read_as


@pytest.mark.parametrize(
    ("answer", "read_as"),
    [
        ("First line.\nSecond line.", "First line.\n\nSecond line."),
        ("First.\n\n\n\nSecond.", "First.\n\nSecond."),
        (
            "The police of the regions and of\nthe capital agreed.",
            "The police of the regions and of the capital agreed.",
        ),
        (
            "The police of the regions and of the capital agreed with each\n\nregion on a list.",
            "The police of the regions and of the capital agreed with each region on a list.",
        ),
        ("police\n\nchild protection", "police\n\nchild protection"),
        ("5 \\* 3 and \\[x\\]", "5 * 3 and [x]"),
        ("**Police** and *justice*", "**Police** and *justice*"),
        ("<b>not bold</b> &nbsp; R&D", "<b>not bold</b> &nbsp; R&D"),
        ("See [the note](http://www.example.org/a_b).", "See [the note](http://www.example.org/a_b)."),
        ("See [the note](page 3) and [1].", "See [the note]\\(page 3) and [1]."),
        ("« dès l’ouverture » – § 2, 3° ® … “x” ‘y’", "« dès l’ouverture » – § 2, 3° ® … “x” ‘y’"),
    ],
)
def test_paragraphs(answer, read_as):
    assert typed(answer) == read_as


@pytest.mark.parametrize(
    ("answer", "read_as"),
    [
        ("The police of the regions agreed on a list of contact persons for\nvictims.", 1),
        ("The police of the regions agreed on the informa-\ntie-uitwisseling with\nothers.", 1),
        (
            "One measure is complete.\nThe police of the regions agreed on a list of contact persons for\nvictims.",
            2,
        ),
        ("The police of the regions agreed on a list of contact persons. The\nlist is kept by the ministry.", 1),
        ("The police agreed.\n\nThe list is kept by the ministry.", 2),
    ],
)
def test_cut_lines_are_joined_into_paragraphs(answer, read_as):
    assert len(typed(answer, AS_PAGES).split("\n\n")) == read_as


def test_a_number_that_continues_no_list_is_text():
    outcome = read(written(blank_form(2014), {"1.1.A": ["3. The police agreed."]}).encode(), "form.txt", expected(2014))
    assert texts(outcome, "1.1.A") == {"en": "3\\. The police agreed."}


def test_a_hyphen_at_a_line_end_belongs_to_its_word():
    said = typed(
        "Afspraken over de informatie-\nuitwisseling bij in-\nen uitgaande verzoeken van de politie.", AS_PAGES
    )
    assert said == "Afspraken over de informatie-uitwisseling bij in- en uitgaande verzoeken van de politie."


def test_a_soft_hyphen_at_a_line_end_is_no_character():
    answer = (
        "De politie werkt samen met de scholen en met de diensten voor kinder\u00ad\n"
        "bescherming om de slachtoffers van misbruik in het hele land te helpen."
    )
    assert "voor kinderbescherming om" in typed(answer, AS_PAGES)


def test_an_answer_that_shows_nothing_is_blank():
    assert reading("\u200b\u00ad").document.section("1.1.A").state == "blank"


def test_single_marks_in_an_unmarked_file_are_text():
    assert typed("The list* of 5 [sic] names* and the *law*.", AS_PAGES) == (
        "The list\\* of 5 [sic] names\\* and the \\*law\\*."
    )


@pytest.mark.parametrize("nothing", ["--", "–", "—", "**--**", " -- ", "\\--"])
def test_two_dashes_alone_mean_nothing_to_report(nothing):
    outcome = reading(nothing)
    assert outcome.document.section("1.1.A").state == "nothing"
    assert unplaced(outcome) == []


@pytest.mark.parametrize("text", ["The police agreed.\n\n--", "The police agreed.\n--", "--\n\nThe police agreed."])
def test_two_dashes_beside_a_text_are_loose(text):
    outcome = reading(text)
    assert texts(outcome, "1.1.A") == {"en": "The police agreed."}
    assert [(kind, near, said) for _, kind, near, said in unplaced(outcome)] == [("loose", "1.1.A", "--")]


@pytest.mark.parametrize("line", ["---", "***", "_____", "* * *", "====="])
def test_a_rule_is_no_answer(line):
    outcome = reading(f"{line}\n\nThe police agreed.\n\n{line}")
    assert texts(outcome, "1.1.A") == {"en": "The police agreed."}
    assert reading(line).document.section("1.1.A").state == "blank"


def test_a_page_number_is_loose_and_cuts_no_sentence():
    outcome = reading(
        "The police of the regions agreed on a list of contact persons for the\n\n12\n\fvictims of abuse.", AS_PAGES
    )
    assert texts(outcome, "1.1.A") == {
        "en": "The police of the regions agreed on a list of contact persons for the victims of abuse."
    }
    assert [said for *_, said in unplaced(outcome)] == ["12"]


def test_short_neighbours_share_a_language():
    outcome = reading("- opleiding van politie\n- hulplijn voor kinderen\n- toezicht op de naleving")
    assert list(texts(outcome, "1.1.A")) == ["nl"]
    assert not [notice for notice in outcome.notices if "language of" in str(notice)]
