"""A reviewer reads a report by keyboard, quotes a sentence and asks a question."""

from playwright.sync_api import expect

from tests.browser import use_session
from tests.journeys.page_checks import check_pages

REVIEW = "/reports/LU/2014/review/"
# Questions, a private note, a second submission that differs.
TWICE = """
from reports.models import Report, Step, User
from reports.rules import remarks, workflow, writing
report = Report.objects.get(form__year=2014, country__code="LU")
ruth, claire = User.objects.get(email="reviewer@example.org"), User.objects.get(email="focalpoint.lu@example.org")
section = report.sections.get(question__code="2.1.B")
first = report.submissions.get()
asked = remarks.ask(first, section, "Since when?", by=ruth, quote="Das neue Gesetz", quote_language="de")
settled = remarks.ask(first, section, "By whom?", by=ruth)
remarks.send_questions(report, by=ruth)
remarks.ask(first, section, "Compare with 2013.", by=ruth, private=True)
remarks.settle(settled, by=ruth)
remarks.mark_as_read(first, report.sections.get(question__code="1.1.A"), by=ruth)
workflow.take_step(report, Step.RETURN, by=ruth, comment="See 2.1.B.", sections=("2.1.B",))
section.refresh_from_db()
writing.add_contribution(section, "<p>Depuis mai 2014.</p>", by=claire, language="fr", authority="Police")
remarks.reply(asked, "Since May.", by=claire)
workflow.take_step(report, Step.SEND_IN, by=claire)
remarks.ask(report.submissions.first(), section, "Which police?", by=ruth)
"""


def test_a_reviewer_reads_and_asks_by_keyboard(server, page):
    use_session(server, page, "reviewer@example.org")
    page.goto(REVIEW)
    page.wait_for_url("**/review/1.1.A/")
    page.keyboard.press("j")
    page.wait_for_url("**/review/1.1.B/")
    page.keyboard.press("k")
    page.wait_for_url("**/review/1.1.A/")

    passage = page.locator("[data-passage]").first
    sentence = " ".join(passage.locator("p").first.inner_text().split())
    passage.locator("p").first.click(click_count=3)
    quote = page.get_by_label("Quoted sentence (optional)")
    expect(quote).to_have_value(sentence)

    page.keyboard.press("r")
    remark = page.get_by_label("Question to the country")
    assert remark.evaluate("field => field === document.activeElement")
    page.keyboard.type("From how many months to how many? jkm")
    assert remark.input_value() == "From how many months to how many? jkm"
    page.get_by_role("button", name="Add the question to Luxembourg").click()
    page.get_by_text("The country sees it when you send it.").first.wait_for()
    said = page.locator(".remark").filter(has_text="From how many months")
    assert " ".join(said.locator("blockquote").inner_text().split()) == sentence
    assert said.locator("blockquote").get_attribute("lang") == passage.get_attribute("lang")
    assert page.evaluate("CSS.highlights.get('quoted').size") == 1

    page.get_by_role("button", name="Send the question to Luxembourg").click()
    page.get_by_text("1 question has been sent to Luxembourg.").wait_for()
    page.keyboard.press("m")
    page.wait_for_url("**/review/1.1.B/")
    assert page.get_by_text("1 of 21 sections").is_visible()

    page.get_by_label("Use keyboard shortcuts in this browser").uncheck()
    page.locator("h1").click()
    page.keyboard.press("j")
    page.reload()
    page.keyboard.press("m")
    assert not page.get_by_label("Use keyboard shortcuts in this browser").is_checked()
    assert page.url.endswith("/review/1.1.B/")
    assert page.get_by_text("1 of 21 sections").is_visible()


def test_the_pages_of_a_review_are_accessible_and_translated(server, page):
    server.run(TWICE)
    pages = {
        "reviewer@example.org": [
            *("review/2.1.B/", "review/2.1.B/?show=text", "review/2.1.A/", "compare/", "log/"),
            "review/1.1.A/translate/en/",
        ],
        "focalpoint.lu@example.org": ["questions/", "compare/", "log/", "2.1/", ""],
    }
    check_pages(server, page, {email: ["/reports/LU/2014/" + url for url in urls] for email, urls in pages.items()})


def test_reading_and_answering_fit_a_phone(server, open_page):
    server.run(TWICE)
    page = open_page(viewport={"width": 320, "height": 640})
    for email, urls in {
        "reviewer@example.org": ["review/2.1.B/", "compare/", "log/", "review/1.1.A/translate/en/"],
        "focalpoint.lu@example.org": ["questions/", "2.1/"],
    }.items():
        use_session(server, page, email)
        for url in urls:
            page.goto("/reports/LU/2014/" + url)
            assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), url


def test_a_sentence_is_quoted_without_javascript(server, open_page):
    page = open_page(java_script_enabled=False)
    use_session(server, page, "reviewer@example.org")
    page.goto(REVIEW + "2.1.B/")
    assert page.get_by_text("Use keyboard shortcuts in this browser").is_hidden()
    page.get_by_label("Quoted sentence (optional)").fill("Das neue Gesetz")
    page.get_by_label("Note for the secretariat").fill("Compare with 2013.")
    page.get_by_label("Question to the country").fill("Since when?")
    page.get_by_role("button", name="Save the note").click()
    assert page.locator(".remark.private blockquote").get_attribute("lang") == "de"
    assert page.get_by_label("Question to the country").input_value() == "Since when?"
    page.get_by_label("Quoted sentence (optional)").fill("Das neue Gesetz")
    page.get_by_role("button", name="Add the question to Luxembourg").click()
    assert page.locator(".remark.unsent blockquote").get_attribute("lang") == "de"
    page.get_by_role("button", name="Mark as read, next section").click()
    assert "/review/1.1.A/" in page.url or "/review/2.1.C/" in page.url
