"""The page's own requests: a text saved while one types, and every way in which that may not work."""

import json
from base64 import b64decode
from uuid import uuid4

import pytest
from django.test import Client

from reports.models import Contribution, Revision, Step
from reports.rules import people, workflow, writing
from tests.views.html import parse

pytestmark = pytest.mark.django_db
URL = "/reports/BE/2014/2.1/save/"
NOW = "/reports/BE/2014/2.1/now/"


@pytest.fixture
def message(written, cast):
    def one(**changes):
        return {
            "id": str(uuid4()),
            "user": cast.focal_point.pk,
            "section": "2.1.A",
            "contribution": written.pk,
            "language": "",
            "base": 1,
            "html": "<p>De wet geldt.</p>",
            "how": "typed",
        } | changes

    return one


def send(client, data, url=URL):
    return client.post(url, json.dumps(data), content_type="application/json")


def test_save_answers_with_the_current_text(anke, message, written):
    answer = send(anke, message())
    assert answer.status_code == 200
    said = answer.json()
    assert (said["outcome"], said["number"], said["html"], said["merged"]) == (
        "saved",
        2,
        "<p>De wet geldt.</p>",
        False,
    )
    assert answer["Cache-Control"].startswith("max-age=0")
    written.refresh_from_db()
    assert written.body == "<p>De wet geldt.</p>"


def test_a_lost_answer_and_a_second_try_make_one_revision(anke, message):
    once = message()
    first, second = send(anke, once).json(), send(anke, once).json()
    assert first == second
    assert Revision.objects.count() == 2


def test_the_first_save_of_an_empty_box_makes_its_contribution(anke, message):
    once = message(section="2.1.B", contribution=None, base=0, html="<p>Nieuw.</p>", passage_language="nl")
    said = send(anke, once).json()
    assert send(anke, once).json()["contribution"] == said["contribution"]
    row = Contribution.objects.get(pk=said["contribution"])
    assert (row.section.question.code, row.language, row.body) == ("2.1.B", "nl", "<p>Nieuw.</p>")


def test_a_colleagues_change_comes_back_merged(anke, message, written, cast):
    writing.save_text(written, "<p>De wet is in werking.</p><p>Politie.</p>", base=1, by=cast.contributor)
    said = send(anke, message(html="<p>De wet is nu in werking.</p>")).json()
    assert said["merged"]
    assert said["html"] == "<p>De wet is nu in werking.</p><p>Politie.</p>"


def test_a_conflict_is_told_with_both_versions_and_settled(anke, message, written, cast):
    writing.save_text(written, "<p>De wet is sinds mei in werking.</p>", base=1, by=cast.contributor)
    (told,) = send(anke, message(html="<p>De wet is sinds juni in werking.</p>")).json()["conflicts"]
    assert ("juni" in told["mine"], "mei" in told["theirs"]) == (True, True)
    assert (told["mine_by"], told["theirs_by"]) == ("focal point", "contributor")
    assert told["mine_marked"] == "<p>De wet is<ins> sinds juni</ins> in werking.</p>"
    assert told["theirs_marked"] == "<p>De wet is<ins> sinds mei</ins> in werking.</p>"
    assert told["combined"] == "<p>De wet is sinds juni sinds mei in werking.</p>"
    said = send(anke, {"keep": "mine"}, f"{URL}conflicts/{told['id']}/").json()
    assert "juni" in said["html"]
    assert anke.get(NOW).json()["conflicts"] == []


def test_too_large_request_is_refused_with_the_limit(anke, message):
    answer = send(anke, message(html="x" * 9_000_000))
    assert (answer.status_code, answer.json()["outcome"]) == (422, "refused")
    assert "the maximum for a contribution is 200000" in answer.json()["message"]


def test_signed_out_is_a_word_and_not_a_page(anke, message):
    anke.logout()
    answer = send(anke, message())
    assert (answer.status_code, answer.json()) == (401, {"outcome": "signed-out"})


def test_stale_token_is_reported_and_replaced(cast, report, message):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.focal_point)
    answer = send(strict, message())
    assert (answer.status_code, answer.json()) == (403, {"outcome": "token"})
    fresh = strict.get("/token/").json()
    assert fresh["user"] == cast.focal_point.pk
    answer = strict.post(
        URL, json.dumps(message()), content_type="application/json", headers={"X-CSRFToken": fresh["token"]}
    )
    assert answer.status_code == 200


def test_text_of_one_person_is_never_saved_as_another(anke, message, cast):
    answer = send(anke, message(user=cast.contributor.pk))
    assert (answer.status_code, answer.json()["outcome"]) == (409, "other-user")
    assert Revision.objects.count() == 1


def test_each_user_has_a_key_that_is_not_stored(client, cast, report):
    keys = []
    for role in ("focal_point", "contributor", "focal_point"):  # signed in again, it is the same key
        client.force_login(cast[role])
        pages = [client.get(url) for url in ("/reports/BE/2014/2.1/", "/unsent/")]
        assert all("no-store" in page["Cache-Control"] for page in pages)
        [key] = {parse(page).xpath("string(//@data-key)") for page in pages}
        keys.append(key)
    assert keys[0] == keys[2] != keys[1]
    assert all(len(b64decode(key)) == 32 for key in keys)


def key_on_page(client):
    client.get("/unsent/")
    page = parse(client.get("/unsent/"))
    return page.xpath("string(//@data-key)"), page.xpath("string(//@data-previous-keys)").split()


def test_a_changed_password_changes_the_key(client, cast):
    client.force_login(cast.focal_point)
    first, previous = key_on_page(client)
    assert previous == []
    passwords = {
        "oldpassword": "correct horse battery",
        "password1": "four sober words",
        "password2": "four sober words",
    }
    assert client.post("/password/change/", passwords).status_code == 302
    second, previous = key_on_page(client)
    assert second != first
    assert previous == [first]
    client.force_login(cast.contributor)
    assert key_on_page(client)[1] == []


def test_keys_end_with_the_last_role(client, cast, written):
    client.force_login(cast.contributor)
    first, _previous = key_on_page(client)
    people.end_role(cast.contributor.memberships.get(), by=cast.focal_point)
    second, previous = key_on_page(client)
    assert second != first
    assert previous == []


def test_a_refusal_says_why(anke, message, written):
    answer = send(anke, message(html="<p>" + "woord " * 40_000 + "</p>"))
    assert answer.status_code == 422
    assert "Split it into two contributions" in answer.json()["message"]


def test_a_report_that_was_sent_in_meanwhile_says_so(anke, message, report, cast):
    workflow.take_step(report, Step.SEND_IN, by=cast.focal_point)
    answer = send(anke, message())
    assert (answer.status_code, answer.json()["outcome"]) == (410, "closed")
    assert "has been sent in" in answer.json()["message"]


@pytest.mark.parametrize(
    "changes",
    [
        {"id": "x"},
        {"base": "x"},
        {"section": "4.2.C"},
        {"how": "guessed"},
        {"language": "zz"},
        {"html": "\x00"},
        {"base": 10**30},
        {"base": -1},
        {"contribution": 10**30},
        {"language": "\x00"},
        {"section": "\x00"},
        {"section": "\x00", "contribution": None},
        {"authority": "\x00", "contribution": None},
        {"authority": "\ud800", "contribution": None},
        {"how": "restored"},
        {"passage_language": "zz zz", "contribution": None},
        {"passage_language": ["nl"], "contribution": None},
    ],
)
def test_what_is_no_save_is_refused_with_a_sentence(anke, message, changes):
    answer = send(anke, message(**changes))
    assert answer.status_code == 422
    assert answer.json()["message"]
    assert Revision.objects.count() == 1


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff", b"[" * 100_000])
def test_what_is_no_json_is_refused_too(anke, body):
    assert anke.post(URL, body, content_type="application/json").status_code == 422


def test_contribution_of_another_section_is_refused(anke, message, begin, cast):
    other = writing.add_contribution(
        begin(2014, "NL").sections.get(question__code="2.1.A"), "<p>NL</p>", by=cast.other_country
    )
    assert send(anke, message(contribution=other.pk)).status_code == 422
    other.refresh_from_db()
    assert other.body == "<p>NL</p>"


def test_the_page_hears_of_newer_texts_and_of_who_is_writing(anke, written, cast):
    writing.save_text(written, "<p>Nieuwer.</p>", base=1, by=cast.contributor)
    said = anke.get(f"{NOW}?known={written.pk}::1").json()
    assert said["texts"] == [{"contribution": written.pk, "language": "", "number": 2, "html": "<p>Nieuwer.</p>"}]
    assert said["writing"] == [{"contribution": written.pk, "who": "contributor"}]
    assert anke.get(f"{NOW}?known={written.pk}::2").json()["texts"] == []


def test_other_country_and_secretariat_cannot_save(client, report, message, cast):
    for role, status in (("other_country", 404), ("reviewer", 403)):
        client.force_login(cast[role])
        assert send(client, message(user=cast[role].pk)).json()["outcome"] == "refused"
        assert client.get(NOW).status_code == status
    assert Revision.objects.count() == 1


def test_user_without_rights_is_told_to_copy_the_text(anke, message, cast):
    cast.focal_point.memberships.all().delete()
    answer = send(anke, message())
    assert (answer.status_code, answer.json()["outcome"]) == (422, "refused")
    assert "You can no longer write here" in answer.json()["message"]


def test_repeated_save_is_confirmed_after_the_report_closed(anke, message, report, cast):
    first = message()
    send(anke, first)
    workflow.take_step(report, Step.SEND_IN, by=cast.focal_point)
    again = send(anke, first)
    assert (again.status_code, again.json()["outcome"], again.json()["number"]) == (200, "saved", 2)
    assert send(anke, first | {"html": "<p>Later getypt.</p>"}).json()["outcome"] == "closed"


def test_choice_of_an_outdated_version_settles_nothing(anke, message, written, cast):
    writing.save_text(written, "<p>De wet is sinds mei in werking.</p>", base=1, by=cast.contributor)
    grown = [
        send(anke, message(html=f"<p>De wet is sinds {since} in werking.</p>", base=base, from_sent=base > 1)).json()
        for since, base in (("juni", 1), ("juni of juli", 3))
    ]
    ((seen,), (now,)) = (answer["conflicts"] for answer in grown)
    address = f"{URL}conflicts/{seen['id']}/"
    answer = send(anke, {"keep": "mine", "number": seen["number"]}, address).json()
    assert (answer["outcome"], [one["mine"] for one in answer["conflicts"]]) == ("unchanged", [now["mine"]])
    answer = send(anke, {"keep": "mine", "number": now["number"]}, address).json()
    assert (answer["outcome"], answer["html"]) == ("saved", now["mine"])


@pytest.mark.parametrize("known", ["²::1", "1::²", "1" * 5000 + "::1", "::", "x"])
def test_an_odd_question_for_newer_texts_is_no_error(anke, written, known):
    assert anke.get(f"{NOW}?known={known}").json()["texts"] == []


def test_save_reads_no_other_text_of_the_report(anke, message, report, cast, django_assert_num_queries):
    for section in report.sections.all():
        writing.add_contribution(section, "<p>Een lange tekst van een ander.</p>", by=cast.contributor)
    assert send(anke, message()).json()["number"] == 2
    # Session and person, the text’s place, roles; transaction, lock, revisions; insert, update, commit.
    with django_assert_num_queries(10) as captured:
        assert send(anke, message(base=2, html="<p>De wet geldt nu.</p>")).json()["number"] == 3
    bodies = [query["sql"] for query in captured if '"reports_contribution"."body"' in query["sql"]]
    assert bodies == []
