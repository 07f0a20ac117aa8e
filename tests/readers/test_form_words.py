"""The form's text is found by its words alone; what is ambiguous is named and never guessed."""

import pytest

from reports.readers import read
from tests.blank_forms import blank_form, expected
from tests.readers.account import assert_every_line_is_accounted_for, notices, states, texts, unplaced
from tests.readers.writing import Style, written

SENTENCE = "The police trains investigators every year."
OTHER = "The child protection services publish a list."
FORM = written(blank_form(2014), {"1.1.A": [SENTENCE], "4.2.C": [OTHER]})
A, B, C = (blank_form(2014).section(f"2.2.{letter}").prompt["en"] for letter in "ABC")


def outcome_of(text: str, year: int = 2014):
    outcome = read(text.encode(), "form.txt", expected(year))
    assert_every_line_is_accounted_for(text, outcome)
    return outcome


@pytest.mark.parametrize(
    "prompt",
    [
        f"***A) {A}***",
        f"**A) *{A}***",
        f"**A) {A}**",
        f"A) {A}",
        f"(a) {A}:",
        f"a. {A.upper()}",
        f"# A) {A}",
        f"_{A}_",
        f"A)\n{A}",
        f"**A)** {A[:38]} \n{A[38:]}",
        A.replace("'", "’").replace(" ", "  "),
        f"A) {A}?",
    ],
)
def test_a_prompt_is_found_in_any_style(prompt):
    outcome = outcome_of(FORM.replace(f"***A) {A}***", prompt, 1))
    assert texts(outcome, "1.1.A") == {"en": SENTENCE}
    assert notices(outcome) == []


@pytest.mark.parametrize(
    ("section", "prompt"),
    [
        ("1.1.A", "A) Please report on the implementation of measures announced in the 2013 report of your country"),
        ("1.1.A", "A) Report on implementation of any measures announced in your country's report"),
        ("1.1.A", "Please report on implementation of measures that were announced in your country's 2013 report"),
        ("4.2.C", "C) Please indicate the specific actions that your country will take as a follow-up"),
        ("4.2.C", "C) Please indicate specific actions that your country will undertake as a follow-up"),
    ],
)
def test_a_prompt_in_other_words_is_placed_and_named(section, prompt):
    original = f"***{section[-1]}) {blank_form(2014).section(section).prompt['en']}***"
    before, _, after = FORM.rpartition(original) if section == "4.2.C" else FORM.partition(original)
    outcome = outcome_of(before + prompt + after)
    assert states(outcome, "text") == ["1.1.A", "4.2.C"]
    (line, place, sentence), *others = notices(outcome)
    assert (place, others) == (section, [])
    assert sentence.startswith(f"The prompt of section {section} is worded differently here")
    assert next(one for one in outcome.lines if one.number == line).kind == "prompt"


def test_an_answer_on_the_line_of_its_prompt():
    outcome = outcome_of(FORM.replace(f"***A) {A}***\n\n{SENTENCE}", f"***A) {A}***: {SENTENCE}", 1))
    assert texts(outcome, "1.1.A") == {"en": SENTENCE}


def test_a_lone_letter_is_a_prompt_only_where_expected():
    text = FORM
    for letter, prompt in zip("ABC", (A, B, C), strict=True):
        text = text.replace(f"***{letter}) {prompt}***", f"**{letter})**", 1)
    outcome = outcome_of(text)
    assert texts(outcome, "1.1.A") == {"en": SENTENCE}
    assert len(notices(outcome)) == 3
    listed = outcome_of(FORM.replace(SENTENCE, f"{SENTENCE}\n\nA)\n\n{OTHER}"))
    assert texts(listed, "1.1.A") == {"en": f"{SENTENCE}\n\nA)\n\n{OTHER}"}


@pytest.mark.parametrize("language", ["en", "nl", "fr"])
@pytest.mark.parametrize("year", [2013, 2014, 2016])
@pytest.mark.parametrize(
    "style", [Style(), Style(bold="{}", letter="{letter}. {prompt}", capitals=True), Style(width=60)]
)
def test_the_form_may_be_in_any_of_its_languages(language, year, style):
    code = "1.planned" if year == 2013 else "1.1.B"
    style = Style(**{**vars(style), "language": language})
    outcome = outcome_of(written(blank_form(year), {code: [SENTENCE]}, style), year)
    assert outcome.document.with_sections({code: blank_form(year).section(code)}) == blank_form(year)
    assert texts(outcome, code) == {"en": SENTENCE}
    assert notices(outcome) == []
    assert unplaced(outcome) == []


def test_labels_and_prompts_cut_into_table_cells():
    table = (
        "Global Alliance against Child Sexual Abuse Online \n\nBelgium \n\nPolicy target No. 1: Enhancing efforts to "
        "identify victims \nand ensuring that they receive the necessary assistance, \nsupport and protection \n\n"
        "Operational \nGoal: \n\nIncrease the number of identified victims in the International Child \nSexual "
        "Exploitation images database (ICSE database) managed by \nINTERPOL by at least 10% yearly \n\n"
        "Actions ALREADY UNDERTAKEN \n\nDescription of \nthe actions \nalready \nundertaken \n\n"
        f"{SENTENCE}\n\nDescription of the \nactions that will be undertaken \nand timeframe\n\n{OTHER}\n"
    )
    outcome = outcome_of(table, 2013)
    assert texts(outcome, "1.undertaken") == {"en": SENTENCE}
    assert texts(outcome, "1.planned") == {"en": OTHER}
    assert [notice[2] for notice in notices(outcome)] == [
        f"Policy target {number} is missing from the file; its sections stay blank." for number in (2, 3, 4)
    ]


def without(text: str, start: str, end: str) -> str:
    before, _, rest = text.partition(start)
    return before + rest[rest.index(end) :]


def test_a_missing_goal_is_named():
    outcome = outcome_of(without(FORM, "**Operational Goal:** Improve", "**Policy Target No. 3"))
    assert notices(outcome) == [(0, "", "Operational goal 2.2 is missing from the file; its sections stay blank.")]


def test_a_missing_prompt_is_named():
    outcome = outcome_of(FORM.replace(f"***B) {B}***", "", 1))
    assert notices(outcome) == [
        (0, "1.1.B", "The prompt of section 1.1.B is missing from the file; the section stays blank.")
    ]


def test_the_only_goal_of_a_target_needs_no_heading():
    outcome = outcome_of(without(FORM, "**Operational Goal:** Increase", "***A)"))
    assert texts(outcome, "1.1.A") == {"en": SENTENCE}
    assert "There is no heading of operational goal 1.1 here." in notices(outcome)[0][2]


def test_one_of_two_goals_without_a_heading_is_not_guessed():
    text = written(blank_form(2014), {"2.1.A": [SENTENCE], "2.2.A": [OTHER]})
    outcome = outcome_of(without(text, "**Operational Goal:** Improve", "***A)"))
    assert texts(outcome, "2.1.A") == {"en": SENTENCE}
    assert states(outcome, "text") == ["2.1.A"]
    assert [(kind, near, said) for _, kind, near, said in unplaced(outcome)] == [("loose", "2.1.A", OTHER)]
    assert "occurs a second time" in notices(outcome)[1][2]


@pytest.mark.parametrize("heading", ["Operational Goals 2.1 and 2.2:", "**Operational goals 2.1, 2.2**"])
def test_goals_named_together_by_number(heading):
    text = written(blank_form(2014), {"2.1.A": [SENTENCE], "3.1.A": [OTHER]})
    joint = without(text, "**Operational Goal:** Establish", "***A)").replace(
        "investigate cases of child sexual abuse online and to identify and prosecute offenders.\n\n",
        f"investigate cases of child sexual abuse online and to identify and prosecute offenders.\n\n{heading}\n\n",
    )
    outcome = outcome_of(without(joint, "**Operational Goal:** Improve", "**Policy Target No. 3"))
    assert states(outcome, "text") == ["3.1.A"]
    assert [said for *_, said in unplaced(outcome)] == [SENTENCE]
    assert [sentence for *_, sentence in notices(outcome)] == [
        "Operational goals 2.1, 2.2 are answered together. The text could belong to either: place it yourself."
    ]


def test_an_unknown_goal_is_not_guessed():
    text = written(blank_form(2014), {"2.2.A": [SENTENCE]})
    other = without(text, "**Operational Goal:** Improve", "***A)").replace(
        "***C) " + C + "***\n\n***A)", "***C) " + C + "***\n\n**Operational Goal:** Build more prisons.\n\n***A)", 1
    )
    outcome = outcome_of(other)
    assert states(outcome, "text") == []
    assert SENTENCE in [said for *_, said in unplaced(outcome)]


def test_a_heading_in_other_words_is_placed_and_named():
    outcome = outcome_of(FORM.replace("Increase the number of identified victims", "Increase the amount of victims", 1))
    assert texts(outcome, "1.1.A") == {"en": SENTENCE}
    assert "not word for word that of the form; it was taken to be 1.1." in notices(outcome)[0][2]


def test_text_before_the_first_prompt_is_loose():
    outcome = outcome_of(FORM.replace("**Belgium**", "**Belgium**\n\nMinistry of Justice\n12 May 2014"))
    assert unplaced(outcome) == [(5, "loose", "", "Ministry of Justice"), (6, "loose", "", "12 May 2014")]


def test_form_words_inside_a_sentence_are_answer():
    said = "Actions already undertaken are listed in the report on operational goal 2.1 of policy target no. 2."
    also_said = "Operational goal 1.1 was reached in May."
    outcome = outcome_of(written(blank_form(2014), {"1.1.A": [said], "1.1.B": [also_said]}))
    assert texts(outcome, "1.1.A") == {"en": said}
    assert texts(outcome, "1.1.B") == {"en": also_said}


def test_a_title_on_every_page_is_form_text():
    title = blank_form(2014).form.title["en"]
    outcome = outcome_of(FORM.replace(SENTENCE, f"{SENTENCE}\n\n{title}\n\n{OTHER}"))
    assert texts(outcome, "1.1.A") == {"en": f"{SENTENCE}\n\n{OTHER}"}
