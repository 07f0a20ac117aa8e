"""The same two forms in every format and from several programs are read as the same documents."""

import re
from pathlib import Path

import pytest

from reports.document.inline import Run
from reports.readers import form, read
from reports.readers.flow import Flow, FlowParagraph
from tests.blank_forms import blank_form, expected
from tests.forms.documents import COUNTRY, filled
from tests.readers.writing import written

FOLDER = Path(__file__).resolve().parent.parent / "forms"
LINK = re.compile("</?a[^>]*>")
FILES = sorted(path for path in FOLDER.glob("*luxembourg-20*.*") if path.suffix != ".txt")


def is_without_links(path) -> bool:
    """LibreOffice 7.4 writes no links into a PDF from the command line."""
    return path.name.startswith("libreoffice-")


def without_links(section):
    return section.with_contributions(
        *(
            one.model_copy(update={"body": {one.language: LINK.sub("", one.original)}})
            for one in section.contributions
        )
    ) if section.contributions else section  # fmt: skip


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_format_gives_the_same_document(path):
    year = int(path.stem[-4:])
    outcome = read(path.read_bytes(), path.name, expected(year, COUNTRY))
    for section in filled(year).sections():
        assert outcome.document.section(section.code) == (without_links(section) if is_without_links(path) else section)
    assert list(outcome.unplaced()) == []


def test_the_corpus_has_every_format():
    assert {path.suffix for path in FILES} == {".docx", ".odt", ".rtf", ".html", ".pdf"}
    assert len(FILES) >= 14


def test_an_unsafe_link_is_named_and_its_text_stays():
    flow = Flow("word", "paragraph")
    for number, line in enumerate(written(blank_form(2014), {"1.1.A": ["See the note."]}).split("\n"), start=1):
        href = "javascript:alert(1)" if line == "See the note." else ""
        flow.append(FlowParagraph(runs=[Run(line.strip("*"), href)], place=number))
    outcome = form.read_flow(flow, expected(2014))
    assert outcome.document.section("1.1.A").contributions[0].original == "<p>See the note.</p>"
    named = [(notice.section, str(notice)) for notice in outcome.notices if "javascript" in str(notice)]
    assert named == [
        ("1.1.A", "The address javascript:alert(1) is not safe and did not become a link; its text stays.")
    ]
    (line,) = [notice.line for notice in outcome.notices if "javascript" in str(notice)]
    assert flow.paragraphs[line - 1].text == "See the note."


def test_a_dash_alone_is_nothing_to_report_in_a_whole_flow():
    for dash in ("--", "–", "—"):
        flow = Flow("word", "paragraph")
        for line in written(blank_form(2014), {"1.1.A": [dash]}).split("\n"):
            flow.append(FlowParagraph(runs=[Run(line.strip("*"))]))
        assert form.read_flow(flow, expected(2014)).document.section("1.1.A").state == "nothing"
