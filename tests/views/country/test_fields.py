"""Fields that the page's script saves: each asks for its own right, keeps a row, and may come twice."""

import json

import pytest

from reports.models import SectionLog
from reports.rules import writing
from reports.rules.writing.sections import set_nothing

pytestmark = pytest.mark.django_db
URL, FORM = "/reports/BE/2014/2.1/save/field/", "/reports/BE/2014/2.1/"


@pytest.fixture
def send(client, cast, report):
    def send_field(by=cast.focal_point, **field):
        client.force_login(by)
        body = {"user": by.pk, "section": "2.1.A", **field}
        return client.post(URL, json.dumps(body), content_type="application/json")

    return send_field


@pytest.fixture
def two(written, section, cast):
    second = writing.add_contribution(section, "<p>Tweede.</p>", by=cast.focal_point, language="nl")
    return written, second


def test_each_field_is_saved_once_and_recorded(send, two, section):
    first, second = two
    for _twice in range(2):
        assert send(contribution=second.pk, field="authority", value="Politie").json()["outcome"] == "saved"
        send(contribution=second.pk, field="language", value="fr")
        assert send(contribution=second.pk, field="place", value=1).json()["order"] == [second.pk, first.pk]
        send(field="nothing", value=True)
    second.refresh_from_db()
    section.refresh_from_db()
    assert (second.authority, second.language, second.position) == ("Politie", "fr", 1)
    assert section.nothing_to_report
    changes = sorted(SectionLog.objects.filter(section=section).values_list("change", flat=True))
    assert changes == ["authority", "language", "moved", "nothing"]


@pytest.mark.parametrize(
    "field",
    [
        {"field": "nothing", "value": "yes"},
        {"field": "authority", "value": "Politie"},  # of no contribution
        {"field": "language", "value": "xx", "contribution": 0},
        {"field": "language", "value": "", "contribution": 0},
        {"field": "place", "value": True, "contribution": 0},
        {"field": "authority", "value": "a\0b", "contribution": 0},
        {"field": "body", "value": "<p>x</p>", "contribution": 0},
        {"field": "nothing", "value": True, "section": "9.9.A"},
    ],
)
def test_a_value_that_no_page_sends_is_refused(send, written, field):
    if "contribution" in field:
        field = field | {"contribution": written.pk}
    answer = send(**field)
    assert (answer.status_code, answer.json()["outcome"]) == (422, "refused")
    assert not SectionLog.objects.exists()


def test_another_session_and_another_country_save_nothing(client, send, cast, section):
    client.force_login(cast.focal_point)
    body = json.dumps({"user": cast.contributor.pk, "section": "2.1.A", "field": "nothing", "value": True})
    assert client.post(URL, body, content_type="application/json").status_code == 409
    assert send(by=cast.other_country, field="nothing", value=True).status_code == 422
    section.refresh_from_db()
    assert not section.nothing_to_report


def test_a_place_beyond_the_last_is_the_last(send, two):
    first, second = two
    assert send(contribution=first.pk, field="place", value=9).json()["order"] == [second.pk, first.pk]
    assert send(contribution=first.pk, field="place", value=-3).json()["order"] == [first.pk, second.pk]


def test_a_report_that_was_sent_in_takes_no_field(send, report, cast):
    from tests.views.steps import send_in

    send_in(report, cast)
    assert send(field="nothing", value=True).status_code == 410


@pytest.mark.parametrize(("at", "leads"), [("save", "#save"), ("section-2-1-b", "#section-2-1-b"), ("x", ""), ("", "")])
def test_the_button_save_returns_to_where_it_was(anke, at, leads):
    assert anke.post(FORM, {"at": at}).url == FORM + leads


def test_a_section_with_nothing_says_that_its_text_is_kept(anke, written, section, cast):
    set_nothing(section, True, by=cast.focal_point)
    assert b"The text of this section is kept aside" in anke.get(FORM).content
