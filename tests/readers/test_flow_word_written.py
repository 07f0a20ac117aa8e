"""Whatever python-docx writes is read back: text, look, lists and cells."""

import io

import docx
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.document.inline import Run
from reports.readers.flow import Cell, FlowParagraph
from reports.readers.word import flow_of

# Without characters that no report can store, and without those that mean something else in a Word file.
TEXT = st.text(
    st.characters(
        exclude_categories=["Cc", "Cs", "Co", "Cn"], include_characters="\n\t", exclude_characters="\xad\u2011"
    ),
    min_size=1,
    max_size=12,
)
RUNS = st.lists(
    st.builds(Run, TEXT, strong=st.booleans(), em=st.booleans(), raised=st.sampled_from(["", "sup", "sub"])), max_size=4
)
PARAGRAPHS = st.lists(st.tuples(RUNS, st.integers(0, 3)), min_size=1, max_size=5)
TABLES = st.lists(st.lists(PARAGRAPHS, min_size=2, max_size=2), max_size=3)


def write(paragraph, runs: list[Run], level: int) -> FlowParagraph:
    """Write into python-docx's paragraph, and return what a reader shall find."""
    paragraph.style = ["Normal", "List Bullet", "List Bullet 2", "List Bullet 3"][level]
    expected = FlowParagraph(list_kind="ul" if level else "", level=level, mark="\uf0b7" if level else "")
    for run in runs:
        written = paragraph.add_run(run.text)
        written.bold, written.italic = run.strong, run.em
        if run.raised:
            setattr(written.font, {"sup": "superscript", "sub": "subscript"}[run.raised], True)
        expected.add(run)
    return expected


@settings(max_examples=30, deadline=None)
@given(PARAGRAPHS, TABLES)
def test_a_random_document_is_read_back(paragraphs, rows):
    document = docx.Document()
    expected = [write(document.add_paragraph(), *paragraph) for paragraph in paragraphs]
    table = document.add_table(0, 2) if rows else None
    for number, row in enumerate(rows):
        for column, (cell, content) in enumerate(zip(table.add_row().cells, row, strict=True)):
            for place, paragraph in enumerate(content):
                found = write(cell.add_paragraph() if place else cell.paragraphs[0], *paragraph)
                found.cell = Cell(0, number, column)
                expected.append(found)
    target = io.BytesIO()
    document.save(target)
    flow = flow_of(target.getvalue())
    for place, paragraph in enumerate(expected, 1):
        paragraph.place = place
    for paragraph in flow.paragraphs:
        paragraph.language = ""  # python-docx's template says en-US
    assert flow.paragraphs == expected
    assert not flow.left_out
