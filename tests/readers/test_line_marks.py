"""Marks of lists, separators of lines, words cut at a line's end, and what stands on every page."""

import pytest

from reports.readers import read
from reports.readers.furniture import furniture_of
from tests.blank_forms import blank_form, expected
from tests.readers.account import assert_every_line_is_accounted_for, states, texts, unplaced
from tests.readers.test_paragraphs import typed
from tests.readers.writing import Style, written


@pytest.mark.parametrize(
    ("answer", "read_as"),
    [
        ("•\tfirst\no\tbelow\no\tbelow too\n•\tsecond", "- first\n  - below\n  - below too\n- second"),
        ("§\tone law\n§\tanother law", "- one law\n- another law"),
        ("Ø\tone law\nü\tbelow it", "- one law\n  - below it"),
        ("➢ one law\n✓ below it", "- one law\n  - below it"),
        ("1) one\n2) two", "1. one\n2. two"),
        ("o zet de stap", "o zet de stap"),
        ("Done:\na) training\nb) a helpline", "Done:\n\na) training\n\nb) a helpline"),
        ("i) training\nii) a helpline\niii) a list", "i) training\n\nii) a helpline\n\niii) a list"),
        ("(1) training\n(2) a helpline", "(1) training\n\n(2) a helpline"),
        ("Done:\na. training\nb. a helpline\nc. a list", "Done:\n\na. training\n\nb. a helpline\n\nc. a list"),
        ("ii. a helpline for the victims\niii. a list", "ii. a helpline for the victims\n\niii. a list"),
        ("\uf0a8 one law\n\uf0a8 another law", "- one law\n- another law"),
        ("→ one law\n→ another law", "- one law\n- another law"),
        ("4. training\n5. a helpline", "4\\. training\n\n5\\. a helpline"),
        ("Partners:\npolice\nschools\nyouth services", "Partners:\n\npolice\n\nschools\n\nyouth services"),
    ],
)
def test_the_marks_of_lists(answer, read_as):
    assert typed(answer) == read_as


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\x0b", "\x85"])
def test_every_separator_ends_a_line(separator):
    assert typed_without_account(f"The first.{separator}The second.") == "The first.\n\nThe second."


def typed_without_account(answer):
    text = written(blank_form(2014), {"1.1.A": [answer]})
    return texts(read(text.encode(), "form.txt", expected(2014)), "1.1.A")["en"]


@pytest.mark.parametrize(
    ("answer", "read_as"),
    [
        ("diensten voor kinder\u00ad\nbescherming in het land", "diensten voor kinderbescherming in het land"),
        ("kin\u00adder\u00adbescher\u00adming", "kinderbescherming"),
    ],
)  # fmt: skip
def test_soft_hyphens_go(answer, read_as):
    wrapped = Style(bold="{}", letter="{letter}) {prompt}", width=70)
    text = written(blank_form(2014), {"1.1.A": ["ANSWER"]}, wrapped).replace("ANSWER", answer)
    outcome = read(text.encode(), "form.txt", expected(2014))
    assert list(texts(outcome, "1.1.A").values()) == [read_as]


PAGE = "The police trained twelve officers.\n\n" * 5


@pytest.mark.parametrize("foot", ["Belgium\n\n{}", "{}", "{} / 3", "Page {} of 3", "- {} -", "{}\n\nBelgium"])
def test_what_stands_on_every_page_is_no_answer(foot):
    pages = "\n\n".join(PAGE + foot.format(number) for number in (1, 2, 3))
    text = written(blank_form(2014), {"1.1.A": ["ANSWER"]}).replace("ANSWER", pages)
    outcome = read(text.encode(), "form.txt", expected(2014))
    assert_every_line_is_accounted_for(text, outcome)
    assert texts(outcome, "1.1.A") == {"en": (PAGE * 3).strip()}
    assert unplaced(outcome) == []
    assert sum(line.kind == "furniture" for line in outcome.lines) == 3 * len(foot.split("\n\n"))


def test_the_last_page_may_be_short():
    pages = PAGE + "Page 1 of 2\n\n" + "The police trained.\n\nPage 2 of 2"
    text = written(blank_form(2014), {"1.1.A": ["ANSWER"]}).replace("ANSWER", pages)
    outcome = read(text.encode(), "form.txt", expected(2014))
    assert texts(outcome, "1.1.A") == {"en": PAGE + "The police trained."}


@pytest.mark.parametrize("line", ["\u200b", "\ufeff", "\u2800", "\u00ad", " \u200b\u00a0"])
def test_a_line_of_which_nothing_shows_is_blank(line):
    text = written(blank_form(2014), {"1.1.A": ["ANSWER"]}).replace("ANSWER", line)
    outcome = read(text.encode(), "form.txt", expected(2014))
    assert states(outcome, "text") == []
    assert unplaced(outcome) == []


@pytest.mark.parametrize(
    "answer",
    [
        "See above.\n\n" + "Something else was done.\n\n" * 5 + "See above.",
        "\n\n".join(f"{year}\n\n" + "Something was done.\n\n" * 5 for year in (2013, 2014)),
        "\n\n".join(f"Phase {number}\n\n" + "Something was done.\n\n" * 5 for number in (1, 2, 3)),
        "3\n\n4\n\n5",
        PAGE + "412\n\n" + PAGE + "17",
    ],
)
def test_what_only_recurs_stays_in_the_answer(answer):
    lines = answer.split("\n")
    assert furniture_of(lines) == set()


def test_the_portals_own_blank_print_is_blank_again():
    text = printed_text(blank_form(2014).canonical())
    outcome = read(text.encode(), "form.txt", expected(2014))
    assert states(outcome, "blank") == [section.code for section in blank_form(2014).sections()]
    assert unplaced(outcome) == []


def printed_text(canonical):
    """Return the text of the official PDF, as a person copies it out of a viewer."""
    import pypdfium2

    from reports.document.tree import Document
    from reports.writers import pdf

    content = pdf.write(Document.from_json(canonical), form_language="en")
    with pypdfium2.PdfDocument(content) as printed:
        return "\n".join(page.get_textpage().get_text_range().replace("\r\n", "\n") for page in printed)
