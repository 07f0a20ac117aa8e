"""A portal that demands second factors: whoever meets the demand while writing loses no text."""

import re
from dataclasses import replace

import pytest

from tests.browser import check_axe, use_session
from tests.factors import code_of
from tests.portal import Portal, copy_filled

WRITER = "police.be@example.org"
BECOME_FOCAL_POINT = """
UPDATE reports_membership SET role = 'focal_point'
WHERE user_id = (SELECT id FROM reports_user WHERE email = ?)
"""
pytestmark = pytest.mark.console_errors("403")  # Chromium reports the answers to saves that are refused


@pytest.fixture
def server(filled_portal, tmp_path, monkeypatch):
    """A portal of its own with SECOND_FACTOR on, under the name for which passkeys would work."""
    monkeypatch.setenv("SECOND_FACTOR", "1")
    portal = Portal(tmp_path / "portal")
    copy_filled(filled_portal, portal.folder)
    portal.start()
    yield replace(portal, url=portal.url.replace("127.0.0.1", "localhost"))
    portal.stop()


def test_text_typed_when_a_factor_becomes_due_is_saved_afterwards(server, page):
    server.set_language("en")
    use_session(server, page, WRITER)
    page.goto("/reports/BE/2014/2.1/")
    page.locator(".editor [role=textbox]").first.click()
    page.keyboard.type("Before.")
    page.get_by_text(re.compile(r"Saved \d")).first.wait_for()
    server.sql(BECOME_FOCAL_POINT, WRITER)
    page.keyboard.type(" After the new role.")
    page.get_by_text("Not saved yet: your role now needs a second factor.").first.wait_for()

    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Add one (opens a new window)").first.click()
    security = opened.value
    security.get_by_text("Your role needs a second factor").wait_for()
    check_axe(security)
    security.get_by_role("link", name="Add an app").click()
    security.get_by_label("Code of the app").fill(code_of(security.locator("main code").inner_text()))
    security.keyboard.press("Enter")
    security.get_by_role("heading", name="Recovery codes").wait_for()

    page.bring_to_front()
    page.get_by_text(re.compile(r"Saved \d")).first.wait_for()
    bodies = [body for (body,) in server.sql("SELECT body FROM reports_contribution")]
    assert "<p>Before. After the new role.</p>" in bodies
