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
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


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
