"""The form's words claim themselves and nothing beyond them: what follows in their line is an answer or loose."""

import pytest

from reports.readers import read
from tests.blank_forms import blank_form, expected
from tests.readers.account import assert_nothing_is_dropped, states, texts, unplaced
from tests.readers.writing import Style, written

SAID = "Six investigators were trained in May, and two prosecutors joined them."
DUTCH = "Zes onderzoekers kregen in mei een opleiding, samen met twee magistraten."
PLAIN = Style(bold="{}", letter="{letter}) {prompt}")


def read_text(text, year=2014):
    outcome = read(text.encode(), "form.txt", expected(year))
    assert_nothing_is_dropped(text, outcome)
    return outcome


def form_with(section, behind, *, style=PLAIN, year=2014):
    """Return a form in which these words stand on the line of a section's prompt."""
    text = written(blank_form(year), {section: ["ANSWER"]}, style)
    return text.replace("\n\nANSWER", behind)


def entries(outcome, section):
    """Return kind and text of the account's entries at a section."""
    return [(line.kind, line.text) for line in outcome.lines if line.place == section and line.kind != "prompt"]


@pytest.mark.parametrize("language", ["en", "nl", "fr"])
@pytest.mark.parametrize("gap", [" ", "  ", ". ", ": ", " – ", "\t", " | ", "   "])
def test_an_answer_right_behind_its_prompt(language, gap):
    style = Style(bold="{}", letter="{letter}) {prompt}", language=language)
    outcome = read_text(form_with("1.1.B", gap + SAID, style=style))
    assert texts(outcome, "1.1.B") == {"en": SAID}
    assert states(outcome, "text") == ["1.1.B"]
    assert entries(outcome, "1.1.B") == [("answer", SAID)]


@pytest.mark.parametrize("gap", ["\t", " | ", "    ", " "])
def test_the_cells_of_a_table_side_by_side(gap):
    outcome = read_text(form_with("1.undertaken", gap + DUTCH, year=2013), 2013)
    assert texts(outcome, "1.undertaken") == {"nl": DUTCH}


def test_an_answer_without_a_letter_before_its_prompt():
    outcome = read_text(form_with("1.1.B", f" {SAID}", style=Style(bold="{}", letter="{prompt}")))
    assert texts(outcome, "1.1.B") == {"en": SAID}


@pytest.mark.parametrize("said", ["--", "–", "—"])
def test_nothing_to_report_right_behind_its_prompt(said):
    outcome = read_text(form_with("2.2.C", f" {said}"))
    assert states(outcome, "nothing") == ["2.2.C"]


def test_an_answer_goes_on_below():
    outcome = read_text(form_with("1.1.B", f" {SAID}\n\n- {SAID}"))
    assert texts(outcome, "1.1.B") == {"en": f"{SAID}\n\n- {SAID}"}


@pytest.mark.parametrize("words", ["to this goal", "(at most one page)", "of 2015, in brief"])
def test_a_prompt_that_goes_on_leaves_its_last_words_to_a_person(words):
    outcome = read_text(form_with("1.1.C", f" {words}\n\n{SAID}"))
    expected_kind = "answer" if words.startswith("(") else "loose"
    assert entries(outcome, "1.1.C") == [(expected_kind, words), ("answer", SAID)]
    if expected_kind == "loose":
        assert texts(outcome, "1.1.C") == {"en": SAID}
        assert [(kind, near, said) for _, kind, near, said in unplaced(outcome)] == [("loose", "1.1.C", words)]


@pytest.mark.parametrize(
    "prompt",
    [
        "B) Please assess the progress made in your country to pursue this policy target and to reach this goal",
        "B) Please assess progress in your country to reach this operational goal of the Global Alliance",
    ],
)
def test_an_answer_behind_a_prompt_in_other_words(prompt):
    original = f"B) {blank_form(2014).section('1.1.B').prompt['en']}"
    text = form_with("1.1.B", f" {SAID} {SAID}").replace(original, prompt, 1)
    outcome = read_text(text)
    assert texts(outcome, "1.1.B") == {"en": f"{SAID} {SAID}"}
    assert any("worded differently" in str(notice) for notice in outcome.notices)


@pytest.mark.parametrize("heading", ["Operational Goal", "target"])
def test_words_behind_a_goal_or_target_are_loose(heading):
    text = written(blank_form(2014), {"1.1.A": [SAID]}, PLAIN)
    form = blank_form(2014)
    words = form.targets[0].goals[0].text["en"] if heading == "Operational Goal" else form.targets[0].text["en"]
    outcome = read_text(text.replace(f"{words}.", f"{words}. {DUTCH}", 1))
    assert texts(outcome, "1.1.A") == {"en": SAID}
    if heading == "Operational Goal":
        assert [said for *_, said in unplaced(outcome)] == [DUTCH]


@pytest.mark.parametrize(
    "said",
    [
        "Actions already undertaken by the police include training, a helpline and a campaign in schools.",
        "Description of the actions already undertaken by the police and the prosecutors in this country.",
        "Please report on implementation to the ministry, as the law of this country has asked since May.",
    ],
)
def test_a_sentence_of_an_answer_is_not_taken_for_a_prompt(said):
    outcome = read_text(written(blank_form(2013), {"1.planned": [said, SAID]}, PLAIN), 2013)
    assert texts(outcome, "1.planned") == {"en": f"{said}\n\n{SAID}"}
    assert states(outcome, "text") == ["1.planned"]
