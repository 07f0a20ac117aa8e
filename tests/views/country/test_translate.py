"""The page of a translation: who sees it, what it offers, what it saves, and how many queries it makes."""

import json
import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports.models import Contribution, Country, Membership, Role, TranslationEvent, User
from reports.rules import writing
from reports.rules.writing import Shown

pytestmark = pytest.mark.django_db
PAGE = "/reports/BE/2014/translate/fr/2.1.A/"
DUTCH = "<p>De wet geldt sinds 2013.</p><p>De politie volgt een opleiding.</p>"


@pytest.fixture
def text(section, cast):
    return writing.add_contribution(section, DUTCH, by=cast.focal_point, language="nl", authority="Justitie")


@pytest.fixture
def translator(cast):
    user = User.objects.create_user("translator@example.org", "correct horse battery", name="Tove Taal")
    Membership.objects.create(user=user, role=Role.TRANSLATOR, country=Country.objects.get(code="BE"))
    return user


@pytest.fixture
def page(client):
    def get(user, url=PAGE):
        client.force_login(user)
        return client.get(url)

    return get


def translation(text):
    return Contribution.objects.get(pk=text.pk).translation_fr


def fields(text, place, body, base=0, original=1):
    prefix = f"r{text.pk}-{place}"
    return {f"{prefix}-body": body, f"{prefix}-base": base, f"{prefix}-original": original, f"{prefix}-text_format": ""}


def post_json(client, url, **data):
    return client.post(url, json.dumps(data), content_type="application/json")


def as_save(text, user, html, place=0, base=0):
    address = {"section": "2.1.A", "contribution": text.pk, "language": "fr"}
    return {"id": str(uuid4()), "user": user.pk, **address, "place": place, "original": 1, "base": base, "html": html}


def test_a_translator_is_led_to_the_first_section_to_do(text, translator, page):
    assert page(translator, "/reports/BE/2014/translate/fr/").url == PAGE
    shown = page(translator).content.decode()
    assert "De wet geldt sinds 2013." in shown
    assert shown.count("<textarea") == 2 + 1  # two rows, and the template of a conflict


def test_a_reader_of_the_country_gets_no_boxes(text, cast, page):
    Membership.objects.filter(user=cast.contributor).update(role=Role.APPROVER)
    shown = page(cast.contributor).content.decode()
    assert "De wet geldt sinds 2013." in shown
    assert "<textarea" not in shown
    assert "part-form" not in shown


@pytest.mark.parametrize(("role", "status"), [("other_country", 404), ("reader", 403), ("reviewer", 403)])
def test_nobody_else_sees_a_draft_or_saves(text, cast, page, client, role, status):
    assert page(cast[role]).status_code == status
    assert client.post(PAGE, fields(text, 0, "La loi.")).status_code == status
    answer = post_json(client, PAGE + "save/", **as_save(text, cast[role], "<p>La loi.</p>"))
    assert answer.json()["outcome"] == "refused"
    assert not translation(text)


def test_a_translation_is_kept_when_the_report_was_sent_in(text, cast, page, client):
    text.section.report.state = "submitted"
    text.section.report.save()
    assert "<textarea" not in page(cast.focal_point).content.decode()
    answer = post_json(client, PAGE + "save/", **as_save(text, cast.focal_point, "<p>La loi.</p>"))
    assert (answer.status_code, answer.json()["outcome"]) == (410, "closed")


def test_a_row_is_saved_and_answered_alone(text, translator, client):
    client.force_login(translator)
    post_json(client, PAGE + "save/", **as_save(text, translator, "<p>La police suit une formation.</p>", place=1))
    answer = post_json(client, PAGE + "save/", **as_save(text, translator, "<p>La loi est en vigueur.</p>")).json()
    assert (answer["outcome"], answer["html"]) == ("saved", "<p>La loi est en vigueur.</p>")
    assert translation(text) == "<p>La loi est en vigueur.</p><p>La police suit une formation.</p>"
    assert "2013" in answer["row"]["parts"]["after"]  # the number that is missing


def test_a_mark_is_answered_with_the_row_as_it_is(text, translator, client):
    client.force_login(translator)
    mark = {"user": translator.pk, "contribution": text.pk, "place": 1, "original": 1, "base": 0}
    answer = post_json(client, PAGE + "save/mark/", **mark, act="unwanted").json()
    assert (answer["row"]["state"], answer["row"]["isLeft"]) == ("not wanted", False)
    assert TranslationEvent.objects.get().by == translator


def test_the_page_hears_of_rows_that_others_saved(text, cast, translator, client):
    writing.save_row(text, "<p>La loi de 2013.</p>", Shown("fr", 0, 1, 0), by=cast.focal_point)
    client.force_login(translator)
    news = client.get(PAGE + f"now/?known={text.pk}:fr:0:0:1,{text.pk}:fr:0:1:1,nonsense").json()
    assert [(one["place"], one["number"], one["html"]) for one in news["texts"]] == [
        (0, 1, "<p>La loi de 2013.</p>"),
        (1, 1, ""),
    ]
    assert news["changed"] == []
    writing.save_text(text, DUTCH + "<p>Nieuw.</p>", base=1, by=cast.focal_point)
    assert client.get(PAGE + f"now/?known={text.pk}:fr:1:0:1").json()["changed"] == [text.pk]


def test_the_forms_save_and_refuse_without_scripts(text, translator, client):
    client.force_login(translator)
    saved = client.post(PAGE, {**fields(text, 0, "La loi de 2013."), **fields(text, 1, "x" * 200_001), "at": "save"})
    assert translation(text) == "<p>La loi de 2013.</p>"
    assert "x" * 1000 in saved.content.decode()


def test_an_old_page_loses_nothing_of_a_row_that_is_gone(text, cast, translator, client):
    writing.save_text(text, "<p>De wet geldt sinds 2013.</p>", base=1, by=cast.focal_point)
    client.force_login(translator)
    shown = client.post(PAGE, {**fields(text, 1, "La police suit une formation."), "at": "save"}, follow=True)
    assert "La police suit une formation." in shown.content.decode()


def test_earlier_reports_offer_their_translations(begin, text, cast, page, client):
    earlier = begin(2013).sections.get(question__code="2.undertaken")
    old = writing.add_contribution(earlier, DUTCH.replace("2013", "2012"), by=cast.focal_point, language="nl")
    writing.save_row(old, "<p>La loi est en vigueur depuis 2012.</p>", Shown("fr", 0, 1, 0), by=cast.focal_point)
    writing.save_row(old, "<p>La police suit une formation.</p>", Shown("fr", 1, 1, 1), by=cast.focal_point)
    shown = page(cast.focal_point).content.decode()
    assert re.search(r"2013, 2\.undertaken ·\s*the same paragraph", shown)
    assert re.search(r"2013, 2\.undertaken ·\s*\d\d % the same", shown)
    client.post(PAGE, {**fields(text, 1, ""), "take": f"{text.pk}-1:0"})
    assert translation(text) == "<p>La police suit une formation.</p>"


def test_the_report_counts_what_is_left(text, cast, page):
    writing.save_row(text, "<p>La loi de 2013.</p>", Shown("fr", 0, 1, 0), by=cast.focal_point)
    shown = page(cast.focal_point, "/reports/BE/2014/").content.decode()
    assert re.search(r"Into French</a>\s*1 of 2\s", shown)
    assert re.search(r"Into English</a>\s*0 of 2\s", shown)
    assert "1 not translated" in shown
    assert re.search(r'<a href="/reports/BE/2014/translate/fr/2.1.A/">2.1.A</a> <span class="soft">1 not', shown)


def test_queries_do_not_grow_with_texts(text, cast, page):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert page(cast.focal_point).status_code == 200
        return len(captured)

    writing.save_row(text, "<p>La loi de 2013.</p>", Shown("fr", 0, 1, 0), by=cast.focal_point)
    queries()  # the first page of a session asks more
    before = queries()
    for number in range(5):
        row = writing.add_contribution(
            text.section, f"<p>Tekst {number} van de dienst.</p>", by=cast.focal_point, language="nl"
        )
        writing.save_row(row, f"<p>Texte {number}.</p>", Shown("fr", 0, 1, 0), by=cast.focal_point)
    queries()  # the head of the page counts new texts once
    assert queries() == before
