"""A form that was filled in with Word is the same report as the text of that form."""

import io
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.readers import form, text
from reports.readers.answer_tables import MERGED_CELLS
from reports.readers.word import flow_of
from tests.blank_forms import blank_form, expected
from tests.readers.test_properties import filled_in
from tests.readers.word_forms import written_as_word
from tests.readers.writing import written

DEMO = Path(__file__).resolve().parents[2] / "fixtures" / "demo"


@pytest.mark.parametrize("in_cells", [False, True], ids=["paragraphs", "cells"])
@pytest.mark.parametrize("automatic_letters", [False, True], ids=["typed", "automatic"])
@pytest.mark.parametrize("name", ["belgium-2014", "netherlands-2013", "netherlands-2014", "luxembourg-2014"])
def test_a_form_filled_in_with_word(name, automatic_letters, in_cells):
    country, year = name.split("-")
    code = {"belgium": "BE", "netherlands": "NL", "luxembourg": "LU"}[country]
    original = form.read_flow(
        text.flow_of((DEMO / f"{name}.txt").read_bytes(), blank_form(int(year), code)), expected(int(year), code)
    )
    file = written_as_word(original.document, automatic_letters=automatic_letters, in_cells=in_cells)
    outcome = form.read_flow(flow_of(file), expected(int(year), code))
    assert outcome.document == original.document
    assert not list(outcome.unplaced())


@settings(max_examples=20, deadline=None)
@given(filled_in(), st.booleans(), st.booleans())
def test_a_random_form_written_as_word_is_the_same_report(report, automatic_letters, in_cells):
    year, answers = report
    original = form.read_flow(
        text.flow_of(written(blank_form(year), answers).encode(), blank_form(year)), expected(year)
    )
    file = written_as_word(original.document, automatic_letters=automatic_letters, in_cells=in_cells)
    assert form.read_flow(flow_of(file), expected(year)).document == original.document


def test_merged_cells_of_an_answer_are_named_and_those_of_the_form_are_not():
    lines = [line.strip("*") for line in written(blank_form(2014), {}).replace(":**", ":").splitlines() if line]
    prompt = next(number for number, line in enumerate(lines) if line.startswith("A) "))
    document = docx.Document()
    title = document.add_table(1, 2).rows[0].cells
    title[0].merge(title[1]).text = lines[0]
    for line in lines[1 : prompt + 1]:
        document.add_paragraph(line)
    table = document.add_table(2, 2)
    for row, words in enumerate([("Years", ""), ("2013", "2014")]):
        for cell, word in zip(table.rows[row].cells, words, strict=True):
            cell.text = word
    table.cell(0, 0).merge(table.cell(0, 1))
    for line in lines[prompt + 1 :]:
        document.add_paragraph(line)
    target = io.BytesIO()
    document.save(target)

    outcome = form.read_flow(flow_of(target.getvalue()), expected(2014))
    named = [notice for notice in outcome.notices if notice.message == MERGED_CELLS]
    section = next(outcome.document.sections())
    assert [(notice.params, notice.section) for notice in named] == [({"count": 1}, section.code)]
    assert "Years" in section.contributions[0].original
