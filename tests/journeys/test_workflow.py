"""The whole workflow of a report, from invitation to publication, with five users in separate browsers."""

import io
import re

import pypdfium2

from tests.browser import check_axe, sign_in
from tests.journeys.test_people import PASSWORD, link_in

REPORT = "/reports/BE/2014/"


def accept_invitation(page, server, address):
    page.goto(link_in(server.log, address))
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_role("button", name="Activate my account").click()
    page.get_by_text("From now on you sign in with").wait_for()


def write(page, section, words):
    page.locator(f"#section-{section} .editor [role=textbox]").first.click()
    page.keyboard.press("Control+End")
    with page.expect_response("**/save/"):
        page.keyboard.type(words)
    page.locator(f"#section-{section}").get_by_text(re.compile(r"Saved \d")).first.wait_for()


def send_in(page):
    page.goto(REPORT)
    page.get_by_role("link", name="Check and send in").click()
    page.locator("#confirm").check()
    page.get_by_role("button", name="Send in the report").click()
    page.get_by_text("has been sent in to the secretariat").wait_for()


def decide(page, choice, comment=""):
    page.get_by_label(choice).check()
    if comment:
        page.get_by_label("Comment to Belgium").fill(comment)
    page.get_by_role("button", name="Confirm the decision").click()


def test_from_invitation_to_publication(server, page, open_page):
    server.set_language("en")
    focal_point = open_page()
    sign_in(focal_point, "focalpoint.be@example.org", server.password)
    focal_point.goto("/countries/BE/people/")
    focal_point.get_by_label("Name", exact=True).fill("Fatima El Amrani")
    focal_point.get_by_label("E-mail address").fill("fatima@justice.example")
    focal_point.get_by_label("Only the sections that a focal point chooses").check()
    focal_point.get_by_role("button", name="Send the invitation").click()
    focal_point.goto(REPORT + "writers/")
    person = focal_point.locator("section", has=focal_point.get_by_role("heading", name="Fatima El Amrani"))
    person.get_by_text("Change").click()
    person.get_by_label("3.2.B Progress").select_option("whole")
    person.get_by_role("button", name="Save").click()

    fatima = open_page()
    accept_invitation(fatima, server, "fatima@justice.example")
    fatima.goto(REPORT + "3.2/")
    assert fatima.locator("main textarea[data-text]").count() == 1
    write(fatima, "3-2-b", "Two units began their work.")
    focal_point.goto(REPORT + "3.1/")
    write(focal_point, "3-1-a", "The manual was handed to every district.")
    send_in(focal_point)

    reviewer = page
    sign_in(reviewer, "reviewer@example.org", server.password)
    reviewer.goto(REPORT + "review/3.2.B/")
    reviewer.get_by_label("Quoted sentence (optional)").fill("Two units began their work.")
    reviewer.get_by_label("Question to the country").fill("Since when?")
    reviewer.get_by_role("button", name="Add the question to").click()
    reviewer.get_by_text("Returning the report sends it too.").wait_for()
    decide(reviewer, re.compile("^Return only"), "Please see the question.")
    reviewer.get_by_text("Returned").first.wait_for()
    check_axe(reviewer)

    focal_point.goto(REPORT)
    focal_point.get_by_text("Please see the question.").wait_for()
    check_axe(focal_point)
    focal_point.goto(REPORT + "3.1/")
    assert focal_point.locator("main textarea[data-text]").count() == 0
    fatima.goto(REPORT + "3.2/")
    write(fatima, "3-2-b", " Both since March 2014.")
    fatima.goto(REPORT + "questions/")
    fatima.get_by_label("Your reply").first.fill("Since March 2014; the text now says so.")
    fatima.get_by_role("button", name="Send the answer").first.click()
    send_in(focal_point)

    reviewer.goto(REPORT + "review/3.2.B/")
    reviewer.get_by_text("Since March 2014; the text now says so.").wait_for()
    assert "Both since March 2014." in reviewer.locator("ins").first.inner_text()
    reviewer.get_by_role("button", name="Settle").first.click()
    decide(reviewer, "Accept")
    administrator = open_page()
    sign_in(administrator, "administrator@example.org", server.password)
    administrator.goto(REPORT + "review/3.2.B/")
    decide(administrator, "Publish")
    administrator.get_by_text("Published").first.wait_for()
    check_axe(administrator)

    record = focal_point.request.get(REPORT + "submissions/2.pdf").body()
    pdf = pypdfium2.PdfDocument(io.BytesIO(record))
    words = " ".join(" ".join(sheet.get_textpage().get_text_range() for sheet in pdf).split())
    assert "Two units began their work. Both since March 2014." in words

    citizen = open_page()
    citizen.goto("/verify/")
    file = {"name": "copy.pdf", "mimeType": "application/pdf", "buffer": record}
    citizen.get_by_label("PDF file").set_input_files(file)
    citizen.get_by_text("published as a demonstration").wait_for()
    check_axe(citizen)
    citizen.get_by_label("PDF file").set_input_files({**file, "buffer": record + b" "})
    citizen.get_by_text("This portal has not published this file").wait_for()
    assert "The logs of" in server.manage("verify_log")
