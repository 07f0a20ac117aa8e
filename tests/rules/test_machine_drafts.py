"""A machine's draft: sent only where a service is configured and somebody asks, and never saved over anything."""

import json

import pytest

from reports.document.problem import Problem
from reports.models import Conflict, Contribution, How, Membership, OwnTranslation, Revision, Role
from reports.rules import translations, writing
from reports.rules.writing import Shown, draft_by_machine
from tests.machine import machine_at

pytestmark = pytest.mark.django_db
LIST = "<ul><li><p>Politie</p></li><li><p>Justitie <strong>samen</strong></p></li></ul>"
DUTCH = f"<p>De wet is in werking.</p>{LIST}<p>Cijfers.</p>"


@pytest.fixture
def deepl(settings):
    with machine_at(settings, "deepl") as machine:
        yield machine


@pytest.fixture
def text(section, cast):
    return writing.add_contribution(section, DUTCH, by=cast.focal_point, language="nl-BE")


def now(text):
    rows = Contribution.objects.with_units().with_numbers().select_related("section__report", "section__question")
    return rows.get(pk=text.pk)


def rows(text):
    return translations.aligned(now(text), "fr").rows


def draft(text, by):
    return draft_by_machine(now(text), "fr", by=by)


def test_without_a_service_nothing_is_sent(text, cast, settings):
    assert not settings.TRANSLATION_SERVICE
    with pytest.raises(Problem, match="uses no translation service"):
        draft(text, cast.focal_point)
    assert not Revision.objects.filter(language="fr").exists()


def test_untranslated_rows_get_drafts_marked_as_a_machines(text, cast, deepl):
    writing.save_row(text, "<p>Chiffres.</p>", Shown("fr", 3, 1, 0), by=cast.focal_point)
    assert draft(text, cast.focal_point).landed == 2
    (asked,) = deepl.asked
    assert asked["text"] == ["<p>De wet is in werking.</p>", LIST]
    assert (asked["source_lang"], asked["target_lang"], asked["tag_handling"]) == ("NL", "FR", "html")
    assert deepl.keys == ["DeepL-Auth-Key portal:a-key"]
    found = rows(text)
    assert [row.unit.origin for row in found] == ["machine", "machine", "person"]
    assert "fr: Justitie <strong>fr: samen</strong>" in found[1].target[1].html
    revision = Revision.objects.filter(language="fr").latest("number")
    assert (revision.how, revision.by, revision.number) == (How.MACHINE, cast.focal_point, 2)
    assert draft(text, cast.focal_point).landed == 0
    assert len(deepl.asked) == 1


def test_a_draft_is_a_machines_until_a_person_edits_or_reads_it(text, cast, deepl):
    draft(text, cast.focal_point)
    writing.save_row(text, "<p>La loi est en vigueur.</p>", Shown("fr", 0, 1, 1), by=cast.focal_point)
    writing.confirm_row(text, Shown("fr", 3, 1, 2), by=cast.focal_point)
    assert [row.unit.origin for row in rows(text)] == ["person", "machine", "person"]


def test_who_may_not_translate_sends_nothing(text, cast, deepl):
    Membership.objects.filter(user=cast.contributor).update(role=Role.APPROVER)
    for who in ("contributor", "other_country", "reviewer", "administrator"):
        with pytest.raises(Problem):
            draft(text, cast[who])
    assert deepl.asked == []


def test_a_report_that_was_sent_in_is_not_sent(text, cast, report, deepl):
    from tests.views.steps import send_in

    send_in(report, cast)
    with pytest.raises(Problem):
        draft(text, cast.focal_point)
    assert deepl.asked == []
    assert not OwnTranslation.objects.exists()


@pytest.mark.parametrize(
    ("status", "answer", "said"),
    [
        (403, b"{}", "does not accept the key"),
        (456, b"{}", "has used up"),
        (400, b"{}", "does not translate this text"),
        (500, b"", "does not answer now"),
        (307, b"", "does not answer now"),
        (200, b"<html>", "cannot read the answer"),
        (200, b'{"translations": [{"text": "one"}]}', "cannot read the answer"),
        (200, b'{"translations": [{"text": 1}, {"text": 2}, {"text": 3}]}', "cannot read the answer"),
        (200, b'["' + b"x" * 2_100_000 + b'"]', "cannot read the answer"),
    ],
)
def test_an_error_of_the_service_is_a_sentence(text, cast, deepl, status, answer, said):
    deepl.status, deepl.answer = status, answer
    with pytest.raises(Problem, match=f"DeepL.*{said}|{said}.*DeepL"):
        draft(text, cast.focal_point)
    assert len(deepl.asked) == 1  # a redirect is not followed
    assert not Revision.objects.filter(language="fr").exists()


def test_a_service_that_is_down_is_a_sentence(text, cast, settings):
    with machine_at(settings, "deepl"):
        pass
    with pytest.raises(Problem, match="does not answer now"):
        draft(text, cast.focal_point)


def test_hostile_answers_are_cleaned(text, cast, deepl):
    hostile = '<p onclick="steal()">La loi<script>steal()</script> <a href="javascript:steal()">ici</a></p>'
    deepl.answer = json.dumps({"translations": [{"text": hostile}, {"text": ""}, {"text": "\0"}]}).encode()
    draft(text, cast.focal_point)
    stored = now(text).translation_fr
    assert "La loi" in stored
    assert "steal" not in stored
    assert [row.state for row in rows(text)] == ["current", "untranslated", "untranslated"]


def test_a_request_is_bounded(section, cast, deepl):
    long = "".join(f"<p>Zin {number} van de dienst.</p>" for number in range(120))
    text = writing.add_contribution(section, long, by=cast.focal_point, language="nl")
    assert [draft(text, cast.focal_point).landed for _ in range(4)] == [50, 50, 20, 0]
    assert [len(asked["text"]) for asked in deepl.asked] == [50, 50, 20]


@pytest.fixture
def etranslation(settings):
    with machine_at(settings, "etranslation") as machine:
        yield machine


def deliver(client, machine, body=None):
    url, delivered = machine.delivery()
    return client.post(url.removeprefix("http://127.0.0.1:8000"), body or delivered, content_type="application/json")


def test_etranslation_delivers_later(text, cast, etranslation, client):
    assert draft(text, cast.focal_point).later == 3
    assert etranslation.asked[0]["sourceLanguage"] == "NL"
    assert [row.state for row in rows(text)] == ["untranslated"] * 3
    writing.save_row(text, "<p>Chiffres.</p>", Shown("fr", 3, 1, 0), by=cast.focal_point)
    for _twice in range(2):
        assert deliver(client, etranslation).status_code == 204
    found = rows(text)
    assert [row.unit.origin for row in found] == ["machine", "machine", "person"]
    assert [block.html for block in found[1].target] == ["fr: Politie", "fr: Justitie <strong>fr: samen</strong>"]
    assert Revision.objects.filter(language="fr", how=How.MACHINE).count() == 1


def test_what_was_written_meanwhile_stays(text, cast, etranslation, client):
    draft(text, cast.focal_point)
    writing.save_row(text, "<p>La loi.</p>", Shown("fr", 0, 1, 0), by=cast.focal_point)
    writing.save_text(now(text), DUTCH.replace("Cijfers", "Tabellen"), base=1, by=cast.focal_point)
    deliver(client, etranslation)
    found = rows(text)
    assert [block.html for block in found[0].target] == ["La loi."]
    assert [row.state for row in found] == ["current", "current", "untranslated"]
    assert not Conflict.objects.exists()


def test_only_a_signed_address_takes_a_delivery(text, cast, etranslation, client):
    draft(text, cast.focal_point)
    url, body = etranslation.delivery()
    for address in ("/machine/anything/", url[21:-3] + "xx/"):
        assert client.post(address, body, content_type="application/json").status_code == 404
    failure = json.dumps({"errorCode": -20001, "errorMessage": "no"}).encode()
    for refused in (failure, b"no JSON", b'{"result": "no base64"}', b'{"result": 5}', b"[]"):
        assert deliver(client, etranslation, refused).status_code == 422
    assert not Revision.objects.filter(language="fr").exists()


def test_a_delivery_after_the_right_ended_changes_nothing(text, cast, etranslation, client):
    draft(text, cast.focal_point)
    Membership.objects.filter(user=cast.focal_point).delete()
    assert deliver(client, etranslation).status_code == 422
    assert not Revision.objects.filter(language="fr").exists()
