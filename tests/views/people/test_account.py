"""A person's own account: what is kept about them, how long, and deleting it."""

import json

import pytest
from django.apps import apps
from django.conf import settings
from django.utils import translation

from reports import browsers
from reports.document.passages import Quote
from reports.models import User
from reports.rules import comments, invitations, people, personal_data, renderings, sweep
from tests.accounts import sign_in
from tests.cast import ROLES

pytestmark = pytest.mark.django_db


def data_of(client, person):
    client.force_login(person)
    answer = client.get("/account/data.json")
    assert answer["Content-Disposition"].startswith("attachment")
    return json.loads(b"".join(answer.streaming_content))


def test_a_person_takes_their_data_along(client, cast, written, report):
    people.invite("new@justice.example", by=cast.focal_point, role="contributor", country=report.country)
    data = data_of(client, cast.focal_point)
    assert data["person"]["email"] == "focal_point@example.org"
    assert [role["role"] for role in data["roles"]] == ["focal_point"]
    assert [row["contribution__section__question__code"] for row in data["saves"]] == ["2.1.A"]
    assert [row["role"] for row in data["roles_given_or_ended"]] == ["contributor"]


def test_a_person_takes_along_where_they_commented(client, cast, written):
    begun = comments.add(written, "Hidden words, @contributor", by=cast.focal_point, quote=Quote("De wet"))
    comments.answer(begun, "More hidden words.", by=cast.contributor)
    mine, theirs = data_of(client, cast.focal_point), data_of(client, cast.contributor)
    assert [row["contribution__section__question__code"] for row in mine["comments"]] == ["2.1.A"]
    assert [len(data["comment_messages"]) for data in (mine, theirs)] == [1, 1]
    assert [len(data["comments_naming_you"]) for data in (mine, theirs)] == [0, 1]
    assert "idden words" not in json.dumps([mine, theirs])  # it belongs to the talk of several people


# What another list names: a step, a message, a save or an upload says it too.
NAMED_ELSEWHERE = {"LogEntry", "Submission", "Record", "Remark", "Conflict", "LooseLine"}
NOT_USED = {"EmailAddress"}  # of django-allauth, whose own list of addresses stays empty


def test_every_table_that_names_a_person_is_in_their_data(cast):
    rows = {model for model in apps.get_models() for field in model._meta.fields if field.related_model is User}
    told = {query.model for query in personal_data.lists(cast.reviewer).values()}
    assert {model.__name__ for model in rows - told} == NAMED_ELSEWHERE | NOT_USED


def test_a_person_learns_from_where_they_signed_in(client, cast):
    sign_in(client, "reviewer@example.org", "correct horse battery")
    data = json.loads(b"".join(client.get("/account/data.json").streaming_content))
    assert [row["ip"] for row in data["sessions"]] == ["127.0.0.1"]


@pytest.mark.parametrize("role", ROLES)
def test_data_have_no_secret_and_nothing_of_others(client, cast, written, role):
    person = cast[role]
    text = json.dumps(data_of(client, person))
    assert person.password not in text
    assert "hash" not in text
    assert "De wet is in werking" not in text
    others = {one for one in ROLES if one != role}
    assert not [one for one in others if f"{one}@example.org" in text]
    if role != "focal_point":
        assert '"saves": []' in text


def test_a_person_deletes_their_own_account(client, cast):
    client.force_login(cast.contributor)
    assert "cannot be undone" in client.get("/account/delete/").content.decode()
    assert User.objects.get(pk=cast.contributor.pk).is_active
    answer = client.post("/account/delete/", follow=True)
    assert "Your account is deleted." in answer.content.decode()
    assert client.get("/account/").status_code == 302
    assert not User.objects.get(pk=cast.contributor.pk).is_active


def test_the_administrator_deletes_another_account(client, cast):
    client.force_login(cast.administrator)
    url = f"/people/accounts/{cast.reviewer.pk}/delete/"
    assert url in client.get("/people/").content.decode()
    answer = client.post(url, follow=True)
    assert "The account of reviewer is deleted." in answer.content.decode()
    assert not User.objects.get(pk=cast.reviewer.pk).is_active


def test_a_focal_point_is_offered_no_deletion(client, cast):
    client.force_login(cast.focal_point)
    page = client.get("/countries/BE/people/").content.decode()
    assert "End this role" in page
    assert "Delete the account" not in page
    assert client.post(f"/people/accounts/{cast.contributor.pk}/delete/").status_code == 403


def test_the_last_administrator_is_told_why_not(client, cast):
    client.force_login(cast.administrator)
    answer = client.post("/account/delete/", follow=True)
    assert "last administrator" in answer.content.decode()
    assert User.objects.get(pk=cast.administrator.pk).is_active


@pytest.mark.parametrize("language", ["en", "nl", "fr"])
def test_the_privacy_page_names_the_times_of_the_code(client, db, language, monkeypatch):
    monkeypatch.setattr(sweep, "MAILS_KEPT_FOR", 77 * sweep.EVERY)
    monkeypatch.setattr(sweep, "TASKS_KEPT_FOR", 33 * sweep.EVERY)
    monkeypatch.setattr(renderings, "DRAFTS_KEPT_FOR", 2 * sweep.EVERY)
    monkeypatch.setattr(invitations, "VALID_FOR", 11 * sweep.EVERY)
    monkeypatch.setattr(settings, "SESSION_LONGEST", 5 * 24 * 3600)
    monkeypatch.setattr(browsers, "VALID_FOR", 203 * 24 * 3600)
    monkeypatch.setattr("reports.views.public.privacy.FAILURES_KEPT_DAYS", 88)
    with translation.override(language):  # and back to English, for the tests after this one
        page = client.get("/privacy/", headers={"accept-language": language}).content.decode()
    assert f'lang="{language}"' in page
    assert page.count(" 203 ") == 2  # in the list, and at the cookies
    for number in (77, 33, 48, 11, 5, 88, settings.SESSION_COOKIE_AGE // 3600):
        assert f" {number} " in page
