"""A page of which one text was taken and another refused: what it is shown with, and saved again from."""

import pytest

from reports.models import Conflict, Contribution, Revision
from reports.rules import saving
from tests.views.pages import fields, text

pytestmark = pytest.mark.django_db
URL = "/reports/BE/2014/2.1/"
LONG = "woord " * 40_000
TOO_LONG = {"new-2-1-B-body": LONG}


@pytest.fixture
def body(written):
    return f"c{written.pk}-body"


def test_what_was_taken_beside_a_refused_text_can_be_written_on(anke, written, body):
    page = anke.post(URL, fields(anke.get(URL)) | TOO_LONG | {body: "De wet is sinds mei in werking."})
    assert "Divide it over two contributions" in text(page)
    posted = fields(page)
    assert posted[body] == "De wet is sinds mei in werking."
    anke.post(URL, posted | {body: "De wet is sinds mei overal in werking."})
    written.refresh_from_db()
    assert written.body == "<p>De wet is sinds mei overal in werking.</p>"
    assert not Conflict.objects.exists()


def test_what_a_colleague_added_meanwhile_stays(anke, written, body, cast):
    posted = fields(anke.get(URL))
    saving.save_text(written, "<p>De wet is in werking.</p><p>Van de politie.</p>", base=1, by=cast.contributor)
    page = anke.post(URL, posted | TOO_LONG | {body: "De wet is nu in werking."})
    anke.post(URL, fields(page) | {body: fields(page)[body].replace(" nu ", " sinds mei ")})
    written.refresh_from_db()
    assert written.body == "<p>De wet is sinds mei in werking.</p><p>Van de politie.</p>"
    assert not Conflict.objects.exists()


def test_a_first_text_taken_beside_a_refused_one_stands_once(anke, report, written, body):
    posted = fields(anke.get(URL)) | {"new-2-1-B-body": "De termijn daalde."}
    page = anke.post(URL, posted | {body: LONG})
    posted = fields(page)
    (box,) = [name for name, value in posted.items() if value.strip() == "De termijn daalde."]
    anke.post(URL, posted | {box: "De termijn daalde fors.", body: "Kort."})
    rows = Contribution.objects.live().filter(section__report=report, section__question__code="2.1.B")
    assert [row.body for row in rows] == ["<p>De termijn daalde fors.</p>"]


@pytest.fixture
def translated(written, cast):
    saving.save_text(written, "<p>The law is in force.</p>", base=0, by=cast.focal_point, language="en")
    return written


def test_a_text_beside_a_refused_language_can_be_written_on(anke, translated, body):
    posted = fields(anke.get(URL)) | {f"c{translated.pk}-language": "en", body: "De wet is nu in werking."}
    page = anke.post(URL, posted)
    assert "Empty the translation first" in text(page)
    posted = fields(page) | {f"c{translated.pk}-language": "nl", body: "De wet is sinds mei in werking."}
    anke.post(URL, posted)
    translated.refresh_from_db()
    assert (translated.language, translated.body) == ("nl", "<p>De wet is sinds mei in werking.</p>")
    assert not Conflict.objects.exists()


def test_a_text_that_was_on_its_way_by_itself_beside_a_refused_language_grows_from_what_stands(anke, translated, body):
    posted = fields(anke.get(URL)) | {f"c{translated.pk}-language": "en"}
    del posted[body]
    page = anke.post(URL, posted)
    assert "Empty the translation first" in text(page)
    newest = Revision.objects.filter(contribution=translated, language="").last()
    assert fields(page)[body.replace("-body", "-base")] == str(newest.number)
