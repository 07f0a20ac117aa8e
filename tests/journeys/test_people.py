"""Invitations, delegation of sections and approvals."""

import re

import pytest

from tests.browser import SIGN_IN, check_axe, sign_in, use_session
from tests.journeys.page_checks import check_languages, check_pages

pytestmark = pytest.mark.console_errors("410")  # Chromium reports the answer to a used link
PASSWORD = "four sober words together"
# A text in Belgium's 2.1.A, requests to approve it and the whole report, given sections, and an invitation.
ASK = """
from reports.models import Country, Report, Role, User
from reports.rules import approvals, delegations, people, writing
names = ("focalpoint.be", "police.be", "administrator")
anke, luc, ada = (User.objects.get(email=f"{name}@example.org") for name in names)
report = Report.objects.get(country__code="BE", form__year=2014)
section = report.sections.get(question__code="2.1.A")
writing.add_contribution(section, "<p>De wet is in werking.</p>", by=anke, language="nl", authority="Justitie")
approvals.ask(report, [luc, anke], [section], by=anke)
approvals.ask(report, [anke], [], by=anke)
delegations.give(report, luc, {"1.1.A": "whole", "2.1.A": "own"}, by=anke)
people.invite("new@example.org", by=ada, role=Role.REVIEWER, country=None, name="Nora Lind", language="en")
print("membership", luc.memberships.get().pk)
"""


def link_in(log, address):
    """Return the path of the last invitation to an address, from the e-mail in the server's log."""
    mail = re.split(r"^Subject: ", log, flags=re.MULTILINE)
    mine = [part for part in mail if f"To: {address}" in part]
    links = [found for part in mine if (found := re.search(r"https?://[^/\s]+(/invitation/\S+/)", part))]
    return links[-1][1]


def test_an_invitation_works_once_and_gives_its_sections(server, page, open_page):
    server.set_language("en")
    sign_in(page, "focalpoint.be@example.org", server.password)
    page.goto("/reports/")
    page.get_by_role("link", name="People: Belgium").click()
    page.get_by_label("Name", exact=True).fill("Fatima El Amrani")
    page.get_by_label("E-mail address").fill("fatima@justice.example")
    page.get_by_label("Only the sections that a focal point chooses").check()
    page.get_by_role("button", name="Send the invitation").click()
    page.get_by_text("Fatima El Amrani is invited.").wait_for()
    check_axe(page)

    page.get_by_role("link", name="In the report for 2014").click()
    person = page.locator("section", has=page.get_by_role("heading", name="Fatima El Amrani"))
    person.get_by_text("Change").click()
    person.get_by_label("2.1.A Measures").select_option("own")
    person.get_by_role("button", name="Save").click()
    page.get_by_text("Writing rights saved: Fatima El Amrani.").wait_for()

    fatima = open_page()
    link = link_in(server.log, "fatima@justice.example")
    fatima.goto(link)
    check_axe(fatima)
    assert fatima.get_by_label("Your name").input_value() == "Fatima El Amrani"
    fatima.get_by_label("New password").fill("short")
    fatima.get_by_role("button", name="Activate my account").click()
    fatima.get_by_text("at least 12 characters", exact=False).first.wait_for()
    check_axe(fatima)
    fatima.get_by_label("New password").fill(PASSWORD)
    fatima.get_by_role("button", name="Activate my account").click()
    fatima.get_by_text("From now on you sign in with fatima@justice.example.").wait_for()
    check_axe(fatima)

    fatima.goto("/reports/BE/2014/2.1/")
    assert fatima.locator("main textarea[data-editor][name]").count() == 1
    check_axe(fatima)
    fatima.locator("#section-2-1-a .editor [role=textbox]").click()
    with fatima.expect_response("**/save/"):
        fatima.keyboard.type("Van Justitie.")
    fatima.get_by_text(re.compile(r"Saved \d")).first.wait_for()
    fatima.keyboard.type(" Herzien.")
    with fatima.expect_response("**/save/"):
        fatima.get_by_role("button", name="Save", exact=True).last.click()
    fatima.get_by_role("textbox").get_by_text("Van Justitie. Herzien.").wait_for()

    stranger = open_page()
    stranger.goto(link)
    stranger.get_by_text("This invitation has been used or has expired.").wait_for()
    check_axe(stranger)
    # As mail programs give it to the clipboard: the browser's own check would refuse it without a word to see.
    stranger.goto(SIGN_IN)
    stranger.evaluate("document.querySelector('[name=login]').value = 'fatima@justice.example\\u200b'")
    stranger.locator("input[name=password]").fill(PASSWORD)
    stranger.locator("form:has(input[name=password]) [type=submit]").click()
    stranger.wait_for_url("**/tasks/")


def test_the_pages_about_people_are_accessible_and_translated(server, page):
    said = server.run(ASK)
    membership = re.search(r"^membership (\d+)", said, re.MULTILINE)[1]
    report = "/reports/BE/2014/"
    pages = {
        "focalpoint.be@example.org": [
            "/countries/BE/people/",
            f"/people/{membership}/end/",
            *(report + place for place in ("", "writers/", "approvals/", "send-in/")),
            "/mails/",
            "/address/",
        ],
        "police.be@example.org": [report, report + "approvals/", report + "2.1/", report + "3.1/"],
        "administrator@example.org": ["/people/", "/people/?q=zzz", "/people/?q=lu", "/countries/BE/people/"],
    }
    invitation = link_in(said, "new@example.org")
    for url in (invitation, "/invitation/none/"):
        page.goto(url)
        check_axe(page)
    check_languages(server, page, [invitation])
    check_pages(server, page, pages)


def test_delegation_and_approval_work_on_a_phone_without_scripts(server, open_page):
    server.run(ASK)
    server.set_language("en")
    page = open_page(java_script_enabled=False, viewport={"width": 320, "height": 640})
    measuring = open_page(viewport={"width": 320, "height": 640})
    use_session(server, measuring, "focalpoint.be@example.org")
    for url in ("/countries/BE/people/", "/reports/BE/2014/writers/", "/reports/BE/2014/approvals/", "/mails/"):
        measuring.goto(url)
        measuring.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        assert measuring.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), url

    use_session(server, page, "focalpoint.be@example.org")
    page.goto("/reports/BE/2014/writers/")
    page.get_by_text("Change, Luc Lambert").click()
    page.get_by_label("All sections, 4.2").check()
    page.get_by_role("button", name=re.compile(r"Save.*Luc Lambert")).click()
    assert "1.1.A, 4.2.A, 4.2.B, 4.2.C" in page.locator("main dl.sums").inner_text()

    use_session(server, page, "police.be@example.org")
    page.goto("/reports/BE/2014/")
    page.get_by_role("link", name=re.compile("^Approve 2.1.A")).first.click()
    page.get_by_role("button", name="Approve this text").click()
    page.get_by_text("Approved. The person who asked gets an e-mail.").wait_for()
    assert "Approved on" in page.locator("table.approvals tr", has_text="Luc Lambert").inner_text()
