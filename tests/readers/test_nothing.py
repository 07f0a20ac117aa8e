"""A dash alone says that there is nothing to report, whatever the file's format; in a text it is a mark or loose."""

import pytest

from reports.document.inline import Run
from reports.readers.flow import Cell, Flow, FlowParagraph
from reports.readers.form import read_flow
from tests.blank_forms import blank_form, expected
from tests.readers.account import states, texts, unplaced
from tests.readers.writing import Style, written

FORMATS = ("word", "opendocument", "rtf", "web", "pdf")
PLAIN = Style(bold="{}", letter="{letter}) {prompt}")


def flow_of(*paragraphs, flow_format="word", behind_prompt=""):
    """Return the flow of a form: `behind_prompt` right behind the prompt of section 1.1.C, the paragraphs below it."""
    flow = Flow(flow_format, "page" if flow_format == "pdf" else "paragraph")
    for line in written(blank_form(2014), {"1.1.C": ["ANSWER"]}, PLAIN).split("\n"):
        for paragraph in paragraphs if line == "ANSWER" else [FlowParagraph(runs=[Run(line)])]:
            flow.append(paragraph)
    if behind_prompt:
        prompt = next(one for one in flow.paragraphs if one.text.startswith("C)"))
        prompt.add(Run(behind_prompt))
    for place, paragraph in enumerate(flow.paragraphs, start=1):
        paragraph.place = 1 if flow_format == "pdf" else place
    return flow


def said(text, **what):
    return FlowParagraph(runs=[Run(text)], **what)


@pytest.mark.parametrize("flow_format", FORMATS)
@pytest.mark.parametrize("dash", ["--", "–", "—", "\u00a0–\u00a0", " -- ", "\u200b–", "–\u200b"])
def test_a_dash_alone_is_nothing_to_report(flow_format, dash):
    outcome = read_flow(flow_of(said(dash), flow_format=flow_format), expected(2014))
    assert states(outcome, "nothing") == ["1.1.C"]
    assert states(outcome, "text") == []
    assert unplaced(outcome) == []


@pytest.mark.parametrize(
    "paragraph",
    [
        FlowParagraph(runs=[Run("–", strong=True)]),
        FlowParagraph(runs=[Run("-"), Run("-", em=True)]),
        FlowParagraph(runs=[Run("–")], cell=Cell(0, 1, 1)),
        FlowParagraph(runs=[Run("–")], list_kind="ul", level=1, mark="•"),
        FlowParagraph(runs=[Run("–\n")]),
        FlowParagraph(runs=[Run("\n–")]),
    ],
    ids=["bold", "two runs", "cell", "item", "before a break", "after a break"],
)
def test_a_dash_is_nothing_however_it_is_written(paragraph):
    assert states(read_flow(flow_of(paragraph), expected(2014)), "nothing") == ["1.1.C"]


@pytest.mark.parametrize("behind", [" –", "\n–", "\t--", ": –", " — "])
def test_a_dash_behind_its_prompt_is_nothing(behind):
    outcome = read_flow(flow_of(said(""), behind_prompt=behind), expected(2014))
    assert states(outcome, "nothing") == ["1.1.C"]
    assert states(outcome, "text") == []


@pytest.mark.parametrize("hidden", ["\u200b", "\ufeff ", "\u00a0\u00ad"])
def test_what_does_not_show_is_blank(hidden):
    outcome = read_flow(flow_of(said(hidden)), expected(2014))
    assert (states(outcome, "nothing"), states(outcome, "text"), unplaced(outcome)) == ([], [], [])


def test_a_dash_beside_a_text_is_loose():
    outcome = read_flow(flow_of(said("The police trained twelve officers."), said("–")), expected(2014))
    assert texts(outcome, "1.1.C") == {"en": "The police trained twelve officers."}
    assert [(kind, near, text) for _, kind, near, text in unplaced(outcome)] == [("loose", "1.1.C", "–")]


def test_a_dash_before_its_text_is_a_bullet():
    outcome = read_flow(flow_of(said("–\nThe police trained twelve officers.")), expected(2014))
    assert states(outcome, "nothing") == []
    assert "The police trained twelve officers." in texts(outcome, "1.1.C")["en"]
