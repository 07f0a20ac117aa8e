"""A form gives the same report in any style, and every line is accounted for."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.document import richtext
from reports.document.problem import Problem
from reports.readers import read
from reports.readers.file_text import plain_words
from tests.blank_forms import YEARS, blank_form, expected
from tests.readers.account import assert_every_line_is_accounted_for, assert_nothing_is_dropped
from tests.readers.writing import Style, written

SENTENCES = [
    "The police of the four regions work with one list of contact persons for victims.",
    "De politie en het parket hebben afspraken gemaakt over het verhoor van minderjarige slachtoffers.",
    "Les services de protection de l’enfance reçoivent les victimes et leurs parents sans rendez-vous.",
    "A campaign for parents & teachers (age 12-16) was held in October, see “Safe together”.",
    "Die Polizei besucht jede Grundschule mindestens einmal im Jahr und spricht mit den Kindern.",
    "See above.",
    "Directive 2011/93/EU, article 383bis, §2 was transposed; the law is in force since 1 April 2013.",
]
paragraph = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3).map(" ".join)
item = paragraph.map("- {}".format)
answer = st.one_of(st.just([]), st.just(["--"]), st.lists(st.one_of(paragraph, item), min_size=1, max_size=4))

LETTERS = ["***{letter}) {prompt}***", "**{letter}) *{prompt}***", "**{letter}) {prompt}**", "{letter}) {prompt}"]
LETTERS += ["{letter}. {prompt}", "({letter}) {prompt}:", "## {letter}) {prompt}", "***{letter})***  {prompt}"]
styles = st.builds(
    Style,
    letter=st.sampled_from(LETTERS),
    bold=st.sampled_from(["**{}**", "{}", "*{}*", "# {}", "__{}__"]),
    bullet=st.sampled_from(["- ", "* ", "• ", "•"]),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    blank_lines=st.integers(1, 3),
    capitals=st.booleans(),
    language=st.sampled_from(["en", "nl", "fr"]),
    period=st.sampled_from([".", ""]),
    width=st.sampled_from([0, 0, 72, 90]),
    at_line_end=st.sampled_from(["", " ", "\u00a0"]),
)


@st.composite
def filled_in(draw):
    year = draw(st.sampled_from(YEARS))
    codes = [section.code for section in blank_form(year).sections()]
    return year, {code: draw(answer) for code in draw(st.lists(st.sampled_from(codes), max_size=6, unique=True))}


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(filled_in(), styles)
def test_the_style_of_a_form_changes_nothing(report, style):
    year, answers = report
    text = written(blank_form(year), answers, style)
    outcome = read(text.encode(), "form.txt", expected(year))
    assert_nothing_is_dropped(text, outcome)
    for section in outcome.document.sections():
        said = answers.get(section.code, [])
        assert section.state == ("blank" if not said else "nothing" if said == ["--"] else "text")
        if section.state == "text":
            blocks = [block for one in section.contributions for block in richtext.blocks(one.original)]
            texts = [richtext.text_content(block.html) for block in blocks]
            assert [plain_words(text) for text in texts] == [plain_words(one) for one in said]
            assert [block.kind for block in blocks] == ["ul" if one.startswith("- ") else "p" for one in said]
            assert {block.depth for block in blocks} <= {0, 1}
    assert list(outcome.unplaced()) == []


LINES = [
    "",
    "",
    "--",
    "•",
    "- one",
    "* two:",
    "**bold",
    "A)",
    "See [x](javascript:a)",
    "http://www.a.be/",
    "see www.a.be",
]
LINES += [
    "Policy Target No. 2",
    "Operational Goal:",
    "Operational Goals 3.1 and 3.2",
    " a page",
    "\fa page",
    "12",
    "<b>",
]
LINES += [
    "Actions already undertaken",
    "Please assess progress made in your country",
    "De politie geeft les op school.",
]
LINES += [
    text
    for year in YEARS
    for section in blank_form(year).sections()
    for text in (section.prompt["en"], section.heading["fr"])
]
LINES += [goal.text["nl"] for target in blank_form(2014).targets for goal in target.goals]


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(YEARS), st.lists(st.sampled_from(LINES), max_size=40), st.integers(0, 40))
def test_lines_in_any_order_are_accounted_for(year, lines, where):
    """With arbitrary lines between a form's, each line has one place, and no word of an answer is lost."""
    form = written(blank_form(year), {}).split("\n")
    text = "\n".join([*form[:where], *lines, *form[where:]])
    try:
        outcome = read(text.encode(), "form.txt", expected(year))
    except Problem as problem:
        refusal = str(problem)
    else:
        refusal = ""
    if refusal:
        assert refusal.startswith("This is the form of")
        return
    assert_every_line_is_accounted_for(text.replace("\f", " "), outcome)
    for section in outcome.document.sections():
        answers = [line for line in outcome.lines if line.kind == "answer" and line.section == section.code]
        said = {word for line in answers for word in plain_words(line.text)}
        kept = [word for one in section.contributions for word in plain_words(richtext.text_content(one.original))]
        assert set(kept) <= said
        assert said - set(kept) <= {"javascript", "a", "1"} | set(plain_words(section.prompt["en"])), section.code
