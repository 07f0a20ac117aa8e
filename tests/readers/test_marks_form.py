"""A form of 2014 with Markdown's marks: three styles of prompts, "--", links, bold, sub-items beside their head."""

import pytest

from reports.document import richtext
from tests.readers.account import notices, states, texts, unplaced
from tests.readers.test_forms import OURS, read_form


@pytest.fixture(scope="module")
def outcome():
    return read_form(next(path for path in OURS if path.stem == "marks-2014"))


def test_blank_nothing_and_text_stay_apart(outcome):
    assert states(outcome, "blank") == ["2.1.B", "3.1.C", "3.2.A", "3.2.C"]
    assert states(outcome, "nothing") == ["2.2.A", "2.2.B", "2.2.C"]


def test_prompts_are_found_in_every_style(outcome):
    prompts = [line.section for line in outcome.lines if line.kind == "prompt"]
    assert prompts == [section.code for section in outcome.document.sections()]


def test_a_stray_nothing_after_a_text_is_loose(outcome):
    assert unplaced(outcome) == [(49, "loose", "2.1.C", "--")]
    assert texts(outcome, "2.1.C") == {
        "en": "The police and the and child protection services will share one list of contact persons."
    }


def test_a_sentence_cut_in_two_is_joined_and_named(outcome):
    assert "in the same form by each region. The prosecutor receives a copy & the" in texts(outcome, "1.1.B")["en"]
    assert texts(outcome, "1.1.B")["en"].count("\n") == 1
    assert (24, "1.1.B", "The sentence on lines 22 and 24 was cut in two; it was put together again.") in notices(
        outcome
    )


def test_items_and_a_paragraph_after_them(outcome):
    assert texts(outcome, "1.1.A")["en"].endswith(
        "every quarter.\n\nSee the number of contributions to the database and of ISCE consultations."
    )


def test_the_section_with_all_kinds_of_text(outcome):
    english, dutch = outcome.document.section("3.1.B").contributions
    assert (english.language, dutch.language) == ("en", "nl")
    assert [(block.kind, block.depth) for block in richtext.blocks(english.original)] == [
        ("ul", 1),
        ("ul", 1),
        ("ul", 2),
        ("ul", 2),
        ("ul", 2),
        ("ul", 1),
    ]
    assert "<strong>new lessons</strong>" in english.original
    assert "<strong>“Safe together” course</strong>" in english.original
    assert '<a href="http://www.parents.example.org">www.parents.example.org</a>' in english.original
    assert "its opening hours, ...</p>" in english.original
    assert len(richtext.blocks(dutch.original)) == 2
    assert dutch.original.endswith("het doen van een melding,</p></li></ul>")


def test_group_names_are_text_and_no_authority(outcome):
    (french,) = outcome.document.section("2.1.A").contributions
    assert french.original.startswith("<p>Police :</p><p>La loi annoncée")
    assert (french.language, french.authority) == ("fr", "")


def test_see_elsewhere_is_a_text(outcome):
    assert texts(outcome, "4.1.A") == {"en": "See below"}
    assert texts(outcome, "4.1.C")["en"].startswith("As mentioned below, ")
    assert list(texts(outcome, "4.2.C")) == ["en", "nl"]
    assert texts(outcome, "4.2.C")["en"] == "See above."


def test_marks_in_a_text_become_formatting(outcome):
    body = outcome.document.section("4.1.B").contributions[0].original
    assert '(see <a href="http://www.example.org/notes_2014.pdf">the notes</a>).' in body
    assert "5 * 3 lists, &lt;b&gt;none&lt;/b&gt; missing." in body
    assert '<a href="mailto:police@example.org">us</a>' in body


def test_an_unsafe_address_is_removed_and_named(outcome):
    body = outcome.document.section("4.1.B").contributions[0].original
    assert "Call this or write" in body
    assert "javascript" not in body
    assert (
        115,
        "4.1.B",
        "The address javascript:alert(1) is not safe and did not become a link; its text stays.",
    ) in notices(outcome)


def test_a_short_text_has_a_notice_about_its_language(outcome):
    named = {(notice.line, notice.section) for notice in outcome.notices if "language of" in str(notice)}
    assert named == {(111, "4.1.A"), (137, "4.2.C")}
