"""Tables of answers in a Word file."""

import pytest
from docx.oxml.ns import qn

from reports.writers import word
from tests.writers import samples
from tests.writers.word_reading import WordText, as_pdf, languages, paragraph_text, printed_in_order, value

TABLE = (
    "<p>The units:</p><table><thead><tr><th><p>Unit</p></th><th><p>Cases</p></th></tr></thead><tbody>"
    '<tr><td><p>Federal <a href="https://www.example.org/">Police</a></p></td><td><p><strong>12</strong></p></td></tr>'
    "<tr><td><p>Local:</p><ul><li><p>north</p><ul><li><p>one</p></li></ul></li></ul></td><td></td></tr>"
    "</tbody></table>"
)
SECOND = "<table><thead><tr><th><p>Year</p></th></tr></thead><tbody><tr><td><p>2014</p></td></tr></tbody></table>"
MAKE = {
    "by-goal": lambda texts: samples.by_goal(a_1_1=texts),
    "by-target": lambda texts: samples.by_target(undertaken_1=texts),
}


@pytest.fixture(params=MAKE)
def made(request):
    """Return a function that writes a text as an answer, in each layout."""
    pairs = {"1.1.A": [(1, 1)], "1.undertaken": [(1, 1)]}

    def write(html, language="en"):
        return word.write(MAKE[request.param](samples.text((language, html))), contributions=pairs)

    return write


def tables_of(data):
    [control] = [one for one in WordText(data).body.iter(qn("w:sdt")) if value(one, "w:sdtPr/w:tag") == "c:1:1"]
    return list(control.iter(qn("w:tbl")))


def texts_of(table):
    rows = [row.findall("w:tc", row.nsmap) for row in table.findall("w:tr", table.nsmap)]
    return [["\n".join(map(paragraph_text, cell.iter(qn("w:p")))) for cell in row] for row in rows]


def test_a_table_has_its_rows_and_cells(made):
    [table] = tables_of(made(TABLE))
    assert texts_of(table) == [["Unit", "Cases"], ["Federal Police", "12"], ["Local:\nnorth\none", ""]]
    assert len(table.findall("w:tblGrid/w:gridCol", table.nsmap)) == 2


def test_its_headings_are_a_header_row_in_bold_by_style(made):
    [table] = tables_of(made(TABLE))
    heads = [row.find("w:trPr/w:tblHeader", row.nsmap) is not None for row in table.findall("w:tr", table.nsmap)]
    assert heads == [True, False, False]
    bold = [run for run in table.iter(qn("w:r")) if run.find("w:rPr/w:b", run.nsmap) is not None]
    assert [paragraph_text(run.getparent()) for run in bold] == ["12"]
    styles = WordText(made(TABLE)).document.styles
    assert value(styles["Table Grid"].element, "w:tblStylePr[@w:type='firstRow']/w:rPr/w:b") is None  # there, and on
    assert styles["Cell Text"].font.bold is None  # or it would count more than the style of the table


def test_every_cell_has_a_paragraph_and_a_language(made):
    [table] = tables_of(made(TABLE, "nl"))
    assert {cell[-1].tag for cell in table.iter(qn("w:tc"))} == {qn("w:p")}
    assert languages(list(table.iter(qn("w:p")))) == {"nl"}


def test_lists_in_cells_are_lists(made):
    data = made(TABLE)
    [table] = tables_of(data)
    text = WordText(data)
    levels = [text.block(one).depth for one in table.iter(qn("w:p"))]
    assert levels == [0, 0, 0, 0, 0, 1, 2, 0]


def test_tables_do_not_touch(made):
    first, second = tables_of(made(TABLE + SECOND))
    assert first.getnext().tag == second.getnext().tag == qn("w:p")
    assert texts_of(second) == [["Year"], ["2014"]]


def test_a_table_fits_its_place(made):
    [table] = tables_of(made(TABLE))
    cell = next(table.iterancestors(qn("w:tc")), None)
    room = 140 - 9 if cell is None else 122
    assert int(table.find("w:tblPr/w:tblW", table.nsmap).get(qn("w:w"))) <= room * 1440 / 25.4 + 1


def test_a_table_from_right_to_left_begins_at_the_right(made):
    [table] = tables_of(made(TABLE.replace("Unit", "יחידה"), "he"))
    assert table.find("w:tblPr/w:bidiVisual", table.nsmap) is not None


def test_libreoffice_prints_the_cells(made, tmp_path):
    data = made(TABLE + SECOND)
    assert printed_in_order(data, as_pdf(data, tmp_path))
