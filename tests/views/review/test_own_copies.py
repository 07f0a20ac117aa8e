"""Reading copies print the secretariat's translation where the country sent none, and say whose it is."""

import json

import pytest

from reports.document.tree import Document
from reports.models import Rendering
from reports.readers import pdf as pdf_reader
from reports.rules import renderings, writing
from reports.rules.own_translations import OwnText, save_own_row
from tests.views import steps
from tests.writers import reading

pytestmark = pytest.mark.django_db
URL = "/reports/BE/2014/submissions"
OWN = "The canary act is in force."


@pytest.fixture
def sent(written, report, cast):
    return steps.send_in(report, cast)


@pytest.fixture
def reviewer(client, cast):
    client.force_login(cast.reviewer)
    return client


def translate(submission, cast, html=f"<p>{OWN}</p>", *, place=0, base=0):
    text = OwnText(submission, "2.1.A", 0, "en")
    return save_own_row(text, html, place=place, base=base, by=cast.reviewer)


def content(client, address):
    return b"".join(client.get(address).streaming_content)


def words(pdf):
    return " ".join(" ".join(reading.pages(pdf)).split())


def test_a_copy_prints_it_as_the_secretariats(reviewer, sent, cast):
    before = words(content(reviewer, f"{URL}/1.pdf?copy=en"))
    translate(sent, cast)
    copied = words(content(reviewer, f"{URL}/1.pdf?copy=en"))
    assert "Original text in Dutch De wet is in werking." in before
    assert f"Translation by the secretariat {OWN}" in copied
    assert "De wet is in werking." not in copied


def test_nothing_else_of_the_submission_has_it(reviewer, sent, cast):
    translate(sent, cast)
    assert "canary" not in words(content(reviewer, f"{URL}/1.pdf"))
    assert "canary" not in words(content(reviewer, f"{URL}/1.pdf?copy=fr"))
    assert "canary" not in reviewer.get(f"{URL}/1.json").content.decode()
    sent.refresh_from_db()
    assert "canary" not in sent.document


def test_the_data_in_a_copy_say_whose_it_is(reviewer, sent, cast):
    translate(sent, cast)
    attached = pdf_reader.flow_of(content(reviewer, f"{URL}/1.pdf?copy=en"))  # refuses data that are not this PDF's
    document = Document.from_json(attached)
    (one,) = document.section("2.1.A").contributions
    assert (one.body["en"], one.translation("en").whose) == (f"<p>{OWN}</p>", "secretariat")
    assert json.loads(attached)["schema"] == 3


def test_the_countrys_translation_comes_first(reviewer, written, report, cast):
    writing.save_text(written, "<p>The act of the country.</p>", base=0, by=cast.focal_point, language="en")
    sent = steps.send_in(report, cast)
    translate(sent, cast)
    copied = words(content(reviewer, f"{URL}/1.pdf?copy=en"))
    assert "The act of the country." in copied
    assert "canary" not in copied


def test_a_corrected_translation_makes_a_new_copy(reviewer, sent, cast):
    translate(sent, cast)
    content(reviewer, f"{URL}/1.pdf?copy=en")
    translate(sent, cast, "<p>A corrected canary.</p>", base=1)
    assert "A corrected canary." in words(content(reviewer, f"{URL}/1.pdf?copy=en"))
    assert Rendering.objects.filter(translation="en").count() == 2


def test_the_next_submission_marks_what_changed(reviewer, sent, written, report, cast):
    translate(sent, cast)
    steps.give_back(report, cast, "2.1.A")
    steps.change(written, "<p>De wet is geheel in werking.</p>", cast)
    steps.send_in(report, cast)
    copied = words(content(reviewer, f"{URL}/2.pdf?copy=en"))
    assert f"Translation by the secretariat. Translation for an older wording {OWN}" in copied
    assert "secretariat. Translation for an older" not in words(content(reviewer, f"{URL}/1.pdf?copy=en"))


def test_files_of_all_countries_print_it(reviewer, sent, cast):
    translate(sent, cast)
    compilation = words(content(reviewer, "/desk/2014/all-countries.pdf?copy=en"))
    assert f"Translation by the secretariat {OWN}" in compilation
    assert "canary" not in words(content(reviewer, "/desk/2014/all-countries.pdf"))
    reviewer.get("/desk/2014/archive/?copy=en&go=1")
    archive = content(reviewer, "/desk/2014/archive.zip?copy=en")
    copy = renderings.content_of(renderings.request_submission(sent, "en"))
    assert OWN in words(copy)
    assert copy in archive  # stored as it is


def test_the_page_of_the_translation_leads_to_the_copy(reviewer, sent):
    page = reviewer.get("/reports/BE/2014/review/2.1.A/translate/en/").content.decode()
    assert f'href="{URL}/1.pdf?copy=en"' in page
    assert "Reading copies print it, marked as the secretariat’s" in page
