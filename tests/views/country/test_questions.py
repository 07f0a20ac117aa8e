"""The country reads what the secretariat asks, answers, and finds each question beside its text."""

import pytest

from reports.models import RemarkMessage, RemarkState, Step
from reports.rules import remarks, workflow
from tests.views import steps
from tests.views.html import parse, text
from tests.views.steps import give_back, section, send_in

pytestmark = pytest.mark.django_db
URL = "/reports/BE/2014/questions/"


@pytest.fixture
def ask(sent, cast):
    def ask_about(code="2.1.A", words="Since when?", **more):
        return steps.ask(sent, section(sent.report, code), words, by=cast.reviewer, **more)

    return ask_about


def order(page):
    return [one.text_content().split()[0] for one in parse(page).xpath("//main//section/h2")]


def test_open_questions_come_before_answered_and_settled(anke, ask, cast):
    answered, settled = ask("1.1.A"), ask("1.1.B")
    ask("2.1.B")
    ask("2.1.A", quote="De wet", quote_language="nl")
    remarks.reply(answered, "In May.", by=cast.focal_point)
    remarks.settle(settled, by=cast.reviewer)
    page = anke.get(URL)
    assert order(page) == ["2.1.A", "2.1.B", "1.1.A", "1.1.B"]
    folded = parse(page).xpath("//main/details//h2")
    assert [one.text_content().split()[0] for one in folded] == ["1.1.B"]
    assert parse(page).xpath("//blockquote[@lang='nl']")[0].text_content() == "De wet"
    links = parse(page).xpath("//main//section/h2/a/@href")
    assert links[0] == "/reports/BE/2014/2.1/#section-2-1-a"


def test_private_notes_are_nowhere_on_the_countrys_pages(anke, ask):
    note = ask(words="For us alone.", private=True)
    for url in (URL, "/reports/BE/2014/2.1/", "/reports/BE/2014/"):
        page = anke.get(url).content.decode()
        assert "For us alone." not in page
    assert anke.post(URL, {"remark": note.pk, "text": "I saw it"}).status_code == 404
    assert "has not asked any questions about this report" in text(anke.get(URL))


def test_answer_is_sent_and_colleagues_are_named(client, ask, cast):
    remark = ask()
    client.force_login(cast.contributor)
    page = client.post(URL, {"remark": remark.pk, "text": "Since May 2014."}, follow=True)
    assert "Your answer has been sent to the secretariat." in text(page)
    remark.refresh_from_db()
    assert remark.state == RemarkState.ANSWERED
    client.force_login(cast.focal_point)
    names = [one.text_content().split("  ")[0].split()[0] for one in parse(client.get(URL)).xpath("//b[time]")]
    assert names == ["Secretariat", "contributor"]


def test_nobody_is_shown_by_an_e_mail_address(anke, ask, cast):
    cast.reviewer.name = cast.contributor.name = ""
    cast.reviewer.save()
    cast.contributor.save()
    remarks.reply(ask(), "Here.", by=cast.contributor)
    page = parse(anke.get(URL)).get_element_by_id("main").text_content()
    assert "@" not in page
    assert "A colleague" in page


def test_refused_answers_stay_in_their_box(anke, ask):
    first, second = ask(), ask("2.1.B")
    page = anke.post(URL, {"remark": second.pk, "text": "  "})
    assert page.status_code == 422
    box = parse(page).get_element_by_id(f"remark-{second.pk}")
    assert "Write something first." in box.text_content()
    assert "Write something first." not in parse(page).get_element_by_id(f"remark-{first.pk}").text_content()
    page = anke.post(URL, {"remark": second.pk, "text": "x" * 5001})
    assert "5001 characters" in text(page)
    assert "x" * 5001 in text(page)
    assert RemarkMessage.objects.count() == 2


def test_an_answer_to_a_question_settled_meanwhile_is_not_lost(anke, ask, cast):
    remark = ask()
    remarks.settle(remark, by=cast.reviewer)
    page = anke.post(URL, {"remark": remark.pk, "text": "I was writing this"})
    assert "has been settled meanwhile" in text(page)
    assert "I was writing this" in text(page)


def test_answer_to_an_accepted_report_is_refused(anke, ask, report, cast):
    remark = ask()
    remarks.settle(remark, by=cast.reviewer)
    workflow.take_step(report, Step.ACCEPT, by=cast.reviewer)
    remarks.settle(remark, by=cast.reviewer, settled=False)
    page = anke.post(URL, {"remark": remark.pk, "text": "I was writing this"})
    assert page.status_code == 422
    assert "You can no longer answer questions about this report." in text(page)
    assert "I was writing this" in text(page)


def test_unsettled_questions_are_shown_above_their_section(anke, ask, report, cast):
    remark = ask(quote="De wet", quote_language="nl")
    url = "/reports/BE/2014/2.1/"
    for step in (None, give_back):  # to read, and as a form
        if step:
            step(report, cast, "2.1.A")
        page = parse(anke.get(url))
        here = page.get_element_by_id("section-2-1-a")
        assert "Since when?" in here.text_content()
        assert here.xpath(f".//a[@href='{URL}#remark-{remark.pk}']")
        assert "Since when?" not in page.get_element_by_id("section-2-1-b").text_content()
    remarks.settle(remark, by=cast.reviewer)
    assert "Since when?" not in text(anke.get(url))


def test_report_page_shows_questions_and_return_comment(anke, ask, report, cast):
    ask()
    ask("2.1.B")
    assert "Answer 2 questions of the secretariat" in text(anke.get("/reports/BE/2014/"))
    give_back(report, cast, "2.1.A", "2.1.B", comment="Two things are unclear.")
    page = anke.get("/reports/BE/2014/")
    assert "Two things are unclear." in text(page)
    assert "Open to you: 2.1.A, 2.1.B." in text(page)
    assert parse(page).xpath(f"//a[starts-with(@href, '{URL}#remark-')]")


def test_return_comment_disappears_after_sending_in(anke, sent, report, cast):
    give_back(report, cast, comment="First comment.")
    send_in(report, cast)
    assert "First comment." not in text(anke.get("/reports/BE/2014/"))
    give_back(report, cast, comment="Second comment.")
    page = text(anke.get("/reports/BE/2014/"))
    assert "Second comment." in page
    assert "First comment." not in page
