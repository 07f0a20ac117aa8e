"""Reading copies of a submission: offered where they differ from the official PDF, marked in their own language."""

import pytest
from django.utils import translation

from reports.models import Step, User
from reports.rules import workflow, writing
from tests.views.html import parse
from tests.writers import reading

pytestmark = pytest.mark.django_db
URL = "/reports/BE/2014/submissions/1"


@pytest.fixture(autouse=True)
def in_english():
    """A page in another language leaves its language behind in the thread of the tests."""
    with translation.override("en"):
        yield


@pytest.fixture
def anke(client, cast):
    client.force_login(cast.focal_point)
    return client


def offered(anke, language="en"):
    User.objects.filter(pk=anke.session["_auth_user_id"]).update(language=language)
    page = parse(anke.get(f"{URL}/"))
    return [href.partition("?copy=")[2] for href in page.xpath("//a/@href") if "?copy=" in href]


def test_a_copy_in_english_is_offered_for_other_languages(anke, written, report, cast):
    workflow.take_step(report, Step.SEND_IN, by=cast.focal_point)
    assert offered(anke) == ["en"]


def test_a_report_in_english_has_no_copy_in_english(anke, section, report, cast):
    writing.add_contribution(section, "<p>The act is in force.</p>", by=cast.focal_point, language="en-GB")
    workflow.take_step(report, Step.SEND_IN, by=cast.focal_point)
    assert offered(anke) == []
    assert offered(anke, "nl") == ["nl"]


@pytest.mark.parametrize(
    ("language", "mark"),
    [("en", "Translation for an older wording"), ("fr", "Traduction d’un texte antérieur")],
)
def test_a_copy_says_what_is_for_an_older_wording(anke, written, report, cast, language, mark):
    writing.save_text(written, "<p>Canary.</p>", base=0, by=cast.focal_point, language=language)
    writing.save_text(written, "<p>De wet is eindelijk in werking.</p>", base=1, by=cast.focal_point)
    workflow.take_step(report, Step.SEND_IN, by=cast.focal_point)
    copied, official = (
        " ".join("".join(reading.pages(b"".join(anke.get(f"{URL}.pdf{query}").streaming_content))).split())
        for query in (f"?copy={language}", "")
    )
    assert f"{mark} Canary." in copied
    assert "De wet is eindelijk in werking." in official
    assert "Canary" not in official
