"""What was typed without JavaScript on a page that could not take it is shown again, to be copied."""

import re
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from reports.views import errors
from tests.views.html import fields, parse, text
from tests.views.kept_boxes import BOX

pytestmark = pytest.mark.django_db
PROJECT = Path(__file__).resolve().parents[2]
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


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("/reports/BE/2014/questions/", "text"),
        ("/reports/BE/2014/comments/", "text"),
        ("/reports/BE/2014/comments/1/", "text"),
        ("/reports/BE/2014/contributions/1/suggest/", "note"),
        ("/reports/BE/2014/suggestions/1/", "comment-1"),
        ("/reports/BE/2014/approvals/1/", "comment"),
        ("/reports/BE/2014/review/2.1.A/", "question"),
        ("/reports/BE/2014/review/2.1.A/", "note"),
        ("/reports/BE/2014/decide/", "comment"),
        ("/countries/BE/people/", "message"),
        ("/people/", "message"),
        ("/forms/2014/extend/", "comment"),
    ],
)
def test_what_a_button_sends_after_the_session_ended_is_shown(client, url, name):
    more = {"do": "note", "answer": "given", "decision": "return", "sha256": "a" * 64, "name": "Karin"}
    answer = client.post(url, more | {name: TYPED})
    assert (answer.status_code, shown(answer)) == (401, [TYPED])


def test_every_kept_box_has_a_name_that_such_a_page_shows():
    boxes = [
        box
        for template in (PROJECT / "templates").rglob("*.html")
        for box in BOX.findall(template.read_text(encoding="utf-8"))
    ]
    names = {found for box in boxes if "data-keep" in box for found in re.findall(r' name="([^"{]+)"', box)}
    assert names
    assert names <= errors.BOXES


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
