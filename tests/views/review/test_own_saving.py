"""The secretariat's translation is saved while it is typed: what the requests of its page are answered."""

import json
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports.models import OwnTranslation, Revision, Step
from reports.rules import workflow, writing
from reports.rules.own_translations import OwnText, save_own_row
from tests.views.steps import send_in

pytestmark = pytest.mark.django_db
PAGE = "/reports/BE/2014/review/2.1.A/translate/en/"
DUTCH = "<p>De wet is in werking sinds mei.</p><p>Rechters krijgen een opleiding.</p>"


@pytest.fixture
def written(section, cast):
    return writing.add_contribution(section, DUTCH, by=cast.focal_point, language="nl", authority="Justitie")


@pytest.fixture
def send(client):
    """Send a request of the page as somebody, for the first row unless it says otherwise."""

    def post(who, name="save/", **more):
        client.force_login(who)
        row = {"section": "2.1.A", "contribution": 0, "language": "en", "place": 0, "original": 1, "base": 0}
        body = {"id": str(uuid4()), "user": who.pk, "html": "<p>The law.</p>"} | row | more
        return client.post(PAGE + name, json.dumps(body), content_type="application/json")

    return post


def translation(submission):
    newest = OwnTranslation.objects.filter(submission=submission).order_by("-number").first()
    return newest.body if newest else ""


def colleague_saves(sent, cast, html="<p>Theirs.</p>", place=0, base=0):
    return save_own_row(OwnText(sent, "2.1.A", 0, "en"), html, place=place, base=base, by=cast.administrator).row


def test_a_row_is_saved_and_answered_alone(send, sent, cast):
    revisions = Revision.objects.count()
    colleague_saves(sent, cast, "<p>Judges.</p>", place=1)
    answer = send(cast.reviewer).json()
    assert (answer["outcome"], answer["number"], answer["html"]) == ("saved", 2, "<p>The law.</p>")
    assert (answer["row"]["state"], answer["row"]["isLeft"]) == ("current", False)
    assert "Done" in answer["row"]["parts"]["what"]
    assert translation(sent) == "<p>The law.</p><p>Judges.</p>"
    assert Revision.objects.count() == revisions


def test_the_same_save_twice_is_once(send, sent, cast):
    once = str(uuid4())
    first, again = (send(cast.reviewer, id=once).json() for _time in range(2))
    assert first == again
    assert OwnTranslation.objects.count() == 1


def test_a_colleagues_words_are_shown_and_not_saved_over(send, sent, cast):
    theirs = colleague_saves(sent, cast)
    answer = send(cast.reviewer)
    assert (answer.status_code, answer.json()["outcome"]) == (422, "refused")
    assert answer.json()["message"].startswith("A colleague has translated this passage in the meantime.")
    choice = answer.json()["row"]["parts"]["meanwhile"]
    assert "<p>Theirs.</p>" in choice
    assert f'data-number="{theirs.number}"' in choice
    assert translation(sent) == "<p>Theirs.</p>"
    chosen = send(cast.reviewer, base=theirs.number).json()
    assert (chosen["outcome"], chosen["row"]["parts"]["meanwhile"].strip()) == ("saved", "")
    assert translation(sent) == "<p>The law.</p>"


def test_different_words_of_two_colleagues_are_merged(send, sent, cast):
    law = "<p>The law on pictures of abuse has been in full force in the whole country since the month of May.</p>"
    first = colleague_saves(sent, cast, law)
    colleague_saves(sent, cast, law.replace("law", "act"), base=first.number)
    june = law.replace("May", "June")
    answer = send(cast.reviewer, html=june, base=first.number).json()
    assert (answer["merged"], answer["html"]) == (True, june.replace("law", "act"))
    on = june.replace("June", "June 2014")
    answer = send(cast.reviewer, html=on, base=answer["number"], from_sent=True).json()
    assert answer["html"] == on.replace("law", "act")


def test_a_report_taken_back_is_closed_with_the_reason(send, sent, report, cast):
    workflow.take_step(report, Step.WITHDRAW, by=cast.focal_point)
    for name, more in (("save/", {}), ("save/mark/", {"act": "unwanted"})):
        answer = send(cast.reviewer, name, **more)
        assert (answer.status_code, answer.json()["outcome"]) == (410, "closed")
        assert "the country has taken it back" in answer.json()["message"]
    assert not OwnTranslation.objects.exists()


@pytest.mark.parametrize("role", ["focal_point", "contributor", "other_country", "reader"])
def test_nobody_else_saves_or_marks(send, sent, cast, client, role):
    for name in ("save/", "save/mark/"):
        answer = send(cast[role], name, act="unwanted")
        assert (answer.status_code, answer.json()["outcome"]) == (422, "refused")
    assert client.get(PAGE + "now/").status_code == (404 if role == "other_country" else 403)
    assert not OwnTranslation.objects.exists()


def test_the_page_of_somebody_else_saves_nothing(send, sent, cast):
    for name in ("save/", "save/mark/"):
        answer = send(cast.reviewer, name, user=cast.administrator.pk, act="unwanted")
        assert (answer.status_code, answer.json()) == (409, {"outcome": "other-user"})
    assert not OwnTranslation.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [{"original": 2}, {"contribution": 7}, {"contribution": None}, {"place": 9}, {"place": None}, {"language": "fr"}],
    ids=lambda wrong: "{}={}".format(*next(iter(wrong.items()))),
)
def test_what_the_page_never_showed_is_refused(send, sent, cast, wrong):
    assert send(cast.reviewer, **wrong).status_code == 422
    assert not OwnTranslation.objects.exists()


def test_a_mark_is_answered_with_the_row_as_it_is(send, sent, cast):
    answer = send(cast.reviewer, "save/mark/", act="unwanted", place=1).json()
    assert (answer["row"]["state"], answer["row"]["isLeft"]) == ("not wanted", False)
    answer = send(cast.reviewer, "save/mark/", act="wanted", place=1, base=answer["number"]).json()
    assert (answer["row"]["state"], answer["row"]["isLeft"]) == ("untranslated", True)
    assert send(cast.reviewer, "save/mark/", act="nonsense").status_code == 422


def test_the_page_hears_of_rows_that_others_saved(ruth, sent, report, cast):
    colleague_saves(sent, cast)
    news = ruth.get(PAGE + "now/?known=0:en:0:0:1,0:en:1:1:1,nonsense").json()
    assert [(one["place"], one["number"], one["html"]) for one in news["texts"]] == [(0, 1, "<p>Theirs.</p>")]
    assert "Done" in news["texts"][0]["row"]["parts"]["what"]
    assert news["changed"] == []
    workflow.take_step(report, Step.WITHDRAW, by=cast.focal_point)
    assert ruth.get(PAGE + "now/?known=0:en:0:0:1").status_code == 403
    colleague_saves(send_in(report, cast), cast, "<p>In the second submission.</p>")
    news = ruth.get(PAGE + "now/?known=0:en:0:0:1").json()
    assert (news["texts"], news["changed"]) == ([], [0])


def test_asking_for_news_costs_little(ruth, sent, section, report, cast):
    def queries(known):
        with CaptureQueriesContext(connection) as captured:
            assert ruth.get(PAGE + f"now/?known={known}").status_code == 200
        return len(captured)

    ruth.get(PAGE)
    one = queries("0:en:0:0:1")
    colleague_saves(sent, cast)
    assert queries("0:en:1:0:1,0:en:1:1:1") == one  # nothing is newer than what the page has
    assert queries("0:en:0:0:1,0:en:0:1:1") == one + 2  # the save, and what was dismissed
