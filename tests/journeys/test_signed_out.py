"""What the next person at a computer sees after a sign-out."""

import pytest

from tests.browser import SIGN_IN, launched, sign_in

ANKE = "focalpoint.be@example.org"
WRITE = f"""
from reports.models import Section, User
from reports.rules import writing
section = Section.objects.get(report__country__code="BE", report__form__year=2014, question__code="2.1.A")
anke = User.objects.get(email="{ANKE}")
User.objects.update(language="en")
row = writing.add_contribution(section, "<p>De wet is in werking.</p>", by=anke, language="nl", authority="Justitie")
print(row.pk)
"""


@pytest.fixture
def page(server, browser):
    """A page in a Chromium with the back/forward cache, which Playwright disables."""
    chromium = launched(browser.browser_type, ignore_default_args=["--disable-back-forward-cache"])
    yield chromium.new_page(base_url=server.url, locale="en-GB")
    chromium.close()


def test_going_back_after_sign_out_shows_no_draft(server, page):
    pk = server.run(WRITE).split()[-1]
    sign_in(page, ANKE, server.password)
    page.goto(f"/reports/BE/2014/history/{pk}/")
    page.get_by_text("De wet is in werking.").first.wait_for()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(f"**{SIGN_IN}")
    page.evaluate("history.back()")  # Playwright's own way back waits for a load, and a kept page is not loaded
    page.wait_for_url(f"**{SIGN_IN}?next=/reports/BE/2014/history/{pk}/")
    assert page.get_by_text("De wet is in werking.").count() == 0
