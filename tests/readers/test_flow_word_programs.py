"""Word files as LibreOffice, Google Docs and Word for the web write them."""

import pytest

from reports.document.problem import Problem
from reports.readers.word import OLD_WORD, flow_of
from tests.office import saved_by_libreoffice
from tests.readers.word_files import (
    cell,
    cells,
    described,
    p,
    r,
    read,
    word_file,
)

FOOTNOTE = f'<w:footnote w:id="2">{p(r("<w:footnoteRef/>"), " In 2014.")}</w:footnote>'
LEVELS = (
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperLetter"/><w:lvlText w:val="%1)"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl>'
)
NUMBERING = (
    f'<w:abstractNum w:abstractNumId="0">{LEVELS}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)


def item(text: str, depth: int = 0) -> str:
    return p(text, properties=f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="1"/></w:numPr>')


BODY = (
    item("Please report")
    + p("Twelve ", r("officers", "<w:b/>"), " work ", r("here", "<w:i/>"), r('<w:footnoteReference w:id="2"/>'))
    + item("One", 1)
    + p(
        '<w:hyperlink r:id="a"><w:r><w:t>site</w:t></w:r></w:hyperlink>',
        " km",
        r("2", '<w:vertAlign w:val="superscript"/>'),
    )
    + p(
        "Kept ",
        '<w:del w:id="7" w:author="A" w:date="2014-01-01T00:00:00Z">' + r("gone ", tag="delText") + "</w:del>",
        "text",
    )
    + item("Please assess")
    + cells(cell("a") + cell("b"), cell("c") + cell("d"))
    + p("End", r("struck", "<w:strike/>"))
)
EXPECTED = [
    "ol1 A): Please report",
    "Twelve **officers** work *here*^1^",
    "footnote: ^1^ In 2014.",
    "ul2 •: One",
    "[site](https://example.org/) km^2^",
    "Kept text",
    "deleted: gone ",
    "ol1 B): Please assess",
    "0/0/0: a",
    "0/0/1: b",
    "0/1/0: c",
    "0/1/1: d",
    "End",
    "deleted: struck",
]


@pytest.fixture
def original(tmp_path):
    file = tmp_path / "report.docx"
    file.write_bytes(word_file(BODY, links={"a": "https://example.org/"}, numbering=NUMBERING, footnotes=FOOTNOTE))
    return file


def test_the_file_itself(original):
    assert described(flow_of(original.read_bytes())) == EXPECTED


def test_saved_again_by_libreoffice(original):
    """LibreOffice writes a round bullet as the private character of Symbol."""
    expected = [line.replace("•", "\uf0b7") for line in EXPECTED]
    assert described(flow_of(saved_by_libreoffice(original, "docx"))) == expected


def test_a_real_old_document_is_refused(original):
    with pytest.raises(Problem) as problem:
        flow_of(saved_by_libreoffice(original, "doc"))
    assert problem.value.message == OLD_WORD


def test_google_docs_switches_everything_off_and_wraps_its_suggestions():
    off = "".join(f'<w:{name} w:val="0"/>' for name in ("b", "i", "strike", "smallCaps", "rtl"))
    off += '<w:u w:val="none"/><w:vertAlign w:val="baseline"/>'
    suggested = f'<w:ins w:id="0">{r("new ", off)}</w:ins><w:del w:id="1">{r("old ", off, tag="delText")}</w:del>'
    properties = '<w:sdtPr><w:id w:val="-1"/><w:tag w:val="goog_rdk_1"/></w:sdtPr>'
    wrapped = f"<w:sdt>{properties}<w:sdtContent>{suggested}</w:sdtContent></w:sdt>"
    bold = r("twelve", off.replace('<w:b w:val="0"/>', '<w:b w:val="1"/>'))
    assert read(p(r("We have ", off), bold, " ", wrapped, "men")) == ["We have **twelve** new men", "deleted: old "]


def test_word_for_the_web_names_a_style_for_each_run():
    runs = [r(text, f'<w:rStyle w:val="{name}"/>') for text, name in (("Twelve ", "normaltextrun"), ("men", "eop"))]
    body = p(*runs).replace(
        "<w:p>", '<w:p w14:paraId="1A2B" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml">'
    )
    assert read(body) == ["Twelve men"]


def test_libreoffice_keeps_the_text_of_controls(tmp_path):
    """It drops the controls of a Word file, so that the text of a placeholder is text."""
    control = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    body = control.format('<w:tag w:val="a"/>', p("Filled in")) + p("Name: ", control.format("", r("Ministry")))
    file = tmp_path / "report.docx"
    file.write_bytes(word_file(body))
    texts = [paragraph.text for paragraph in flow_of(saved_by_libreoffice(file, "docx")).paragraphs]
    assert texts == ["Filled in", "Name: Ministry"]
