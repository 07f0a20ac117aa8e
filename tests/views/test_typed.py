"""What was typed without JavaScript on a page that could not take it is shown again, to be copied."""

import pytest
from django.test import Client

from reports.views import errors
from tests.views.html import fields, parse, text

pytestmark = pytest.mark.django_db
URL = "/reports/BE/2014/2.1/"
TYPED = "Een alinea die niet verloren mag gaan, met <b>haakjes</b> & meer."


def posted(client, written):
    return fields(client.get(URL)) | {f"c{written.pk}-body": TYPED}


def shown(answer):
    return [box.text_content().strip() for box in parse(answer).xpath("//textarea[@readonly]")]


def test_signed_out_user_gets_the_posted_text_back(anke, written):
    form = posted(anke, written)
    anke.logout()
    answer = anke.post(URL, form)
    assert (answer.status_code, shown(answer)) == (401, [TYPED])
    assert parse(answer).xpath("//main//a[@target='_blank']/@href") == ["/sign-in/"]
    assert "<b>" not in answer.content.decode().partition("<main")[2]
    assert written.revisions.count() == 1


def test_a_page_of_before_signing_in_again_loses_nothing(cast, written):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.focal_point)
    answer = client.post(URL, posted(client, written) | {"csrfmiddlewaretoken": "x" * 64})
    assert (answer.status_code, shown(answer)) == (403, [TYPED])


def test_whose_role_has_ended_keeps_the_text(anke, cast, written):
    form = posted(anke, written)
    cast.focal_point.memberships.all().delete()
    answer = anke.post(URL, form)
    assert (answer.status_code, shown(answer)) == (404, [TYPED])


def test_an_error_of_the_portal_shows_the_text_of_an_editor_too(rf):
    form = {"c1-body": "<p>Een <strong>alinea</strong>.</p>", "c1-text_format": "html", "c2-body": " ", "password": "x"}
    assert shown(errors.server_error(rf.post(URL, form))) == ["Een **alinea**."]


def test_unreadable_request_gets_an_error_page(rf):
    request = rf.post(URL, b"--x", content_type="multipart/form-data; boundary=")
    assert shown(errors.server_error(request)) == []


def test_a_text_that_cannot_be_read_hides_none_of_the_others(rf):
    form = {"c1-body": "<p>een\x92</p>", "c1-text_format": "html", "c2-body": "Twee."}
    page = errors.server_error(rf.post(URL, form))
    assert shown(page)[1:] == ["Twee."]
    assert shown(page)[0].startswith("<p>een")
    assert "Perhaps not all of this was saved." in text(page)
