"""A whole form as one ZIP."""

import csv
import io
import zipfile

import pytest

from reports.document.tree import Document
from reports.models import Country, ReportingForm, Step
from reports.rules import renderings, workflow, writing
from tests.views.html import parse, text
from tests.writers import reading

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent_in(cast, report, written):
    workflow.take_step(report, Step.SEND_IN, by=cast.focal_point)
    theirs = workflow.open_report(ReportingForm.objects.get(year=2014), Country.objects.get(code="NL"))
    section = theirs.sections.get(question__code="2.1.A")
    writing.add_contribution(section, "<p>Een team begon.</p>", by=cast.other_country, language="nl")
    workflow.take_step(theirs, Step.SEND_IN, by=cast.other_country)


@pytest.fixture
def desk(client, cast):
    client.force_login(cast.reader)
    return client


def test_archive_is_prepared_step_by_step(desk, sent_in):
    first = desk.get("/desk/2014/archive/?copy=nl&copy=fr&go=1")
    assert "3 of 6 PDF files are ready" in text(first)
    assert first["Refresh"] == "2"
    second = desk.get("/desk/2014/archive/?copy=nl&copy=fr&go=1")
    assert "6 of 6 PDF files are ready" in text(second)
    assert "Refresh" not in second
    assert "Download the ZIP" in text(second)


def test_zip_has_pdfs_data_index_and_known_size(desk, sent_in):
    for _turn in range(2):
        desk.get("/desk/2014/archive/?copy=fr&go=1")
    answer = desk.get("/desk/2014/archive.zip?copy=fr")
    content = b"".join(answer.streaming_content)
    assert len(content) == int(answer["Content-Length"])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        names = [f"{code}-2014-1{end}" for code in ("BE", "NL") for end in (".json", ".pdf", "-fr.pdf")]
        assert sorted(archive.namelist()) == sorted([*names, "index.csv"])
        document = Document.from_json(archive.read("BE-2014-1.json"))
        index = list(csv.DictReader(io.StringIO(archive.read("index.csv").decode("utf-8-sig"))))
    assert [(row["country"], row["state"]) for row in index] == [("BE", "submitted"), ("NL", "submitted")]
    assert index[0]["document_sha256"] == document.sha256()


def test_reading_copies_are_offered_in_every_language(desk, sent_in):
    page = parse(desk.get("/desk/2014/archive/?copy=en"))
    assert page.xpath("//input[@name='copy']/@value") == ["en", "nl", "fr"]
    assert page.xpath("//input[@name='copy'][@checked]/@value") == ["en"]
    assert len(page.xpath("//a[contains(@href, 'copy=en')]")) == 1


def test_a_draft_is_in_no_archive(desk, report, written):
    page = desk.get("/desk/2014/archive/?go=1")
    assert "No country has sent in a report" in text(page)
    assert b"handleiding" not in b"".join(desk.get("/desk/2014/archive.zip").streaming_content)


def test_withdrawn_report_is_in_no_file_of_all_countries(desk, report, sent_in, cast):
    workflow.take_step(report, Step.WITHDRAW, by=cast.focal_point)
    assert "1 of 1 PDF file" in text(desk.get("/desk/2014/archive/?go=1"))
    content = b"".join(desk.get("/desk/2014/archive.zip").streaming_content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert sorted(archive.namelist()) == ["NL-2014-1.json", "NL-2014-1.pdf", "index.csv"]
        assert "BE" not in archive.read("index.csv").decode()
    pages = " ".join(reading.pages(b"".join(desk.get("/desk/2014/all-countries.pdf").streaming_content)))
    assert "Een team begon." in pages
    assert "De wet is in werking." not in pages


def test_its_queries_do_not_grow_with_the_countries(desk, sent_in, django_assert_max_num_queries, cast):
    for _turn in range(2):
        desk.get("/desk/2014/archive/?go=1")
    with django_assert_max_num_queries(16):
        desk.get("/desk/2014/archive/?go=1")
    assert renderings.Rendering.objects.count() >= 2


def test_compilation_has_a_table_of_contents(desk, sent_in):
    answer = desk.get("/desk/2014/all-countries.pdf")
    pages = reading.pages(b"".join(answer.streaming_content))
    assert "Contents" in pages[0]
    assert "Operational Goal: 2.1" in pages[0]
    [goal] = [page for page in pages[1:] if page.startswith("Operational Goal: 2.1")]
    assert goal.index("Belgium") < goal.index("De wet is in werking.") < goal.index("Netherlands")
    assert goal.index("Netherlands") < goal.index("Een team begon.")
