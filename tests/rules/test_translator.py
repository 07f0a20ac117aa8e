"""The role of a translator: reads the drafts of the country, writes translations, and nothing else."""

import pytest

from reports.document.problem import Problem
from reports.models import Mail, MailKind, Role, RoleLog, State
from reports.rules import delegations, people, permissions, writing
from reports.rules.writing.in_hand import newest_number

pytestmark = pytest.mark.django_db
MAY = {
    "see",
    "read_draft",
    "approve",
    "read_submission",
    "see_openings",
    "read_questions",
    "read_comments",
    "comment",
    "exchange_translations",
    "translate_contribution",
    "suggest",
    "withdraw_suggestion",
    "take_blank_form",
    "see_people",
}


@pytest.fixture
def translator(report, cast):
    return people.invite("tove@justice.example", by=cast.focal_point, role=Role.TRANSLATOR, country=report.country).user


@pytest.fixture
def translated(written, cast):
    writing.save_text(written, "<p>La loi.</p>", base=0, by=cast.focal_point, language="fr")
    writing.save_text(written, "<p>La loi est en vigueur.</p>", base=1, by=cast.focal_point, language="fr")
    return written


def test_a_translator_may_do_this_and_nothing_else(translator, written):
    may = {action for action in permissions.PERMISSIONS if permissions.may(translator, action, written)}
    assert may == MAY


@pytest.mark.parametrize("state", State)
def test_a_translator_writes_in_open_reports(translator, written, state):
    written.section.report.state = state
    assert permissions.may(translator, "translate_contribution", written) == (state in (State.DRAFT, State.RETURNED))
    written.section.frozen = True
    assert not permissions.may(translator, "translate_contribution", written)


def test_a_translator_gets_no_sections_to_write(translator, report, cast):
    with pytest.raises(Problem):
        delegations.give(report, translator, {"2.1.B": "whole"}, by=cast.focal_point)


def test_the_role_is_in_the_log_and_ends(translator, cast):
    people.end(translator.memberships.get(), by=cast.focal_point)
    entries = RoleLog.objects.filter(user=translator).order_by("pk")
    assert [(one.role, one.ended, one.by) for one in entries] == [
        ("translator", False, cast.focal_point),
        ("translator", True, cast.focal_point),
    ]


def test_a_translator_opens_the_pages_and_gets_no_box(translator, translated, client):
    client.force_login(translator)
    for address in ("/tasks/", "/reports/", "/reports/BE/2014/", "/reports/BE/2014/2.1/", "/reports/BE/2014/all/"):
        text = client.get(address).content.decode()
        assert "data-editor" not in text, address
    for address in ("/reports/BE/2014/upload/", "/reports/BE/2014/send-in/", "/countries/BE/people/"):
        assert client.get(address).status_code == 403, address


def test_a_translator_brings_back_a_translation_and_no_original(translator, translated, client):
    writing.save_text(translated, "<p>De wet geldt.</p>", base=1, by=translated.revisions.first().by)
    client.force_login(translator)
    address = f"/reports/BE/2014/history/{translated.pk}/"
    button = "/bring-back/"
    assert button in client.get(f"{address}?language=fr").content.decode()
    assert button not in client.get(address).content.decode()
    for language, expected in (("", 403), ("fr", 302)):
        base = newest_number(translated, language)
        wish = {"language": language, "number": 1, "base": base}
        answer = client.post(f"{address}bring-back/", wish)
        assert answer.status_code == expected, language
    translated.refresh_from_db()
    assert (translated.body, translated.translation_fr) == ("<p>De wet geldt.</p>", "<p>La loi.</p>")


def test_the_secretariat_and_other_countries_translate_nothing(written, cast):
    for role in ("reader", "reviewer", "administrator", "other_country"):
        assert not permissions.may(cast[role], "translate_contribution", written)


def test_the_people_pages_name_the_role(translator, cast, client):
    client.force_login(cast.focal_point)
    assert "Reads, and writes translations only" in client.get("/countries/BE/people/").content.decode()
    client.force_login(cast.administrator)
    assert "1 translator" in client.get("/people/").content.decode()


def test_an_invitation_says_that_the_person_translates(translator):
    sent = Mail.objects.get(to=translator, kind=MailKind.INVITATION)
    assert "You translate the report of Belgium for 2014, which is due on" in sent.text
