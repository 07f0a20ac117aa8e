"""What is typed into a box that a button sends is kept until it has arrived: answers, questions, comments, reasons."""

import pytest
from playwright.sync_api import expect

from tests.browser import sign_in, use_session, wait_until
from tests.journeys.saving.pages import ANKE, FORBIDDEN, RECORDS, closing_asks, sign_out

pytestmark = pytest.mark.console_errors("Failed to load resource")
QUESTIONS, REVIEW = "/reports/LU/2014/questions/", "/reports/LU/2014/review/2.1.B/"
CLAIRE, RUTH = "focalpoint.lu@example.org", "reviewer@example.org"
ASKED = """
from reports.models import Report, User
from reports.rules import remarks
report = Report.objects.get(form__year=2014, country__code="LU")
ruth = User.objects.get(email="reviewer@example.org")
for question in ("Since when?", "By whom?"):
    remarks.ask(report.submissions.get(), report.sections.get(question__code="2.1.B"), question, by=ruth)
remarks.send_questions(report, by=ruth)
"""
APPROVAL = """
from reports.models import Report, User
from reports.rules import approvals
report = Report.objects.get(form__year=2014, country__code="BE")
anke = User.objects.get(email="focalpoint.be@example.org")
approvals.ask(report, [anke], [], by=anke)
"""


@pytest.fixture
def server(server):
    server.set_language("en")
    return server


@pytest.fixture
def claire(server, page):
    server.run(ASKED)
    use_session(server, page, CLAIRE)
    page.goto(QUESTIONS)
    return page


def answers(server):
    return [text for (text,) in server.sql("SELECT text FROM reports_remarkmessage WHERE by_country ORDER BY id")]


def kept(page):
    return page.evaluate(f"async () => (await {RECORDS}).length")


def wait_until_kept(page, number):
    wait_until(page, lambda: kept(page) == number)


def box(page, place=0):
    return page.locator("textarea[data-keep]").nth(place)


def type_answer(page, text, place=0):
    box(page, place).click()
    page.keyboard.type(text)
    wait_until(page, lambda: "Kept on this computer" in line(page, place).inner_text())


def line(page, place=0):
    return box(page, place).locator("xpath=following-sibling::p[contains(@class, 'save')]")


def test_sending_one_answer_keeps_the_other(server, claire):
    type_answer(claire, "Since May.")
    type_answer(claire, "By the federal police.", 1)
    claire.get_by_role("button", name="Send the answer").first.click()
    claire.get_by_text("Your answer has been sent").wait_for()
    assert answers(server) == ["Since May."]
    expect(claire.get_by_label("Your reply").first).to_have_value("By the federal police.")
    claire.get_by_role("button", name="Send the answer").first.click()
    expect(claire.locator(".remark").get_by_text("By the federal police.")).to_be_visible()
    wait_until_kept(claire, 0)
    assert answers(server) == ["Since May.", "By the federal police."]


def test_mark_as_read_next_keeps_a_typed_question(server, page):
    use_session(server, page, RUTH)
    page.goto(REVIEW)
    question = page.get_by_label("Question to the country")
    question.fill("Since when?")
    page.get_by_role("button", name="Mark as read, next section").click()
    page.wait_for_url(lambda url: "2.1.B" not in url)
    expect(question).to_have_value("")
    page.goto(REVIEW)
    expect(question).to_have_value("Since when?")
    page.get_by_role("button", name="Add the question to Luxembourg").click()
    page.get_by_text("The question has been saved.").wait_for()
    expect(question).to_have_value("")
    wait_until_kept(page, 0)


def test_unsent_text_lists_what_waits_in_a_box(server, claire):
    type_answer(claire, "Since May.")
    claire.goto("/unsent/")
    item = claire.locator("[data-list] > li")
    item.get_by_text("Since May.").wait_for()
    assert "2.1.B" in item.get_by_role("heading").inner_text()
    assert not claire.get_by_text("Everything you typed in this browser").is_visible()
    item.get_by_role("heading").get_by_role("link").click()
    expect(box(claire)).to_have_value("Since May.")


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_an_answer_outlives_offline_and_sign_out(server, claire, language):
    server.set_language(language)
    claire.goto(QUESTIONS)
    box(claire).click()
    claire.keyboard.type("Sinds mei.")
    wait_until_kept(claire, 1)
    claire.context.set_offline(True)
    claire.locator("section.question button[name=do]").first.click()
    expect(box(claire)).to_have_value("Sinds mei.")
    expect(line(claire)).to_have_class("save kept")
    claire.context.set_offline(False)
    claire.context.clear_cookies()
    claire.locator("section.question button[name=do]").first.click()
    line(claire).get_by_role("link").wait_for()  # to sign in
    claire.close()
    again = claire.context.new_page()
    sign_in(again, CLAIRE, server.password)
    again.goto(QUESTIONS)
    expect(box(again)).to_have_value("Sinds mei.")
    again.locator("section.question button[name=do]").first.click()
    again.locator(".notice.success").wait_for()
    wait_until_kept(again, 0)
    assert answers(server) == ["Sinds mei."]


def test_an_answer_is_removed_only_once_it_has_arrived(server, claire):
    """The answer to the form is lost; the next page knows that it arrived."""
    type_answer(claire, "Since May.")
    lost = []
    claire.route("**/questions/", lambda route: (lost.append(route.fetch(max_redirects=0)), route.abort()))
    claire.get_by_role("button", name="Send the answer").first.click()
    wait_until(claire, lambda: lost)
    assert answers(server) == ["Since May."]
    claire.close()
    again = claire.context.new_page()
    again.goto(QUESTIONS)
    wait_until_kept(again, 0)
    expect(box(again)).to_have_value("")


def test_a_refused_answer_stays_kept(server, claire):
    type_answer(claire, "Late.")
    server.sql("UPDATE reports_remark SET state = 'settled'")
    claire.get_by_role("button", name="Send the answer").first.click()
    claire.locator(".field-error").get_by_text("settled meanwhile").wait_for()
    expect(claire.locator("textarea[data-keep]").first).to_have_value("Late.")
    claire.goto("/unsent/")
    claire.locator("[data-list] > li").get_by_text("Late.").wait_for()


def test_two_texts_for_one_box_are_both_offered(server, claire):
    type_answer(claire, "First tab.")
    other = claire.context.new_page()
    other.goto(QUESTIONS)
    type_answer(other, "Second tab.")
    claire.close()
    other.get_by_role("button", name="Add it below this text").click()
    expect(box(other)).to_have_value("Second tab.\n\nFirst tab.")
    wait_until_kept(other, 1)


def test_a_comment_on_an_approval_is_kept(server, page):
    server.run(APPROVAL)
    use_session(server, page, ANKE)
    page.goto("/reports/BE/2014/approvals/")
    page.get_by_label("Comment").fill("Add the figures of 2014.")
    wait_until_kept(page, 1)
    sign_out(page)
    sign_in(page, ANKE, server.password)
    page.goto("/reports/BE/2014/approvals/")
    expect(page.get_by_label("Comment")).to_have_value("Add the figures of 2014.")
    page.get_by_role("button", name="Do not approve").click()
    page.get_by_text("Your comment has been sent.").wait_for()
    wait_until_kept(page, 0)


def test_a_page_that_cannot_keep_a_box_asks_before_it_closes(server, page):
    server.run(ASKED)
    page.add_init_script(FORBIDDEN)
    use_session(server, page, CLAIRE)
    page.goto(QUESTIONS)
    box(page).click()
    page.keyboard.type("Only here.")
    line(page).get_by_text("leave this page open").wait_for()
    assert closing_asks(page)
