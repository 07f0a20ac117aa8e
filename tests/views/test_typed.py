"""What was typed without JavaScript on a page that could not take it is shown again, to be copied."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from reports.views import errors
from tests.views.html import fields, parse, text

pytestmark = pytest.mark.django_db
URL = "/reports/BE/2014/2.1/"
TYPED = "Een alinea die niet verloren mag gaan, met <b>haakjes</b> & meer."


@pytest.fixture
def post(rf, cast):
    """Return a request of a signed-in user that posts this form."""

    def request(form):
        made = rf.post(URL, form)
        made.user = cast.focal_point
        return made

    return request


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


def test_an_error_of_the_portal_shows_the_text_of_an_editor_too(post):
    form = {"c1-body": "<p>Een <strong>alinea</strong>.</p>", "c1-text_format": "html", "c2-body": " ", "password": "x"}
    assert shown(errors.server_error(post(form))) == ["Een alinea."]


def test_an_error_shows_nothing_to_whom_is_not_signed_in(rf):
    request = rf.post(URL, {"c1-body": TYPED})
    request.user = AnonymousUser()
    assert shown(errors.server_error(request)) == []


def test_an_error_shows_no_more_than_a_report_may_have(post):
    page = errors.server_error(post({"c1-body": "x" * 300_000, "c2-body": "y" * 300_000}))
    assert [len(one) for one in shown(page)] == [300_000, 100_000]


def test_unreadable_request_gets_an_error_page(rf):
    request = rf.post(URL, b"--x", content_type="multipart/form-data; boundary=")
    assert shown(errors.server_error(request)) == []


def test_a_text_that_cannot_be_stored_is_shown_too(post):
    page = errors.server_error(post({"c1-body": "<p>een\x92</p>", "c1-text_format": "html", "c2-body": "Twee."}))
    assert [one[:3] for one in shown(page)] == ["een", "Twe"]
    assert "Perhaps not all of this was saved." in text(page)
