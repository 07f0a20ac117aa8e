"""From the task to the text: what was given is on the person's own page, and goes when it is written."""

import pytest

from tests.browser import check_axe, sign_in, use_session

GIVE = """
from reports.models import *
from reports.rules import approvals, delegations
anke, luc = (User.objects.get(email=one) for one in ("focalpoint.be@example.org", "police.be@example.org"))
report = Report.objects.get(country__code="BE", form__year=2014)
delegations.give(report, luc, {"2.1.B": "whole", "2.1.C": "whole"}, by=anke)
approvals.ask(report, [luc], [report.sections.get(question__code="2.1.A")], by=anke)
"""
TASK = ".duties a[href*='#section-2-1-b']"


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_contributor_writes_what_was_given(server, page, language):
    server.run(GIVE)
    server.set_language(language)
    sign_in(page, "police.be@example.org", server.password)
    page.wait_for_url("**/tasks/")
    assert page.locator(".places b").inner_text() == "3"
    page.locator(TASK).first.click()
    page.wait_for_url("**/2.1/#section-2-1-b")
    page.locator("#section-2-1-b .editor [role=textbox]").first.click()
    with page.expect_response("**/save/"):
        page.keyboard.type("Two units began their work.")
    page.goto("/tasks/")
    assert page.locator(TASK).count() == 0
    assert page.locator(".places b").inner_text() == "2"
    page.locator(".duties a[href*='#approval-']").first.click()
    page.locator("button[name=answer][value=given]").click()
    page.goto("/tasks/")
    assert page.locator(".duties a[href*='#approval-']").count() == 0


def test_tasks_and_reports_are_accessible(server, page):
    server.run(GIVE)
    server.set_language("en")
    pages = {
        "focalpoint.be@example.org": ["/tasks/", "/reports/BE/2014/", "/reports/BE/2013/"],
        "police.be@example.org": ["/tasks/", "/reports/BE/2014/"],
        "reviewer@example.org": ["/tasks/"],
        "reader@example.org": ["/tasks/"],
    }
    for email, addresses in pages.items():
        use_session(server, page, email)
        for address in addresses:
            page.goto(address)
            assert page.locator("h1").count() == 1
            assert page.locator("main .btn-primary").count() <= 1
            check_axe(page)
