"""What the secretariat decides about a report that was sent in: returned, accepted, published, opened again."""

import pytest

from reports.models import State, Step, StepLog
from reports.rules import remarks, workflow
from reports.writers import pdf_seal
from tests.views.html import parse, text
from tests.views.steps import give_back, question

pytestmark = pytest.mark.django_db
PAGE = "/reports/BE/2014/review/2.1.A/"
DECIDE = "/reports/BE/2014/decide/"


def decision(page, key):
    return parse(page).get_element_by_id(f"decide-{key}", None)


def test_return_opens_only_sections_with_open_questions(ruth, sent, report, cast):
    question(sent, "2.1.A", cast)
    answered = question(sent, "2.1.B", cast)
    remarks.reply(answered, "Here.", by=cast.focal_point)
    page = ruth.get(PAGE)
    assert "Return only the 1 section with open questions" in text(page)
    assert "2.1.A opens for Belgium." in text(page)
    page = ruth.post(DECIDE, {"decision": "return_asked", "asked": ["2.1.A"], "comment": "Please answer."}, follow=True)
    assert "The report of Belgium for 2014 has been returned." in text(page)
    report.refresh_from_db()
    assert report.state == State.RETURNED
    assert list(report.sections.filter(frozen=False).values_list("question__code", flat=True)) == ["2.1.A"]


def test_empty_choice_of_sections_is_refused(ruth, sent, report):
    page = ruth.post(DECIDE, {"decision": "return_chosen", "comment": "Look again."})
    assert page.status_code == 422
    assert "Choose at least one section." in text(page)
    report.refresh_from_db()
    assert report.state == State.SUBMITTED
    ruth.post(DECIDE, {"decision": "return_chosen", "comment": "Look again.", "sections": ["1.1.A", "4.2.C"]})
    assert StepLog.objects.get(step=Step.RETURN).sections == ["1.1.A", "4.2.C"]


def test_returning_a_report_needs_a_comment(ruth, sent, report):
    page = ruth.post(DECIDE, {"decision": "return", "comment": "", "section": "2.1.A"})
    assert page.status_code == 422
    assert "Say why: the country reads this comment" in text(page)
    assert decision(page, "return").checked
    # The page now has another address, but its forms and links lead to the section's own.
    addresses = {form.action.partition("#")[0] for form in parse(page).xpath("//main//form")}
    assert addresses == {PAGE, DECIDE}
    assert all(link.startswith(PAGE) for link in parse(page).xpath("//nav[@class='tabs']/a/@href"))
    assert parse(page).xpath("//h2")[0].text_content() == "2.1.A"
    ruth.post(DECIDE, {"decision": "return", "comment": "Start again."})
    report.refresh_from_db()
    assert report.state == State.RETURNED
    assert not report.sections.filter(frozen=True).exists()


def test_without_a_decision_the_comment_is_kept(ruth, sent):
    page = ruth.post(DECIDE, {"comment": "A long comment"})
    assert page.status_code == 422
    assert "First choose what to do with the report." in text(page)
    assert "A long comment" in text(page)


def test_accepting_is_disabled_while_a_question_is_unsettled(ruth, sent, report, cast):
    remark = question(sent, "2.1.B", cast)
    page = ruth.get(PAGE)
    assert decision(page, "accept").get("disabled") is not None
    assert "Possible when every question is settled. This is not the case yet in section 2.1.B." in text(page)
    page = ruth.post(DECIDE, {"decision": "accept"})
    assert "Settle every question first." in text(page)
    remarks.settle(remark, by=cast.reviewer)
    page = ruth.get(PAGE)
    assert decision(page, "accept").get("disabled") is None
    assert decision(page, "return_asked") is None
    ruth.post(DECIDE, {"decision": "accept"})
    report.refresh_from_db()
    assert report.state == State.ACCEPTED


def test_administrator_publishes_and_reviewer_reopens(client, sent, report, cast, settings, tmp_path):
    settings.SEAL_FILE = tmp_path / "seal.p12"
    settings.MEDIA_ROOT = tmp_path / "media"
    workflow.take_step(report, Step.ACCEPT, by=cast.reviewer)
    client.force_login(cast.reviewer)
    page = client.get(PAGE)
    assert decision(page, "publish") is None
    assert decision(page, "reopen") is not None
    assert client.post(DECIDE, {"decision": "publish"}).status_code == 403
    client.force_login(cast.administrator)
    assert "no key to seal records" in text(client.post(DECIDE, {"decision": "publish"}))
    pdf_seal.make_demo_key(settings.SEAL_FILE)
    client.post(DECIDE, {"decision": "publish"})
    report.refresh_from_db()
    assert report.state == State.PUBLISHED
    page = client.get(PAGE)
    assert decision(page, "publish") is None
    assert client.post(DECIDE, {"decision": "reopen", "comment": " "}).status_code == 422
    client.post(DECIDE, {"decision": "reopen", "comment": "A figure was wrong."})
    report.refresh_from_db()
    assert report.state == State.RETURNED


def test_second_decision_is_refused_and_keeps_its_comment(ruth, sent, report, cast):
    give_back(report, cast)
    page = ruth.post(DECIDE, {"decision": "return", "comment": "My own long comment"})
    assert page.status_code == 422
    assert "reviewer changed the state of this report before you" in text(page)
    assert "My own long comment" in text(page)
    assert StepLog.objects.filter(step=Step.RETURN).count() == 1
