"""The checks of the secretariat's translation: questions beside a row, which it can say are intended."""

import json

import pytest
from django.core.exceptions import PermissionDenied

from reports.document.problem import Problem
from reports.models import OwnDismissal, Step
from reports.rules import workflow, writing
from reports.rules.own_rows import dismiss_own
from reports.rules.own_translations import OwnText, save_own_row
from tests.views.html import parse
from tests.views.steps import change, give_back, send_in

pytestmark = pytest.mark.django_db
PAGE = "/reports/BE/2014/review/2.1.A/translate/en/"
MISSING = "The number 12 is missing."


@pytest.fixture
def written(section, cast):
    html = "<p>De politie vond 12 sites.</p><p>Rechters krijgen een opleiding.</p>"
    return writing.add_contribution(section, html, by=cast.focal_point, language="nl")


@pytest.fixture
def text(sent, cast):
    """The secretariat's translation, in which a number is missing."""
    text = OwnText(sent, "2.1.A", 0, "en")
    save_own_row(text, "<p>The police found some sites.</p>", place=0, base=0, by=cast.reviewer)
    return text


def questions(client):
    page = parse(client.get(PAGE))
    return [" ".join(item.text_content().split()) for item in page.xpath("//ul[@class='checks']/li/span[2]")]


def key_of(client):
    (button,) = parse(client.get(PAGE)).xpath("//button[@data-act='dismiss']")
    return button.get("value"), button.get("data-question")


def test_a_missing_number_is_asked_about(ruth, text):
    assert questions(ruth) == [MISSING]
    assert "To check" in ruth.get(PAGE).content.decode()
    save_own_row(text, "<p>The police found 12 sites.</p>", place=0, base=1, by=text.saves.get().by)
    assert questions(ruth) == []


def test_what_is_intended_is_not_asked_again_for_the_same_texts(ruth, text, cast):
    value, _key = key_of(ruth)
    typed = {"r0-0-body": "The police found some sites.", "r0-0-base": 1, "r0-0-original": 1}
    ruth.post(PAGE, typed | {"r0-0-text_format": "plain", "act": value})
    assert questions(ruth) == []
    assert OwnDismissal.objects.get().by == cast.reviewer
    save_own_row(text, "<p>The police found some bad sites.</p>", place=0, base=1, by=cast.reviewer)
    assert questions(ruth) == [MISSING]


def test_one_answer_settles_one_question(ruth, text, cast):
    save_own_row(text, "<p>The police found 7 sites.</p>", place=0, base=1, by=cast.reviewer)
    added = "The number 7 is not in the original."
    assert questions(ruth) == [MISSING, added]
    buttons = parse(ruth.get(PAGE)).xpath("//button[@data-act='dismiss']/@data-question")
    dismiss_own(text, buttons[0], place=0, base=2, by=cast.reviewer)
    assert questions(ruth) == [added]


def test_it_is_remembered_for_the_next_submission(ruth, text, written, report, cast):
    dismiss_own(text, key_of(ruth)[1], place=0, base=1, by=cast.reviewer)
    give_back(report, cast)
    change(written, written.body + "<p>En meer.</p>", cast)
    send_in(report, cast)
    assert "submission 2" in ruth.get(PAGE).content.decode()
    assert questions(ruth) == []


def test_the_scripts_say_it_too_and_twice_is_once(ruth, text, cast):
    key = key_of(ruth)[1]
    row = {"contribution": 0, "place": 0, "original": 1, "base": 1, "act": "dismiss", "key": key}
    for _time in range(2):
        body = json.dumps(row | {"user": cast.reviewer.pk})
        answer = ruth.post(PAGE + "save/mark/", body, content_type="application/json").json()
        assert (answer["outcome"], answer["number"]) == ("unchanged", 1)
        assert MISSING not in answer["row"]["parts"]["after"]
    assert OwnDismissal.objects.count() == 1


def test_who_may_not_translate_dismisses_nothing(text, report, cast, ruth):
    key = key_of(ruth)[1]
    for who in (cast.reader, cast.focal_point):
        with pytest.raises(PermissionDenied):
            dismiss_own(text, key, place=0, base=1, by=who)
    with pytest.raises(Problem):
        dismiss_own(text, key, place=7, base=1, by=cast.reviewer)
    workflow.take_step(report, Step.WITHDRAW, by=cast.focal_point)
    with pytest.raises(PermissionDenied):
        dismiss_own(text, key, place=0, base=1, by=cast.reviewer)
    assert not OwnDismissal.objects.exists()


def test_the_country_is_shown_nothing_of_it(client, text, cast):
    client.force_login(cast.focal_point)
    for address in ("/reports/BE/2014/submissions/1/", "/reports/BE/2014/sections/2.1.A/history/"):
        assert MISSING not in client.get(address).content.decode()
