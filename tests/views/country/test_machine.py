"""The button for a machine's drafts: only where a service is configured, naming where the text goes."""

import re

import pytest

from reports.models import Contribution, How, Membership, Revision, Role
from reports.rules import writing
from tests.machine import machine_at

pytestmark = pytest.mark.django_db
MARK = "This translation has a machine’s draft that no person has read yet."
PAGE = "/reports/BE/2014/translate/fr/2.1.A/"


@pytest.fixture
def text(section, cast):
    body = "<p>De wet geldt sinds 2013.</p><p>De politie volgt een opleiding.</p>"
    return writing.add_contribution(section, body, by=cast.focal_point, language="nl", authority="Justitie")


def words(page):
    shown = re.sub(r"<p[^>]* hidden>.*?</p>", "", page.content.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", shown).split())


def test_without_a_service_no_button_and_nothing_sent(text, anke):
    page = anke.get(PAGE)
    assert 'name="draft"' not in page.content.decode()
    anke.post(PAGE, {"draft": "section"})
    assert not Revision.objects.filter(language="fr").exists()


@pytest.mark.parametrize(("service", "name"), [("deepl", "DeepL"), ("etranslation", "eTranslation")])
def test_the_page_says_where_the_text_goes_and_sends_none(text, anke, settings, service, name):
    with machine_at(settings, service) as machine:
        said = words(anke.get(PAGE))
        assert f"{name} can draft the 2 paragraphs that are not translated." in said
        assert f"their text leaves the portal and goes to {name}." in said
        assert machine.asked == []


def test_who_only_reads_sees_no_button_and_sends_nothing(text, cast, anke, settings):
    Membership.objects.filter(user=cast.contributor).update(role=Role.APPROVER)
    anke.force_login(cast.contributor)
    with machine_at(settings, "deepl") as machine:
        assert 'name="draft"' not in anke.get(PAGE).content.decode()
        anke.post(PAGE, {"draft": "section"})
        assert machine.asked == []


def test_drafts_stand_in_their_boxes_marked_until_read(text, anke, settings):
    with machine_at(settings, "deepl"):
        typed = {
            f"r{text.pk}-1-{name}": value for name, value in (("body", "La police."), ("original", 1), ("base", 0))
        }
        page = anke.post(PAGE, {"draft": "section", **typed}, follow=True)
    said = words(page)
    assert "DeepL has drafted 1 paragraph." in said
    assert said.count("Machine draft, not read by a person yet") == 1
    assert "1 of 2 done" in said  # what was typed beside the button is saved, and no machine's
    assert 'name="draft"' not in page.content.decode()
    assert MARK in words(anke.get("/reports/BE/2014/2.1/"))
    assert Revision.objects.filter(language="fr").latest("number").how == How.MACHINE
    read = {"act": f"confirm:{text.pk}-0", f"r{text.pk}-0-body": drafted(text)}
    page = anke.post(PAGE, read | shown(text), follow=True)
    assert "Machine draft" not in words(page)
    assert MARK not in words(anke.get("/reports/BE/2014/2.1/"))


def drafted(text):
    return re.findall("<p>(.*?)</p>", Contribution.objects.get(pk=text.pk).translation_fr)[0]


def shown(text):
    return {f"r{text.pk}-0-original": 1, f"r{text.pk}-0-base": 2}


def test_what_comes_later_is_said(text, anke, settings):
    with machine_at(settings, "etranslation"):
        page = anke.post(PAGE, {"draft": "section"}, follow=True)
    assert "eTranslation has the text of 2 paragraphs." in words(page)


def test_a_service_that_fails_is_said_and_what_was_typed_is_saved(text, anke, settings):
    with machine_at(settings, "deepl") as machine:
        machine.status = 456
        typed = {
            f"r{text.pk}-1-{name}": value for name, value in (("body", "La police."), ("original", 1), ("base", 0))
        }
        page = anke.post(PAGE, {"draft": "section", **typed}, follow=True)
    assert "This portal has used up what DeepL translates for it." in words(page)
    assert "La police." in Contribution.objects.get(pk=text.pk).translation_fr


def test_a_draft_that_does_not_come_is_said_until_somebody_goes_on(text, anke, settings):
    missing = "eTranslation has sent no draft of 2 paragraphs."
    with machine_at(settings, "etranslation") as machine:
        page = anke.post(PAGE, {"draft": "section"}, follow=True)
        assert missing not in words(page)
        address, body = machine.failure()
        anke.post(address.removeprefix("http://127.0.0.1:8000"), body, content_type="application/json")
        said = words(anke.get(PAGE))
        assert missing in said
        assert re.search(
            r"Their text was sent to eTranslation on .* by focal point\. Send it again, or translate", said
        )
        assert missing not in words(anke.get(PAGE.replace("/fr/", "/en/")))
        writing.save_row(text, "<p>La loi.</p>", writing.Shown("fr", 0, 1, 0), by=text.revisions.get(language="").by)
        assert missing not in words(anke.get(PAGE))


def test_a_row_says_who_read_a_draft(text, anke, settings):
    with machine_at(settings, "deepl"):
        anke.post(PAGE, {"draft": "section"})
    read = {"act": f"confirm:{text.pk}-0", f"r{text.pk}-0-body": drafted(text)}
    page = anke.post(PAGE, read | shown(text) | {f"r{text.pk}-0-base": 1}, follow=True)
    assert "focal point read the machine’s draft" in words(page)
    assert "said that it is up to date" not in words(page)
    history = words(anke.get(f"/reports/BE/2014/history/{text.pk}/?language=fr"))
    assert "read a machine’s draft of 1 passage of the translation into French" in history
    assert "This text has a machine’s draft that no person had read." in history
