"""A note is no question by mistake, and a question reaches the country only when the reviewer sends it."""

import pytest

from reports.document.problem import Problem
from reports.models import Mail, Remark, RemarkState, State, Step
from reports.rules import remarks, workflow
from tests.views.html import parse, text
from tests.views.steps import question, section

pytestmark = pytest.mark.django_db
BE = "/reports/BE/2014/"
PAGE = BE + "review/2.1.A/"
SECRET = "Is this law in force?"


@pytest.fixture
def unsent(sent, cast):
    return remarks.ask(sent, section(sent.report, "2.1.A"), SECRET, by=cast.reviewer)


def mails(kind="questions"):
    return list(Mail.objects.filter(kind=kind))


def test_note_comes_first_and_each_box_has_its_button(ruth, sent):
    page = parse(ruth.get(PAGE))
    boxes = page.xpath("//aside//textarea/@name")
    assert boxes == ["quote", "note", "question"]
    buttons = {button.get("value"): button.get("class") for button in page.xpath("//aside//button")}
    assert list(buttons) == ["note", "ask"]
    assert len(set(buttons.values())) == 2
    assert not page.xpath("//aside//input[@type='checkbox']")


def test_a_note_takes_no_text_of_the_question(ruth, sent):
    page = ruth.post(PAGE, {"do": "note", "note": "For us.", "question": "For them?"})
    assert [(one.private, one.messages.get().text) for one in Remark.objects.all()] == [(True, "For us.")]
    (box,) = parse(page).xpath("//textarea[@name='question']")
    assert box.text_content().strip() == "For them?"
    assert not mails()


def test_the_country_sees_no_question_that_was_not_sent(client, unsent, cast):
    client.force_login(cast.focal_point)
    for place in ("", "questions/", "2.1/", "submissions/1/", "log/"):
        assert SECRET not in client.get(BE + place).content.decode()
    assert "has not asked any questions" in text(client.get(BE + "questions/"))
    assert client.post(BE + "questions/", {"remark": unsent.pk, "text": "Yes."}).status_code == 404
    assert not mails()


def test_an_unsent_question_is_changed_and_taken_back(ruth, unsent):
    page = ruth.post(PAGE, {"do": "change", "remark": unsent.pk, "text": "Which law?"}, follow=True)
    assert "Which law?" in text(page)
    assert SECRET not in text(page)
    page = ruth.post(PAGE, {"do": "take_back", "remark": unsent.pk}, follow=True)
    assert "The country never saw it." in text(page)
    assert not Remark.objects.exists()


def test_an_emptied_question_is_refused(ruth, unsent):
    page = ruth.post(PAGE, {"do": "change", "remark": unsent.pk, "text": " "})
    assert page.status_code == 422
    assert "Write something first." in text(page)
    assert unsent.messages.get().text == SECRET


@pytest.mark.parametrize("do", ["change", "take_back"])
def test_a_sent_question_is_neither_changed_nor_taken_back(ruth, sent, cast, do):
    asked = question(sent, "2.1.A", cast, SECRET)
    page = ruth.post(PAGE, {"do": do, "remark": asked.pk, "text": "Which law?"}, follow=True)
    assert "has been sent or taken back meanwhile" in text(page)
    assert asked.messages.get().text == SECRET
    assert ("Which law?" in text(page)) == (do == "change")


@pytest.mark.parametrize("do", ["say", "settle"])
def test_an_unsent_question_has_no_replies_and_no_end(ruth, unsent, do):
    ruth.post(PAGE, {"do": do, "remark": unsent.pk, "text": "x"})
    unsent.refresh_from_db()
    assert (unsent.state, unsent.messages.count()) == (RemarkState.UNSENT, 1)


def test_all_questions_are_sent_in_one_mail(ruth, unsent, sent, cast):
    remarks.ask(sent, section(sent.report, "1.1.A"), "Since when?", by=cast.reviewer)
    remarks.ask(sent, section(sent.report, "1.1.A"), "For us.", by=cast.reviewer, private=True)
    page = ruth.get(PAGE)
    assert "2 questions were not sent to Belgium yet: 1.1.A, 2.1.A." in text(page)
    assert "Send the 2 questions to Belgium" in text(page)
    page = ruth.post(PAGE, {"do": "send"}, follow=True)
    assert "2 questions have been sent to Belgium." in text(page)
    assert "were not sent" not in text(page)
    (mail,) = mails()
    assert mail.subject == "Questions about your report for 2014: 1.1.A, 2.1.A"
    assert [SECRET in mail.text, "Since when?" in mail.text, "For us." in mail.text] == [True, True, False]


def test_sending_twice_tells_the_country_once(sent, unsent, cast):
    assert [remarks.send_questions(sent.report, by=cast.reviewer) for _time in range(2)] == [1, 0]
    assert len(mails()) == 1


def test_returning_the_report_sends_its_questions(ruth, client, unsent, report, cast):
    page = ruth.get(PAGE)
    assert "1 question was not sent to Belgium yet. Returning the report sends it too." in text(page)
    ruth.post(BE + "decide/", {"decision": "return_asked", "asked": ["2.1.A"], "comment": "Please answer."})
    report.refresh_from_db()
    assert report.state == State.RETURNED
    assert [section.code for section in report.sections.filter(frozen=False)] == ["2.1.A"]
    assert mails() == []  # the questions are in the e-mail of the return
    assert "2.1.A: " in Mail.objects.get(kind="reports", key__startswith="step/", subject__contains="returned").text
    client.force_login(cast.focal_point)
    assert SECRET in text(client.get(BE + "questions/"))


def test_a_refused_return_sends_nothing(ruth, unsent):
    assert ruth.post(BE + "decide/", {"decision": "return", "comment": ""}).status_code == 422
    unsent.refresh_from_db()
    assert (unsent.state, mails()) == (RemarkState.UNSENT, [])


def test_accepting_needs_unsent_questions_sent_or_taken_back(unsent, report, cast):
    with pytest.raises(Problem, match=r"Send the questions .* or take them back\. Their sections: 2\.1\.A\."):
        workflow.take_step(report, Step.ACCEPT, by=cast.reviewer)
    remarks.take_back_question(unsent, by=cast.reviewer)
    workflow.take_step(report, Step.ACCEPT, by=cast.reviewer)


def test_a_report_with_an_unsent_question_is_being_read(unsent, report, cast):
    with pytest.raises(Problem, match="has begun to read"):
        workflow.take_step(report, Step.WITHDRAW, by=cast.focal_point)


def test_a_reader_of_the_secretariat_sends_nothing(client, unsent, cast):
    client.force_login(cast.reader)
    assert "Send the" not in text(client.get(PAGE))
    for posted in ({"do": "send"}, {"do": "take_back", "remark": unsent.pk}, {"do": "change", "remark": unsent.pk}):
        assert client.post(PAGE, posted).status_code == 403
    assert Remark.objects.unsent().exists()


def test_the_desk_counts_questions_that_were_sent(ruth, unsent, cast):
    assert "question not settled" not in text(ruth.get("/desk/countries/BE/"))
    remarks.send_questions(unsent.section.report, by=cast.reviewer)
    assert "1 question not settled" in text(ruth.get("/desk/countries/BE/"))
