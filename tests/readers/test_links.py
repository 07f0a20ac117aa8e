"""Links that a mail program wrapped lead to the real address again, and the account says so."""

from reports.document.inline import Run
from reports.document.tree import Contribution
from reports.readers import read
from reports.readers.flow import Flow, FlowParagraph
from reports.readers.form import read_flow
from tests.blank_forms import blank_form, expected
from tests.readers.account import notices, texts
from tests.readers.writing import Style, written

REAL = "https://www.example.org/plan"
SAFE = "https://eur03.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.example.org%2Fplan&data=05%7Cjan%40x.org"
OPAQUE = "https://protect-eu.mimecast.com/s/aBcDeF?domain=example.org"


def read_answer(answer):
    return read(written(blank_form(2014), {"1.1.A": [answer]}).encode(), "form.txt", expected(2014))


def flow_of(*paragraphs):
    """Return the flow of a word processor's file: the blank form with these paragraphs in section 1.1.A."""
    flow = Flow("word", "paragraph")
    for line in written(blank_form(2014), {"1.1.A": ["ANSWER"]}, Style(bold="{}", letter="{letter}) {prompt}")).split(
        "\n"
    ):
        for paragraph in paragraphs if line == "ANSWER" else [FlowParagraph(runs=[Run(line)])]:
            flow.append(paragraph)
    for place, paragraph in enumerate(flow.paragraphs, start=1):
        paragraph.place = place
    return flow


def test_a_link_of_a_text_file_is_unwrapped_and_named():
    outcome = read_answer(f"The action plan of the police is [published here]({SAFE}) in full.")
    assert texts(outcome, "1.1.A") == {"en": f"The action plan of the police is [published here]({REAL}) in full."}
    assert [("Microsoft Safe Links" in said, REAL in said) for _, section, said in notices(outcome)] == [(True, True)]


def test_an_address_in_the_text_is_unwrapped():
    outcome = read_answer(f"The action plan of the police is published on {SAFE}.")
    assert texts(outcome, "1.1.A") == {"en": f"The action plan of the police is published on {REAL}."}


def test_an_address_at_the_end_of_a_page_finds_its_text():
    form = written(blank_form(2014), {"1.1.A": ["ANSWER"]}, Style(bold="{}", letter="{letter}) {prompt}", width=70))
    answer = f"The action plan is on www.example.org/plan today.\n\n{SAFE}\n\n\fThe police use it."
    outcome = read(form.replace("ANSWER", answer).encode(), "form.txt", expected(2014))
    assert f"[www.example.org/plan]({REAL}) today" in texts(outcome, "1.1.A")["en"]
    assert [REAL in said for _, section, said in notices(outcome) if "Safe Links" in said] == [True]


def test_a_link_that_cannot_be_decoded_stays_and_is_named():
    outcome = read_answer(f"The action plan of the police is [published here]({OPAQUE}) in full.")
    assert OPAQUE in texts(outcome, "1.1.A")["en"]
    assert any("leads through Mimecast" in said and OPAQUE in said for *_, said in notices(outcome))


def test_links_of_other_files_are_unwrapped_and_named():
    runs = [Run("The action plan of the police is "), Run("published here", href=SAFE), Run(f" and on {SAFE}.")]
    outcome = read_flow(flow_of(FlowParagraph(runs=runs)), expected(2014))
    assert texts(outcome, "1.1.A") == {
        "en": f"The action plan of the police is [published here]({REAL}) and on {REAL}."
    }
    line = next(line.number for line in outcome.lines if line.kind == "answer")
    assert [(number, section) for number, section, _ in notices(outcome)] == [(line, "1.1.A")]


def test_an_uncertain_language_is_named_at_its_paragraph():
    outcome = read_flow(flow_of(FlowParagraph(runs=[Run("See below")])), expected(2014))
    line = next(line.number for line in outcome.lines if line.kind == "answer")
    assert [notice.line for notice in outcome.notices if "language of" in str(notice)] == [line]


def test_links_of_json_are_unwrapped():
    body = {"en": f'<p>The <a href="{SAFE.replace("&", "&amp;")}">plan</a>.</p>'}
    section = blank_form(2014).section("1.1.A").with_contributions(Contribution(authority="", language="en", body=body))
    document = blank_form(2014).with_sections({"1.1.A": section})
    outcome = read(document.canonical().encode(), "report.json", expected(2014))
    assert texts(outcome, "1.1.A") == {"en": f"The [plan]({REAL})."}
    assert [(section, REAL in said) for _, section, said in notices(outcome)] == [("1.1.A", True)]
