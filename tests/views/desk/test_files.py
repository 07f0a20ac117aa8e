"""The desk as files that a spreadsheet opens: the same countries in the same order, and no text that calculates."""

import csv
import datetime
import io
import zipfile

import lxml.etree
import pytest
from django.utils import timezone

from reports.models import Country, Step
from reports.rules import workflow, writing
from reports.writers import table

FORMULA = '=HYPERLINK("http://x.example","Press")'


def rows(answer):
    assert answer.content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def cells(content):
    """What a spreadsheet's cells hold: (type, text or number) by address, and every formula."""
    book = zipfile.ZipFile(io.BytesIO(content))
    sheet = lxml.etree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    space = {"s": sheet.nsmap[None]}
    found = {c.get("r"): (c.get("t"), "".join(c.itertext())) for c in sheet.iterfind(".//s:c", space)}
    return found, sheet.findall(".//s:f", space)


@pytest.fixture
def reviewer(client, cast):
    client.force_login(cast.reviewer)
    return client


@pytest.mark.parametrize("text", [FORMULA, "+1", "-1", "@SUM(A1)", "\tA", "\rA", "\n=1", "  =1", "\u00a0=1", "＝1"])
def test_a_text_that_would_calculate_is_shown_instead(text):
    [[head], [cell]] = csv.reader(io.StringIO(table.write_csv([text], [[text]]).decode("utf-8-sig"), newline=""))
    assert head == cell == "'" + text


@pytest.mark.parametrize("text", ["Belgium", "1-2", "a=b", "", "Côte d’Ivoire"])
def test_any_other_text_stays_as_it_is(text):
    assert table.escape_formula(text) == text


def test_numbers_days_and_times_are_what_they_are_in_both_files():
    row = [-3, datetime.date(2014, 6, 30), datetime.datetime(2014, 6, 30, 14, 3), None]
    assert table.write_csv(["A"], [row]).decode("utf-8-sig").splitlines() == ["A", "-3,2014-06-30,2014-06-30 14:03,"]
    found, _formulas = cells(table.write_xlsx("A", ["A", "B", "C", "D"], [row]))
    assert found["A2"] == ("n", "-3") or found["A2"] == (None, "-3")
    assert found["B2"][1] == "41820"
    assert found["C2"][1].startswith("41820.585")
    assert "D2" not in found


@pytest.mark.django_db
def test_a_country_that_is_called_like_a_formula_does_nothing(reviewer):
    Country.objects.filter(code="BE").update(name_en=FORMULA)
    assert "'" + FORMULA in [row[0] for row in rows(reviewer.get("/desk/2014/countries.csv"))]
    found, formulas = cells(reviewer.get("/desk/2014/countries.xlsx").content)
    assert ("inlineStr", FORMULA) in found.values()
    assert not formulas


@pytest.mark.django_db
def test_a_formula_in_the_matrix_does_nothing(reviewer, report, cast):
    workflow.take_step(report, Step.SEND_IN, by=cast.focal_point)
    Country.objects.filter(code="BE").update(name_en=FORMULA)
    assert rows(reviewer.get("/desk/2014/sections.csv"))[1][0] == "'" + FORMULA


@pytest.mark.django_db
def test_files_have_the_countries_of_the_page_in_order(reviewer, written, cast):
    page = "?name=b&sort=-filled"
    in_csv = [row[0] for row in rows(reviewer.get("/desk/2014/countries.csv" + page))[1:]]
    assert in_csv[0] == "Belgium"
    assert in_csv[1:] == sorted(in_csv[1:], reverse=False)
    assert "Italy" not in in_csv
    found, _formulas = cells(reviewer.get("/desk/2014/countries.xlsx" + page).content)
    assert [found[f"A{at}"][1] for at in range(2, 2 + len(in_csv))] == in_csv


@pytest.mark.django_db
def test_a_row_says_how_far_a_country_is(reviewer, written, cast):
    form = written.section.report.form
    form.opens, form.due = form.opens, timezone.localdate() - datetime.timedelta(3)
    form.save()
    workflow.take_step(written.section.report, Step.SEND_IN, by=cast.focal_point)
    head, *others = rows(reviewer.get("/desk/2014/countries.csv"))
    belgium = dict(zip(head, next(row for row in others if row[1] == "BE"), strict=True))
    assert belgium["State"] == "To review"
    assert (belgium["Filled in"], belgium["Sections"], belgium["Submission"]) == ("1", "21", "1")
    assert (belgium["Due"], belgium["Days late"], belgium["Days left"]) == (form.due.isoformat(), "3", "")
    assert belgium["Sent in"].startswith(str(timezone.localdate().year))
    italy = dict(zip(head, next(row for row in others if row[1] == "IT"), strict=True))
    assert (italy["State"], italy["Days late"], italy["Sent in"]) == ("Not started", "3", "")


@pytest.mark.django_db
def test_sections_file_separates_text_nothing_and_blank(reviewer, written, cast):
    report = written.section.report
    writing.set_nothing(report.sections.get(question__code="2.1.B"), True, by=cast.focal_point)
    workflow.take_step(report, Step.SEND_IN, by=cast.focal_point)
    head, belgium = rows(reviewer.get("/desk/2014/sections.csv"))
    found = dict(zip(head, belgium, strict=True))
    assert (found["2.1.A"], found["2.1.B"], found["2.1.C"]) == ("Text", "Nothing to report", "Blank")
    assert len(head) == 23
    assert rows(reviewer.get("/desk/2014/sections.csv?goal=2.1"))[0] == ["Country", "Code", "2.1.A", "2.1.B", "2.1.C"]


@pytest.mark.django_db
def test_a_file_of_a_year_without_a_form_is_not_there(reviewer):
    assert reviewer.get("/desk/1999/countries.csv").status_code == 404


@pytest.mark.django_db
def test_the_files_have_names_and_types(reviewer):
    answer = reviewer.get("/desk/2014/countries.xlsx")
    assert answer["Content-Disposition"] == 'attachment; filename="countries-2014.xlsx"'
    assert "spreadsheetml" in answer["Content-Type"]
    assert reviewer.get("/desk/2014/sections.csv")["Content-Type"] == "text/csv; charset=utf-8"
