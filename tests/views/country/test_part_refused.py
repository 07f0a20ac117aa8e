"""What was posted and not taken: the page is shown with it and saved again from it, beside what was taken."""

import pytest

from reports.models import Conflict, Contribution, Delegation, Membership, Revision, Step
from reports.rules import workflow, writing
from tests.views.html import fields, parse, text

pytestmark = pytest.mark.django_db
URL = "/reports/BE/2014/2.1/"
LONG = "woord " * 40_000
TOO_LONG = {"new-2-1-B-body": LONG}


@pytest.fixture
def body(written):
    return f"c{written.pk}-body"


def test_what_was_taken_beside_a_refused_text_can_be_written_on(anke, written, body):
    page = anke.post(URL, fields(anke.get(URL)) | TOO_LONG | {body: "De wet is sinds mei in werking."})
    assert "Split it into two contributions" in text(page)
    posted = fields(page)
    assert posted[body] == "De wet is sinds mei in werking."
    anke.post(URL, posted | {body: "De wet is sinds mei overal in werking."})
    written.refresh_from_db()
    assert written.body == "<p>De wet is sinds mei overal in werking.</p>"
    assert not Conflict.objects.exists()


def test_what_a_colleague_added_meanwhile_stays(anke, written, body, cast):
    posted = fields(anke.get(URL))
    writing.save_text(written, "<p>De wet is in werking.</p><p>Van de politie.</p>", base=1, by=cast.contributor)
    page = anke.post(URL, posted | TOO_LONG | {body: "De wet is nu in werking."})
    anke.post(URL, fields(page) | {body: fields(page)[body].replace(" nu ", " sinds mei ")})
    written.refresh_from_db()
    assert written.body == "<p>De wet is sinds mei in werking.</p><p>Van de politie.</p>"
    assert not Conflict.objects.exists()


def test_first_text_beside_a_refused_one_is_saved_once(anke, report, written, body):
    posted = fields(anke.get(URL)) | {"new-2-1-B-body": "De termijn daalde."}
    page = anke.post(URL, posted | {body: LONG})
    posted = fields(page)
    (box,) = [name for name, value in posted.items() if value.strip() == "De termijn daalde."]
    anke.post(URL, posted | {box: "De termijn daalde fors.", body: "Kort."})
    rows = Contribution.objects.live().filter(section__report=report, section__question__code="2.1.B")
    assert [row.body for row in rows] == ["<p>De termijn daalde fors.</p>"]


@pytest.fixture
def translated(written, cast):
    writing.save_text(written, "<p>The law is in force.</p>", base=0, by=cast.focal_point, language="en")
    return written


def test_a_text_beside_a_refused_language_can_be_written_on(anke, translated, body):
    posted = fields(anke.get(URL)) | {f"c{translated.pk}-language": "en", body: "De wet is nu in werking."}
    page = anke.post(URL, posted)
    assert "Empty the translation first" in text(page)
    posted = fields(page) | {f"c{translated.pk}-language": "nl", body: "De wet is sinds mei in werking."}
    anke.post(URL, posted)
    translated.refresh_from_db()
    assert (translated.language, translated.body) == ("nl", "<p>De wet is sinds mei in werking.</p>")
    assert not Conflict.objects.exists()


def test_text_beside_a_refused_language_keeps_its_base(anke, translated, body):
    posted = fields(anke.get(URL)) | {f"c{translated.pk}-language": "en"}
    del posted[body]
    page = anke.post(URL, posted)
    assert "Empty the translation first" in text(page)
    newest = Revision.objects.filter(contribution=translated, language="").last()
    assert fields(page)[body.replace("-body", "-base")] == str(newest.number)


def test_translation_into_the_originals_language_is_kept(anke, written, body):
    posted = fields(anke.get(URL)) | {body.replace("-body", "-fr-body"): "La loi est en vigueur."}
    Contribution.objects.update(language="fr")
    page = anke.post(URL, posted)
    assert "There is no translation into “fr” here" in text(page)
    assert fields(page)[body.replace("-body", "-fr-body")] == "La loi est en vigueur."
    page = anke.post(URL, fields(page) | {body.replace("-body", "-fr-body"): ""})
    assert page.status_code == 302


def test_refused_translation_into_the_original_language_stays(anke, written, body):
    french = body.replace("-body", "-fr-body")
    page = anke.post(URL, fields(anke.get(URL)) | {french: LONG, f"c{written.pk}-language": "fr"})
    page = anke.post(URL, fields(page) | {french: "La loi est en vigueur."})
    assert fields(page)[french] == "La loi est en vigueur."


@pytest.mark.parametrize("character", ["\x92", "\x85", "\uffff", "\x1b"])
def test_invalid_character_is_named_and_text_is_kept(anke, written, body, character):
    page = anke.post(URL, fields(anke.get(URL)) | {body: f"De wet is{character} nu in werking."})
    assert f"U+{ord(character):04X}" in text(page)
    assert "nu in werking." in page.content.decode()


def test_conflict_over_an_emptied_text_can_be_settled(anke, written, body, cast):
    posted = fields(anke.get(URL))
    writing.save_text(written, "", base=1, by=cast.contributor)
    page = anke.post(URL, posted | {body: "De wet is sinds mei in werking."}, follow=True)
    assert "Both versions are safe" in text(page)
    (panel,) = parse(page).xpath("//*[@data-conflict]")
    assert "sinds mei" in panel.text_content()
    anke.post(URL, fields(page) | {"settle": f"{panel.get('data-conflict')}:mine"})
    written.refresh_from_db()
    assert written.body == "<p>De wet is sinds mei in werking.</p>"


def test_conflict_in_a_translation_blocks_its_language(anke, translated, cast):
    for words, who in (("", cast.focal_point), ("<p>The law is now in force.</p>", cast.contributor)):
        writing.save_text(translated, words, base=1, by=who, language="en")
    page = anke.post(URL, fields(anke.get(URL)) | {f"c{translated.pk}-language": "en"})
    assert "has two versions. Choose one of them first." in text(page)


@pytest.mark.parametrize("name", ["authority", "language"])
def test_description_of_a_closed_report_is_refused(anke, written, report, cast, name):
    posted = fields(anke.get(URL)) | {f"c{written.pk}-{name}": "de"}
    workflow.take_step(report, Step.SEND_IN, by=cast.focal_point)
    page = anke.post(URL, posted)
    assert "This report has been sent in, so it cannot be changed now." in text(page)
    assert fields(page)[f"c{written.pk}-{name}"] == "de"


def test_text_of_a_closed_report_is_refused_with_reason(anke, written, body, report, cast):
    posted = fields(anke.get(URL)) | {body: "De wet is sinds mei in werking."}
    workflow.take_step(report, Step.SEND_IN, by=cast.focal_point)
    page = anke.post(URL, posted)
    assert "This report has been sent in, so it cannot be changed now." in text(page)
    assert "is not assigned to you" not in text(page)


def test_nothing_to_report_is_refused_with_a_reason_too(anke, report, cast):
    posted = fields(anke.get(URL)) | {"section-2-1-B-nothing": "on"}
    workflow.take_step(report, Step.SEND_IN, by=cast.focal_point)
    assert "This report has been sent in, so it cannot be changed now." in text(anke.post(URL, posted))


def test_authority_without_a_text_asks_for_the_text(anke, report):
    page = anke.post(URL, fields(anke.get(URL)) | {"new-2-1-B-authority": "Politie"})
    assert "Write the text too." in text(page)
    assert fields(page)["new-2-1-B-authority"] == "Politie"


def test_saved_authority_is_not_set_twice(anke, written, body):
    page = anke.post(URL, fields(anke.get(URL)) | {body: LONG, f"c{written.pk}-authority": "Politie"})
    Contribution.objects.update(authority="Federale politie")
    anke.post(URL, fields(page) | {body: "Kort."})
    written.refresh_from_db()
    assert (written.authority, written.body) == ("Federale politie", "<p>Kort.</p>")


def test_refused_text_is_shown_with_newest_translations(anke, translated, body, cast):
    posted = fields(anke.get(URL))
    writing.save_text(translated, "<p>The law is in force since May.</p>", base=1, by=cast.contributor, language="en")
    writing.remove(translated, by=cast.contributor)
    page = anke.post(URL, posted | {body: LONG})
    anke.post(URL, fields(page) | {body: "Kort."})
    translated.refresh_from_db()
    assert (translated.translation_en, translated.body) == ("<p>The law is in force since May.</p>", "<p>Kort.</p>")


def test_who_goes_on_over_a_conflict_is_led_to_it(anke, written, body, cast):
    posted = fields(anke.get(URL))
    writing.save_text(written, "<p>De wet is sinds mei in werking.</p>", base=1, by=cast.contributor)
    page = anke.post(URL, posted | {body: "De wet is sinds juni in werking.", "go": "2.2"}, follow=True)
    assert page.redirect_chain[-1][0] == URL
    assert parse(page).xpath("//*[@data-conflict]")


def test_two_dashes_in_an_own_contribution_are_refused(client, section, cast):
    Membership.objects.filter(user=cast.contributor).update(only_given=True)
    Delegation.objects.create(section=section, user=cast.contributor, whole=False, by=cast.focal_point)
    client.force_login(cast.contributor)
    page = client.post(URL, fields(client.get(URL)) | {"new-2-1-A-body": "--"})
    assert "only a person who writes the whole section can say so" in text(page)
    assert not parse(page).xpath("//button[@name='nothing']")
    assert fields(page)["new-2-1-A-body"] == "--"
